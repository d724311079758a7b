package dev.sluice.protocol.gemini;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.Failure;
import dev.sluice.model.Headers;
import dev.sluice.model.Json;
import dev.sluice.protocol.ErrorAnswer;
import dev.sluice.protocol.UpstreamError;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class GeminiFailuresTest {
    private static final GeminiFailures FAILURES = new GeminiFailures();

    private static ErrorAnswer encoded(Failure failure) {
        return FAILURES.encode(failure, "req_1");
    }

    private static UpstreamError decoded(int status, String body) {
        return FAILURES.decode(status, Headers.NONE, Gemini.bytes(body), Instant.EPOCH);
    }

    private static Failure.Upstream upstream(
            Failure.Category category, @Nullable Duration wait, Failure.@Nullable Window window) {
        return new Failure.Upstream(category, 429, "words", null, null, wait, null, window);
    }

    @ParameterizedTest
    @EnumSource
    void every_kind_has_a_status_and_googles_name_for_it(Failure.Kind kind) {
        ErrorAnswer answer = encoded(Failure.Refused.of(kind, "words"));
        Json.Obj body = Gemini.json(answer.body());

        assertThat(Gemini.print(Gemini.at(body, "error.code"))).isEqualTo(Integer.toString(answer.status()));
        assertThat(Gemini.print(Gemini.at(body, "error.status"))).matches("\"[A-Z_]+\"");
        assertThat(Gemini.print(Gemini.at(body, "error.message"))).isEqualTo("\"words\"");
    }

    @ParameterizedTest
    @CsvSource({
        "INVALID_REQUEST, 400, INVALID_ARGUMENT",
        "UNAUTHENTICATED, 401, UNAUTHENTICATED",
        "UPSTREAM_AUTH, 502, INTERNAL",
        "PERMISSION, 403, PERMISSION_DENIED",
        "MODEL_NOT_FOUND, 404, NOT_FOUND",
        "TOO_LARGE, 413, INVALID_ARGUMENT",
        "RATE_LIMITED, 429, RESOURCE_EXHAUSTED",
        "QUOTA, 429, RESOURCE_EXHAUSTED",
        "OVERLOADED, 503, UNAVAILABLE",
        "TIMEOUT, 504, DEADLINE_EXCEEDED",
        "UPSTREAM_FAULT, 500, INTERNAL"
    })
    void the_table_holds(Failure.Kind kind, int status, String word) {
        ErrorAnswer answer = encoded(Failure.Refused.of(kind, "words"));

        assertThat(answer.status()).isEqualTo(status);
        assertThat(Gemini.print(Gemini.at(Gemini.json(answer.body()), "error.status")))
                .contains(word);
    }

    @Test
    void an_overflow_speaks_the_dialects_own_words() {
        ErrorAnswer answer = encoded(upstream(Failure.Category.CONTEXT_OVERFLOW, null, new Failure.Window(1200, 1000)));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(new String(answer.body(), java.nio.charset.StandardCharsets.UTF_8))
                .contains("The input token count (1200) exceeds the maximum number of tokens allowed (1000).");
    }

    @Test
    void a_field_at_fault_is_named() {
        Json.Obj body = Gemini.json(encoded(Failure.Refused.field("contents[0]", "'contents[0]' is wrong."))
                .body());

        assertThat(Gemini.print(Gemini.at(body, "error.details.0.fieldViolations.0.field")))
                .isEqualTo("\"contents[0]\"");
    }

    @Test
    void a_limit_that_passes_names_a_time_in_body_and_header() {
        ErrorAnswer answer = encoded(upstream(Failure.Category.RATE_LIMITED, Duration.ofMillis(16_500), null));

        assertThat(answer.headers().first("retry-after")).hasValue("17");
        assertThat(Gemini.print(Gemini.at(Gemini.json(answer.body()), "error.details.0.retryDelay")))
                .isEqualTo("\"17s\"");
        assertThat(encoded(upstream(Failure.Category.RATE_LIMITED, null, null))
                        .headers()
                        .first("retry-after"))
                .hasValue("1");
        assertThat(encoded(upstream(Failure.Category.BILLING_EXHAUSTED, Duration.ofSeconds(1), null))
                        .headers()
                        .first("x-should-retry"))
                .hasValue("false");
    }

    @Test
    void an_error_is_read_with_its_details() {
        UpstreamError error = decoded(429, """
                {"error":{"code":429,"message":"m","status":"RESOURCE_EXHAUSTED","details":[
                 {"@type":"type.googleapis.com/google.rpc.ErrorInfo","reason":"RATE"},
                 {"@type":"type.googleapis.com/google.rpc.BadRequest","fieldViolations":[{"field":"contents"}]},
                 {"@type":"type.googleapis.com/google.rpc.RetryInfo","retryDelay":"1.5s"}]}}
                """);

        assertThat(error)
                .isEqualTo(new UpstreamError(
                        429, "RESOURCE_EXHAUSTED", "RATE", "m", "contents", Duration.ofMillis(1500), null));
    }

    @Test
    void an_error_in_an_array_and_one_of_no_form_are_read() {
        assertThat(decoded(400, "[{\"error\":{\"message\":\"m\"}}]").message()).isEqualTo("m");
        assertThat(decoded(500, "{\"error\":\"plain\"}").message()).isEqualTo("plain");
        assertThat(decoded(500, "[]").message()).isNotEmpty();
        assertThat(decoded(502, "<html>").message()).contains("502");
        assertThat(decoded(500, "{\"error\":{\"details\":[{\"retryDelay\":\"..s\"},{\"retryDelay\":\"soon\"}]}}")
                        .retryAfter())
                .isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "INVALID_ARGUMENT, INVALID_REQUEST",
        "RESOURCE_EXHAUSTED, RATE_LIMITED",
        "UNAVAILABLE, TEMPORARY_ERROR",
        "DEADLINE_EXCEEDED, TIMEOUT",
        "CANCELLED, TEMPORARY_ERROR",
        "PERMISSION_DENIED, FORBIDDEN",
        "UNAUTHENTICATED, AUTH_FAILED",
        "INTERNAL, TEMPORARY_ERROR"
    })
    void an_error_without_a_code_is_judged_by_its_name(String word, Failure.Category category) {
        assertThat(GeminiFailures.inAnswer(Gemini.json("{\"error\":{\"status\":\"" + word + "\",\"message\":\"m\"}}"))
                        .category())
                .isEqualTo(category);
    }
}
