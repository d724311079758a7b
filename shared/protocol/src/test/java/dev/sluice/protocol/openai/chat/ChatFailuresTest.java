package dev.sluice.protocol.openai.chat;

import static dev.sluice.protocol.openai.chat.Chat.bytes;
import static dev.sluice.protocol.openai.chat.Chat.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.Failure;
import dev.sluice.model.Headers;
import dev.sluice.model.Json;
import dev.sluice.protocol.ErrorAnswer;
import dev.sluice.protocol.UpstreamError;
import dev.sluice.protocol.openai.OpenAiFailures;
import dev.sluice.protocol.translate.FailureClassifier;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChatFailuresTest {
    private static final Instant NOW = Instant.parse("2026-11-21T00:00:00Z");
    private final OpenAiFailures failures = new OpenAiFailures();

    private static Json.Obj error(ErrorAnswer answer) {
        return java.util.Objects.requireNonNull(
                json(new String(answer.body(), StandardCharsets.UTF_8)).object("error"));
    }

    private UpstreamError decoded(String body, Headers headers) {
        return failures.decode(500, headers, bytes(body), NOW);
    }

    @Test
    void gives_every_kind_a_status() {
        Map<Failure.Kind, Integer> statuses = new EnumMap<>(Failure.Kind.class);
        for (Failure.Kind kind : Failure.Kind.values()) {
            statuses.put(
                    kind, failures.encode(Failure.Refused.of(kind, "m"), "r").status());
        }
        assertThat(statuses)
                .containsEntry(Failure.Kind.INVALID_REQUEST, 400)
                .containsEntry(Failure.Kind.UNAUTHENTICATED, 401)
                .containsEntry(Failure.Kind.UPSTREAM_AUTH, 502)
                .containsEntry(Failure.Kind.MODEL_NOT_FOUND, 404)
                .containsEntry(Failure.Kind.TOO_LARGE, 413)
                .containsEntry(Failure.Kind.QUOTA, 429)
                .containsEntry(Failure.Kind.OVERLOADED, 503)
                .containsEntry(Failure.Kind.TIMEOUT, 504)
                .containsEntry(Failure.Kind.METHOD_NOT_ALLOWED, 405)
                .containsEntry(Failure.Kind.UNSUPPORTED_MEDIA_TYPE, 415)
                .containsEntry(Failure.Kind.NOT_IMPLEMENTED, 501);
    }

    @Test
    void reads_an_error_in_an_array() {
        String google = "[{\"error\":{\"code\":400,\"message\":\"No such model.\",\"status\":\"INVALID_ARGUMENT\"}}]";
        assertThat(decoded(google, Headers.NONE).message()).isEqualTo("No such model.");
        assertThat(decoded("[]", Headers.NONE).message()).isNotEmpty();
    }

    @Test
    void rounds_the_wait_up_to_whole_seconds() {
        Failure limited = new Failure.Refused(Failure.Kind.RATE_LIMITED, "m", null, Duration.ofMillis(1500));
        ErrorAnswer answer = failures.encode(limited, "r");
        assertThat(answer.headers().first("retry-after")).contains("2");
        assertThat(error(answer).text("code")).isEqualTo("rate_limit_exceeded");
    }

    @Test
    void tells_never_to_retry_a_limit_without_a_time() {
        ErrorAnswer answer = failures.encode(Failure.Refused.of(Failure.Kind.RATE_LIMITED, "m"), "r");
        assertThat(answer.headers().has("retry-after")).isFalse();
        assertThat(answer.headers().first("x-should-retry")).contains("false");
    }

    @Test
    void never_invites_to_retry_an_empty_purse() {
        Failure quota = new Failure.Upstream(
                Failure.Category.BILLING_EXHAUSTED, 429, "m", null, null, Duration.ofSeconds(3), true, null);
        ErrorAnswer answer = failures.encode(quota, "r");
        assertThat(answer.headers().has("retry-after")).isFalse();
        assertThat(answer.headers().first("x-should-retry")).contains("false");
        assertThat(error(answer).text("type")).isEqualTo("insufficient_quota");
    }

    @Test
    void keeps_the_providers_words_about_its_key_to_itself() {
        byte[] body = bytes("{\"error\":{\"message\":\"Incorrect API key provided: sk-abc***xyz\"}}");
        Failure auth = FailureClassifier.classify(failures.decode(401, Headers.NONE, body, Instant.EPOCH));
        ErrorAnswer answer = failures.encode(auth, "r");
        assertThat(answer.status()).isEqualTo(502);
        assertThat(new String(answer.body(), StandardCharsets.UTF_8)).doesNotContain("sk-abc");
        assertThat(error(answer).text("code")).isEqualTo("upstream_auth_failed");
    }

    @Test
    void gives_an_overflow_its_code_and_its_numbers() {
        Failure overflow = new Failure.Upstream(
                Failure.Category.CONTEXT_OVERFLOW,
                400,
                "m",
                null,
                null,
                null,
                null,
                new Failure.Window(250_000, 200_000));
        Json.Obj error = error(failures.encode(overflow, "r"));
        assertThat(error.text("code")).isEqualTo("context_length_exceeded");
        assertThat(error.text("message")).contains("250000", "maximum context length is 200000 tokens");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"error\":{\"message\":\"a\",\"code\":\"c\"}} | a",
                "{\"error\":\"model is required\"} | model is required",
                "{\"detail\":[{\"loc\":[\"body\"],\"msg\":\"field required\"}]} | field required",
                "{\"detail\":\"Not Found\"} | Not Found",
                "{\"message\":\"m\"} | m",
                "{\"error\":{\"message\":\"Provider error\",\"metadata\":{\"raw\":\"why\"}}} | Provider error: why",
                "<html><body>502 Bad Gateway</body></html> | The provider answered with status 500 and a web page.",
                "plain words | plain words",
            })
    void reads_any_body(String body, String message) {
        assertThat(decoded(body, Headers.NONE).message()).isEqualTo(message);
    }

    @Test
    void reads_an_empty_body() {
        assertThat(decoded("", Headers.NONE).message()).contains("status 500");
    }

    @Test
    void reads_when_to_come_back() {
        assertThat(decoded("", Headers.of("retry-after", "0.5")).retryAfter()).isEqualTo(Duration.ofMillis(500));
    }

    @Test
    void gives_an_upstreams_limit_a_time_even_if_it_named_none() {
        ErrorAnswer answer = failures.encode(Failure.Upstream.of(Failure.Category.RATE_LIMITED, "m"), "r");
        assertThat(answer.headers().first("retry-after")).contains("1");
        assertThat(answer.headers().has("x-should-retry")).isFalse();
    }
}
