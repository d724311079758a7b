package dev.sluice.core.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.Json;
import dev.sluice.protocol.json.JsonText;
import dev.sluice.testkit.RecordingResponse;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ProtocolAnswerTest {
    private final GatewayFixture g = new GatewayFixture(GatewayFixture.TWO_ACCOUNTS);

    private Json.Obj protocol() {
        RecordingResponse response = g.send("GET", "/protocol", "");
        assertThat(response.status()).isEqualTo(200);
        byte[] body = response.body().getBytes(StandardCharsets.UTF_8);
        Json.Obj protocol = JsonText.objectOrNull(body, 0, body.length);
        assertThat(protocol).isNotNull();
        return protocol;
    }

    @Test
    void names_every_dialect_that_is_spoken_to_anyone() {
        Set<String> clients = new HashSet<>();
        protocol().items("clients").forEach(client -> clients.add(((Json.Obj) client).text("dialect")));

        assertThat(clients)
                .containsExactlyInAnyOrderElementsOf(ClientDialects.present().stream()
                        .map(client -> client.dialect.id())
                        .toList());
    }

    @Test
    void every_endpoint_that_it_names_is_there() {
        for (Json client : protocol().items("clients")) {
            for (Json endpoint : ((Json.Obj) client).items("endpoints")) {
                String text = ((Json.Str) endpoint).value();
                int space = text.indexOf(' ');
                RecordingResponse response = g.send(
                        text.substring(0, space), text.substring(space + 1).replace("{model}", "m"), "{}");
                assertThat(response.status()).as(text).isEqualTo(401);
            }
        }
    }

    @Test
    void says_nothing_of_the_configuration() {
        assertThat(g.send("GET", "/protocol", "").body()).doesNotContain("one", "two", "coding", "secret");
    }
}
