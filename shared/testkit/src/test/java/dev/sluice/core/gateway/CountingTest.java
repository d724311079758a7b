package dev.sluice.core.gateway;

import static dev.sluice.testkit.ScriptedUpstream.broken;
import static dev.sluice.testkit.ScriptedUpstream.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.sluice.core.ports.Upstream;
import dev.sluice.model.Dialect;
import dev.sluice.model.Json;
import dev.sluice.protocol.DialectCodec;
import dev.sluice.protocol.UpstreamCodec;
import dev.sluice.protocol.json.JsonText;
import dev.sluice.protocol.seal.Seal;
import dev.sluice.testkit.RecordingResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// How many tokens a request has: passed on where a provider counts, estimated otherwise, and never a word about health.
class CountingTest {
    private static final String PATH = "/v1/messages/count_tokens";
    private static final String QUESTION =
            "{\"model\":\"coding\",\"messages\":[{\"role\":\"user\",\"content\":\"how many tokens are these?\"}]}";
    private static final String COUNT = "{\"input_tokens\":11}";

    private final GatewayFixture g = new GatewayFixture(GatewayFixture.TWO_ACCOUNTS);

    private RecordingResponse count(String body) {
        return g.post(PATH, body, "x-api-key", GatewayFixture.KEY, "anthropic-version", "2023-06-01");
    }

    private static long tokens(RecordingResponse response) {
        assertThat(response.status()).isEqualTo(200);
        byte[] body = response.body().getBytes(StandardCharsets.UTF_8);
        Json.Obj answer = JsonText.objectOrNull(body, 0, body.length);
        assertThat(answer).isNotNull();
        return answer.whole("input_tokens");
    }

    private static void isEstimate(RecordingResponse response) {
        assertThat(tokens(response)).isBetween(10L, 60L);
        assertThat(response.header("x-sluice-estimated")).isEqualTo("tokens");
    }

    @Test
    void a_provider_of_the_same_dialect_is_asked_with_the_clients_bytes() {
        g.upstream.then(json(200, COUNT));

        RecordingResponse client = g.post(
                PATH + "?beta=true",
                QUESTION,
                "x-api-key",
                GatewayFixture.KEY,
                "anthropic-version",
                "2026-10-21",
                "anthropic-beta",
                "of-tomorrow",
                "anthropic-workspace-id",
                "w");

        assertThat(client.body()).isEqualTo(COUNT);
        assertThat(client.header("x-sluice-model")).isEqualTo("one/m");
        assertThat(client.header("x-sluice-estimated")).isEmpty();
        Upstream.Call call = g.upstream.calls().getFirst();
        assertThat(call.uri()).hasToString("https://one.test/v1/messages/count_tokens?beta=true");
        assertThat(new String(call.body(), StandardCharsets.UTF_8)).isEqualTo(QUESTION.replace("coding", "m"));
        assertThat(call.headers().first("x-api-key")).contains("upstream-secret");
        assertThat(call.headers().first("anthropic-beta")).contains("of-tomorrow");
        assertThat(call.headers().first("anthropic-version")).contains("2026-10-21");
        assertThat(call.headers().first("anthropic-workspace-id")).contains("w");
        assertThat(call.streaming()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "openai-responses, https://one.test/v1, /v1/responses/input_tokens, '{\"object\":\"response.input_tokens\",\"input_tokens\":11}'",
        "gemini, https://one.test, /v1beta/models/m:countTokens, '{\"totalTokens\":11}'"
    })
    void a_provider_of_another_dialect_is_asked_in_its_own(String dialect, String base, String path, String answer) {
        UpstreamCodec codec = codec(dialect);
        assumeThat(codec != null && codec.counts().isPresent()).isTrue();
        GatewayFixture other = new GatewayFixture("""
                {"version": 1, "providers": [{"id": "one", "credential": "one", "models": [{"id": "m"}],
                  "endpoints": {"openai-chat": "https://one.test/v1", "%s": "%s"}}]}""".formatted(dialect, base));
        other.upstream.then(json(200, answer));

        RecordingResponse client = other.post(PATH, QUESTION.replace("coding", "m"), "x-api-key", GatewayFixture.KEY);

        assertThat(client.body()).isEqualTo(COUNT);
        assertThat(other.upstream.calls().getFirst().uri().getPath()).isEqualTo(path);
    }

    @ParameterizedTest
    @CsvSource({
        "openai-responses, /v1/responses/input_tokens, '{\"model\":\"single\",\"input\":\"hi\"}', input_tokens",
        "gemini, /v1beta/models/single:countTokens, '{\"contents\":[{\"parts\":[{\"text\":\"hi\"}]}]}', totalTokens",
    })
    void every_client_that_can_ask_gets_the_number_in_its_own_form(
            String dialect, String path, String question, String field) {
        UpstreamCodec codec = codec(dialect);
        assumeThat(codec instanceof DialectCodec && codec.counts().isPresent()).isTrue();
        g.upstream.then(json(200, COUNT));

        RecordingResponse client = g.post(path, question, "x-goog-api-key", GatewayFixture.KEY);

        assertThat(client.status()).as(client.body()).isEqualTo(200);
        assertThat(client.body()).contains("\"" + field + "\":11");
    }

