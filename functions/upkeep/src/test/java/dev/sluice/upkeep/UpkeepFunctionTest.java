package dev.sluice.upkeep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.model.Json;
import dev.sluice.protocol.json.JsonText;
import dev.sluice.testkit.VirtualTime;
import dev.sluice.testkit.http.NobodyThere;
import dev.sluice.testkit.http.ScriptedServer;
import dev.sluice.testkit.http.ScriptedServer.Script;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The function as Lambda calls it, in virtual time, asking a scripted gateway on loopback.
class UpkeepFunctionTest {
    private static final String EVENT = "{\"source\":\"aws.events\",\"detail-type\":\"Scheduled Event\"}";
    private static final String WELL = answer(200, "x-sluice-request-id: req_1\r\n", "{\"status\":\"ok\"}");

    private final VirtualTime time = new VirtualTime();
    private FakeContext context = new FakeContext(time, Duration.ofSeconds(60), Duration.ZERO);

    private static String answer(int status, String headers, String body) {
        return "HTTP/1.1 " + status + " Status\r\ncontent-type: application/json\r\n" + headers + "content-length: "
                + body.length() + "\r\n\r\n" + body;
    }

    private static Script answering(String answer) {
        return peer -> {
            while (!peer.readRequest().isEmpty()) {
                peer.send(answer);
            }
        };
    }

    /// Each request on a connection of its own, so that each has a script of its own.
    private static Script once(String answer) {
        return peer -> {
            peer.readRequest();
            peer.send(answer.replaceFirst("\r\n", "\r\nconnection: close\r\n"));
        };
    }

    private String invoke(ScriptedServer gateway, String path) throws IOException {
        return invoke(gateway.uri(path));
    }

    private String invoke(URI gateway) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new UpkeepFunction(Map.of("SLUICE_URL", gateway.toString()), time)
                .handleRequest(new ByteArrayInputStream(EVENT.getBytes(StandardCharsets.UTF_8)), out, context);
        return out.toString(StandardCharsets.UTF_8);
    }

    private Json.Obj line() {
        assertThat(context.lines).singleElement().asString().endsWith("}\n");
        assertThat(context.lines.getFirst().strip()).doesNotContain("\n");
        return Objects.requireNonNull(JsonText.objectOrNull(context.lines.getFirst()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/"})
    void asks_for_health_without_a_key_and_says_so_in_one_line(String path) throws IOException {
        try (ScriptedServer gateway = ScriptedServer.playing(answering(WELL))) {
            String answer = invoke(gateway, path);
            assertThat(gateway.requests()).singleElement().satisfies(request -> {
                assertThat(request).startsWith("GET /health HTTP/1.1\r\n");
                assertThat(request.toLowerCase(Locale.ROOT)).doesNotContain("authorization", "api-key", "origin");
            });
            assertThat(line().text("level")).isEqualTo("info");
            assertThat(line().text("note")).isEqualTo("The gateway at 127.0.0.1 is well.");
            assertThat(answer).isEqualTo(context.lines.getFirst().strip());
        }
    }

    @Test
    void a_gateway_that_is_not_ready_yet_is_asked_again() throws IOException {
        try (ScriptedServer gateway =
                ScriptedServer.playing(once(answer(503, "", "{}")), once(answer(502, "", "")), answering(WELL))) {
            invoke(gateway, "");
            assertThat(gateway.requests()).hasSize(3);
            assertThat(line().whole("tries")).isEqualTo(3);
            assertThat(time.elapsed()).isEqualTo(Duration.ofSeconds(4));
        }
    }

    @Test
    void what_stays_wrong_until_the_time_is_nearly_over_is_an_error_that_says_what() throws IOException {
        try (ScriptedServer gateway = ScriptedServer.playing(peer -> {
            while (!peer.readRequest().isEmpty()) {
                time.advance(Duration.ofSeconds(13)); // so that the last one, too, has time on a machine under load
                peer.send(answer(503, "", "{}"));
            }
        })) {
            assertThatThrownBy(() -> invoke(gateway, ""))
                    .isInstanceOf(UpkeepFailure.class)
                    .hasMessageContainingAll("/health", "asked 4 times", "status 503");
            assertThat(line().text("level")).isEqualTo("error");
            assertThat(line().text("note")).contains("status 503");
            assertThat(time.elapsed()).isLessThanOrEqualTo(Duration.ofSeconds(60));
        }
    }

    @Test
    void silence_is_an_error_before_the_invocation_ends() throws IOException {
        context = new FakeContext(time, Duration.ofMillis(1_300), Duration.ofMillis(200));
        try (ScriptedServer gateway = ScriptedServer.playing(peer -> peer.awaitClose())) {
            assertThatThrownBy(() -> invoke(gateway, ""))
                    .isInstanceOf(UpkeepFailure.class)
                    .hasMessageContaining("asked 1 times");
        }
    }

    @Test
    void a_gateway_that_nobody_reaches_is_an_error() {
        try (NobodyThere nobody = new NobodyThere()) {
            assertThatThrownBy(() -> invoke(nobody.uri()))
                    .isInstanceOf(UpkeepFailure.class)
                    .hasMessageContaining("cannot be reached");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 307, 308})
    void a_redirect_is_not_followed_and_not_asked_again(int status) throws IOException {
        try (ScriptedServer elsewhere = ScriptedServer.playing(answering(WELL));
                ScriptedServer gateway = ScriptedServer.playing(
                        answering(answer(status, "location: " + elsewhere.uri("/health") + "\r\n", "")))) {
            assertThatThrownBy(() -> invoke(gateway, "")).hasMessageContaining("it redirects (" + status + ")");
            assertThat(elsewhere.connections()).isZero();
            assertThat(gateway.requests()).hasSize(1);
        }
    }

    @Test
    void a_200_of_another_program_is_an_error() throws IOException {
        for (String other : new String[] {
            answer(200, "", "{\"status\":\"ok\"}"),
            answer(200, "x-sluice-request-id: a\r\n", "<html>"),
            answer(200, "x-sluice-request-id: a\r\n", "{\"status\":\"fine\"}")
        }) {
            try (ScriptedServer gateway = ScriptedServer.playing(answering(other))) {
                assertThatThrownBy(() -> invoke(gateway, "")).hasMessageContaining("not from Sluice");
                assertThat(gateway.requests()).hasSize(1);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "gateway", "ftp://gateway", "https://", "https://user:secret@gateway", "https://g?x=1"})
    void an_address_that_is_none_fails_the_start_by_the_variables_name(String url) {
        assertThatThrownBy(() -> new UpkeepFunction(Map.of("SLUICE_URL", url), time))
                .isInstanceOf(UpkeepFailure.class)
                .hasMessageStartingWith("SLUICE_URL is ")
                .message()
                .doesNotContain("secret");
    }
}
