package dev.sluice.core.gateway;

import static dev.sluice.core.gateway.Wire.*;
import static dev.sluice.testkit.ScriptedUpstream.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.core.ports.ByteStream;
import dev.sluice.core.ports.Upstream;
import dev.sluice.model.Headers;
import dev.sluice.testkit.RecordingResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What clients see of the store of configuration and keys: fresh, changed, silent, unreadable.
class RegistryStatesTest {
    private static final String ONE_ACCOUNT = """
            {"version": 1, "providers": [{"id": "late", "endpoints": {"openai-chat": "https://late.test/v1"},
             "credential": "late", "models": ["m"]}],
             "modelAliases": {"coding": {"strategy": "ordered", "targets": [{"ref": "late/m"}]}}}
            """;
    private static final String PREFLIGHT = "{\"version\":1,\"access\":{\"corsOrigins\":[\"https://app.example\"]}}";

    private final GatewayFixture g = new GatewayFixture(GatewayFixture.TWO_ACCOUNTS);

    private void answerAll() {
        IntStream.range(0, 20).forEach(_ -> g.upstream.then(json(200, CHAT_ANSWER)));
    }

    private void advance(Duration duration) {
        g.time.advance(duration);
    }

    private void write(String document) {
        g.registry.write(g.registry.head().orElseThrow().number(), document, "me", g.time.now());
    }

    @Test
    void a_request_costs_at_most_one_read_and_none_while_it_is_fresh() {
        answerAll();
        g.chat(CHAT_REQUEST);
        g.chat(CHAT_REQUEST);
        assertThat(g.registry.reads()).isEqualTo(1);
        advance(Duration.ofSeconds(5));
        g.chat(CHAT_REQUEST);
        assertThat(g.registry.reads()).isEqualTo(2);
    }

    @Test
    void a_revoked_key_is_a_401_for_every_request_5_seconds_later() {
        answerAll();
        assertThat(g.chat(CHAT_REQUEST).status()).isEqualTo(200);
        g.registry.revoke("master");
        advance(Duration.ofSeconds(5));

        assertThat(g.chat(CHAT_REQUEST).status()).isEqualTo(401);
        assertThat(g.messages(MESSAGES_REQUEST).status()).isEqualTo(401);
    }

    /// As at OpenRouter 2026-02-17, where every key seemed wrong.
    @Test
    void a_silent_store_is_told_in_a_header_and_is_never_a_401() {
        answerAll();
        assertThat(g.chat(CHAT_REQUEST).header("x-sluice-state")).isEmpty();
        g.registry.silent(true);
        advance(Duration.ofMinutes(14));

        RecordingResponse stale = g.chat(CHAT_REQUEST);
        assertThat(stale.status()).isEqualTo(200);
        assertThat(stale.header("x-sluice-state")).isEqualTo("stale-config");

        RecordingResponse other = g.post("/v1/chat/completions", CHAT_REQUEST, "authorization", "Bearer slc_other");
        assertThat(other.status()).isEqualTo(503);
        assertThat(other.header("retry-after")).isEqualTo("1");

        advance(Duration.ofMinutes(1));
        RecordingResponse tooOld = g.chat(CHAT_REQUEST);
        assertThat(tooOld.status()).isEqualTo(503);
        assertThat(tooOld.header("retry-after")).isEqualTo("1");

        g.registry.silent(false);
        advance(Duration.ofSeconds(1));
        RecordingResponse back = g.chat(CHAT_REQUEST);
        assertThat(back.status()).isEqualTo(200);
        assertThat(back.header("x-sluice-state")).isEmpty();
    }

    @Test
    void a_version_that_cannot_be_read_leaves_the_old_one_in_force() {
        answerAll();
        g.chat(CHAT_REQUEST);
        write("{\"version\":99}");
        advance(Duration.ofSeconds(5));

        RecordingResponse client = g.chat(CHAT_REQUEST);

        assertThat(client.status()).isEqualTo(200);
        assertThat(client.header("x-sluice-state")).isEqualTo("stale-config");
        assertThat(g.notes).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"/v1/chat/completions", "/v1/messages", "/v1/models", "/v1beta/models/x:generateContent"})
    void a_store_of_a_later_layout_is_a_503_that_says_so(String path) {
        g.registry.unreadable("its layout is 7, and this version knows 1");

        RecordingResponse client =
                g.send(path.endsWith("models") ? "GET" : "POST", path, CHAT_REQUEST, "x-api-key", GatewayFixture.KEY);

        assertThat(client.status()).isEqualTo(503);
        assertThat(client.header("retry-after")).isEqualTo("1");
        assertThat(client.body()).contains("layout is 7");
    }

    @Test
    void what_is_public_needs_neither_key_nor_store() {
        g.registry.silent(true);

        assertThat(g.send("GET", "/health", "").status()).isEqualTo(200);
        assertThat(g.send("HEAD", "/", "").status()).isEqualTo(200);
        assertThat(g.registry.reads()).isZero();
    }

    @Test
    void a_preflight_looks_at_the_configuration_only() {
        write(PREFLIGHT);
        g.registry.revoke("master");

        RecordingResponse allowed = g.send(
                "OPTIONS",
                "/v1/messages",
                "",
                "origin",
                "https://app.example",
                "access-control-request-method",
                "POST",
                "x-api-key",
                GatewayFixture.KEY);
        RecordingResponse other = g.send(
                "OPTIONS", "/v1/messages", "", "origin", "https://x.example", "access-control-request-method", "POST");

        assertThat(allowed.status()).isEqualTo(204);
        assertThat(other.status()).isEqualTo(403);
        assertThat(g.registry.reads()).isEqualTo(1);
    }

    @Test
    void an_address_that_may_not_call_is_refused_before_its_key_is() {
        write("{\"version\":1,\"access\":{\"allowedIps\":[\"10.0.0.0/8\"]}}");

        assertThat(g.post("/v1/chat/completions", CHAT_REQUEST).status()).isEqualTo(403);
        RecordingResponse known = g.chat(CHAT_REQUEST);
        assertThat(known.status()).isEqualTo(403);
        assertThat(known.headers().first("x-sluice-refused")).hasValue("address");
    }

    /// Not as on 2026-02-23, when a reload took away what was in use.
    @Test
    void a_stream_under_way_keeps_the_configuration_it_began_with() {
        List<RecordingResponse> others = new ArrayList<>();
        g.upstream
                .then(new Upstream.Answer.Streaming(
                        200, Headers.of("content-type", "text/event-stream"), new Meanwhile(() -> {
                            write(ONE_ACCOUNT);
                            advance(Duration.ofSeconds(5));
                            others.add(g.chat(CHAT_REQUEST));
                        })))
                .then(json(200, CHAT_ANSWER))
                .then(g.upstream.stream(CHAT_FIRST, CHAT_CONTENT, CHAT_FINISH, CHAT_DONE));

        RecordingResponse first = g.chat(CHAT_STREAM_REQUEST);

        assertThat(others)
                .singleElement()
                .extracting(other -> other.header("x-sluice-model"))
                .isEqualTo("late/m");
        assertThat(first.header("x-sluice-model")).isEqualTo("one/m");
        assertThat(first.body()).contains("hello", "[DONE]");
    }

    /// A body that breaks before its first event, after something else has happened.
    private record Meanwhile(Runnable event) implements ByteStream {
        @Override
        public Read read(Duration wait) {
            event.run();
            return new Read.Reset("broken meanwhile");
        }

        @Override
        public void close() {}
    }
}