    private static @Nullable UpstreamCodec codec(String dialect) {
        return Dialects.codecs(new Seal(new byte[32]))
                .upstream(Dialect.parse(dialect).orElseThrow())
                .orElse(null);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 405, 429, 500, 501, 529})
    void what_a_provider_refuses_is_estimated_and_says_nothing_about_its_health(int status) {
        g.upstream.then(json(status, Wire.error("some_error", "no")));

        isEstimate(count(QUESTION));

        assertThat(g.upstream.calls()).hasSize(1);
        assertThat(g.ledger.steps()).isEmpty();
        g.upstream.then(json(200, Wire.MESSAGES_ANSWER));
        RecordingResponse next = g.messages(Wire.MESSAGES_REQUEST);
        assertThat(next.status()).isEqualTo(200);
        assertThat(next.header("x-sluice-model")).isEqualTo("one/m");
    }

    @Test
    void a_broken_connection_and_an_answer_without_a_number_are_estimated() {
        g.upstream
                .then(broken(Upstream.Breakage.CONNECT))
                .then(json(200, "{}"))
                .then(json(200, "<html>"))
                .then(Duration.ofSeconds(30), json(200, COUNT));

        for (int i = 0; i < 4; i++) {
            isEstimate(count(QUESTION));
        }
    }

    @Test
    void who_has_said_that_it_cannot_count_is_not_asked_again_for_a_while() {
        g.upstream.then(json(404, "{}")).then(json(200, COUNT));

        isEstimate(count(QUESTION));
        assertThat(tokens(count(QUESTION))).isEqualTo(11);

        assertThat(g.upstream.calls()).extracting(call -> call.uri().getHost()).containsExactly("one.test", "two.test");
        g.time.advance(Duration.ofMinutes(31));
        g.upstream.then(json(200, COUNT));
        count(QUESTION);
        assertThat(g.upstream.calls().getLast().uri().getHost()).isEqualTo("one.test");
    }

    @Test
    void a_provider_that_cools_down_is_not_asked() {
        g.upstream.then(json(429, Wire.error("rate_limit_error", "slow down"), "retry-after", "60"));
        g.upstream.then(json(200, Wire.MESSAGES_ANSWER));
        g.messages(Wire.MESSAGES_REQUEST);
        g.upstream.then(json(200, COUNT));

        RecordingResponse client = count(QUESTION);

        assertThat(client.header("x-sluice-model")).isEqualTo("two/m");
    }

    @Test
    void where_no_provider_counts_it_is_estimated_and_nobody_is_called() {
        GatewayFixture chat = new GatewayFixture("""
                {"version": 1, "defaultModel": "one/m", "providers": [
                  {"id": "one", "endpoints": {"openai-chat": "https://one.test/v1"}, "credential": "one",
                   "models": [{"id": "m", "contextWindow": 10}]}]}""");

        RecordingResponse client = chat.post(PATH, QUESTION.replace("coding", "m"), "x-api-key", GatewayFixture.KEY);

        isEstimate(client);
        assertThat(client.header("x-sluice-model")).isEqualTo("one/m");
        assertThat(client.header("x-sluice-route")).isEqualTo("direct");
        assertThat(chat.upstream.calls()).isEmpty();
    }

    @Test
    void instructions_tools_and_pictures_are_in_the_estimate() {
        g.upstream.always(json(404, "{}"));
        long bare = tokens(count(QUESTION));
        String more = QUESTION.replace(
                "{\"model\"",
                "{\"system\":\"" + "be brief ".repeat(100)
                        + "\",\"tools\":[{\"name\":\"t\",\"description\":\"" + "does it ".repeat(100)
                        + "\",\"input_schema\":{\"type\":\"object\"}}],\"model\"");

        assertThat(tokens(count(more))).isGreaterThan(bare + 1100);
        assertThat(tokens(count(QUESTION.replace(
                        "\"how many tokens are these?\"",
                        "[{\"type\":\"image\",\"source\":{\"type\":\"url\",\"url\":\"https://x.test/i.png\"}}]"))))
                .isGreaterThan(4000);
    }

    @Test
    void a_count_spends_no_limit_takes_no_turn_and_is_logged() {
        GatewayFixture rotating =
                new GatewayFixture(GatewayFixture.TWO_ACCOUNTS.replace("\"ordered\"", "\"round-robin\""));
        rotating.upstream.always(json(200, COUNT));

        List<String> asked = List.of("", "", "").stream()
                .map(_ -> rotating.post(PATH, QUESTION, "x-api-key", GatewayFixture.KEY)
                        .header("x-sluice-model"))
                .toList();

        assertThat(asked).containsOnly("one/m");
        assertThat(rotating.ledger.steps()).isEmpty();
        assertThat(rotating.log).hasSize(3).allSatisfy(entry -> {
            assertThat(entry.outcome()).isEqualTo("ok");
            assertThat(entry.target()).isEqualTo("one/m");
            assertThat(entry.usage().isReported()).isFalse();
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "{", "[]", "{\"messages\":[]}", "{\"model\":\"coding\"}", "{\"model\":5,\"messages\":[1]}"})
    void what_is_no_request_is_refused_as_a_request_would_be(String body) {
        RecordingResponse client = count(body);

        assertThat(client.status()).isEqualTo(400);
        assertThat(client.body()).contains("\"type\":\"error\"", "invalid_request_error");
        assertThat(g.upstream.calls()).isEmpty();
    }

    @Test
    void keys_and_models_are_checked_as_for_a_request() {
        assertThat(g.post(PATH, QUESTION).status()).isEqualTo(401);
        assertThat(count(QUESTION.replace("coding", "codign")).status()).isEqualTo(404);
        assertThat(g.send("GET", PATH, "", "x-api-key", GatewayFixture.KEY).status())
                .isEqualTo(405);
        assertThat(g.upstream.calls()).isEmpty();
    }
}
