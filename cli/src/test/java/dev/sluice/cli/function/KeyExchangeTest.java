package dev.sluice.cli.function;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.core.access.KeyHash;
import dev.sluice.core.gateway.InboundRequest;
import dev.sluice.model.Headers;
import dev.sluice.model.Json;
import dev.sluice.protocol.json.JsonText;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyExchangeTest {
    private static final String MASTER = "slc_the-master-key-0123456789";
    private static final String OWN = "slc_the-own-key-0123456789";
    private static final KeyHash HASHES = new KeyHash(new byte[32]);
    private static final OwnKey KEY = new OwnKey(OWN, HASHES.of(OWN));

    private final KeyExchange exchange = new KeyExchange(KEY, Optional.of(HASHES.of(MASTER)::equals), HASHES);
    private final KeyExchange open = new KeyExchange(KEY, Optional.empty(), HASHES);

    private static InboundRequest request(String query, Headers headers) {
        return new InboundRequest("POST", "/v1/messages", query, headers, new byte[] {1}, null, "127.0.0.1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x-api-key", "x-goog-api-key", "api-key", "authorization"})
    void the_master_key_gets_through_as_the_own_one_wherever_it_stands(String header) {
        String prefix = header.equals("authorization") ? "Bearer " : "";
        InboundRequest through = exchange.exchanged(request("", Headers.of("host", "x", header, prefix + MASTER)));
        assertThat(through.headers()).isEqualTo(Headers.of("host", "x", header, prefix + OWN));
        assertThat(through.body()).containsExactly(1);
    }

    @Test
    void other_keys_pass_as_they_are() {
        Headers headers = Headers.of("authorization", "Basic abc", "x-api-key", "slc_a-clients", "x-other", MASTER);
        InboundRequest through = exchange.exchanged(request("a=1&key=slc_a-clients", headers));
        assertThat(through.headers()).isEqualTo(headers);
        assertThat(through.query()).isEqualTo("a=1&key=slc_a-clients");
    }

    @Test
    void finds_the_master_key_beside_a_login_of_the_tools_own() {
        Headers headers = Headers.of("authorization", "Bearer login", "x-api-key", MASTER);
        assertThat(exchange.exchanged(request("", headers)).headers())
                .isEqualTo(Headers.of("authorization", "Bearer login", "x-api-key", OWN));
    }

    @Test
    void finds_the_master_key_in_the_query() {
        assertThat(exchange.exchanged(request("alt=sse&key=slc%5Fthe-master-key-0123456789&b=%zz", Headers.NONE))
                        .query())
                .isEqualTo("alt=sse&key=" + OWN + "&b=%zz");
        assertThat(exchange.exchanged(request("key=%zz", Headers.NONE)).query()).isEqualTo("key=%zz");
    }

    @Test
    void the_own_key_is_no_secret_to_be_guessed_by_its_hash() {
        Headers headers = Headers.of("x-api-key", HASHES.of(MASTER));
        assertThat(exchange.exchanged(request("", headers)).headers()).isEqualTo(headers);
        assertThat(KEY.toString()).doesNotContain(OWN);
    }

    @Test
    void without_keys_everyone_on_this_machine_gets_through() {
        InboundRequest through =
                open.exchanged(request("", Headers.of("host", "localhost:8787", "authorization", "Bearer any")));
        assertThat(through.headers().all("authorization")).containsExactly("Bearer " + OWN);
    }

    @Test
    void without_keys_a_foreign_page_gets_none() {
        Headers rebound = Headers.of("host", "evil.example", "x-api-key", "any");
        assertThat(open.exchanged(request("", rebound)).headers()).isEqualTo(rebound);
        Headers page = Headers.of("host", "localhost", "origin", "https://evil.example");
        assertThat(open.exchanged(request("", page)).headers()).isEqualTo(page);
    }

    private static Json.Obj event(KeyExchange exchange, String event) {
        byte[] bytes = exchange.exchanged(event.getBytes(StandardCharsets.UTF_8));
        Json.Obj object = JsonText.objectOrNull(bytes, 0, bytes.length);
        assertThat(object).isNotNull();
        return object;
    }

    @Test
    void an_event_without_a_key_is_its_owners() {
        assertThat(event(exchange, "{\"rawPath\":\"/\",\"headers\":{\"host\":\"x\"}}")
                        .object("headers"))
                .isEqualTo(Json.object()
                        .put("host", "x")
                        .put("authorization", "Bearer " + OWN)
                        .build());
        assertThat(event(exchange, "{\"rawPath\":\"/\"}").object("headers"))
                .isEqualTo(Json.object().put("authorization", "Bearer " + OWN).build());
    }

    @Test
    void an_event_with_a_key_is_judged_by_it() {
        String foreign = "{\"rawPath\":\"/\",\"headers\":{\"X-Api-Key\":\"slc_a-clients\"}}";
        assertThat(exchange.exchanged(foreign.getBytes(StandardCharsets.UTF_8)))
                .asString()
                .isEqualTo(foreign);
        String masters = foreign.replace("slc_a-clients", MASTER);
        assertThat(event(exchange, masters).object("headers"))
                .isEqualTo(Json.object().put("X-Api-Key", OWN).build());
        String query = "{\"rawPath\":\"/\",\"rawQueryString\":\"key=a\",\"headers\":{}}";
        assertThat(exchange.exchanged(query.getBytes(StandardCharsets.UTF_8)))
                .asString()
                .isEqualTo(query);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"Step\":\"createSecret\"}", "nonsense", "{\"rawPath\":\"/\",\"headers\":[]}"})
    void what_is_no_request_stays_as_it_was_written(String event) {
        assertThat(exchange.exchanged(event.getBytes(StandardCharsets.UTF_8)))
                .asString()
                .isEqualTo(event);
    }
}
