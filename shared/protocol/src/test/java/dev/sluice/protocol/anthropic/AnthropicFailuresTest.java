package dev.sluice.protocol.anthropic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.Failure;
import dev.sluice.model.Failure.Category;
import dev.sluice.model.Failure.Kind;
import dev.sluice.model.Headers;
import dev.sluice.model.Json;
import dev.sluice.protocol.ErrorAnswer;
import dev.sluice.protocol.UpstreamError;
import dev.sluice.protocol.translate.FailureClassifier;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnthropicFailuresTest {
    private static final Instant NOW = Instant.parse("2026-11-21T00:00:00Z");

    private static ErrorAnswer encode(Failure failure) {
        return Messages.CODEC.failures().encode(failure, "req_1");
    }

    private static Json.Obj body(ErrorAnswer answer) {
        return Messages.json(new String(answer.body(), StandardCharsets.UTF_8));
    }

    private static UpstreamError decode(int status, String body, String... headers) {
        return Messages.CODEC
                .failures()
                .decode(status, Headers.of(headers), body.getBytes(StandardCharsets.UTF_8), NOW);
    }

    @ParameterizedTest
    @CsvSource({
        "INVALID_REQUEST,400,invalid_request_error",
        "UNAUTHENTICATED,401,authentication_error",
        "QUOTA,402,billing_error",
        "PERMISSION,403,permission_error",
        "MODEL_NOT_FOUND,404,not_found_error",
        "METHOD_NOT_ALLOWED,405,invalid_request_error",
        "CONFLICT,409,conflict_error",
        "TOO_LARGE,413,request_too_large",
        "UNSUPPORTED_MEDIA_TYPE,415,invalid_request_error",
        "RATE_LIMITED,429,rate_limit_error",
        "NOT_IMPLEMENTED,501,api_error",
        "UPSTREAM_AUTH,502,api_error",
        "UPSTREAM_FAULT,502,api_error",
        "UNAVAILABLE,503,api_error",
        "TIMEOUT,504,timeout_error",
        "OVERLOADED,529,overloaded_error"
    })
    void each_kind_has_its_status_and_type(Kind kind, int status, String type) {
        ErrorAnswer answer = encode(Failure.Refused.of(kind, "why"));

        assertThat(answer.status()).isEqualTo(status);
        assertThat(Messages.at(body(answer), "error.type")).isEqualTo(type);
        assertThat(Messages.at(body(answer), "error.message")).isEqualTo("why");
        assertThat(Messages.at(body(answer), "request_id")).isEqualTo("req_1");
    }

    @Test
    void context_overflow_speaks_the_words_that_tools_look_for() {
        Failure failure = new Failure.Upstream(
                Category.CONTEXT_OVERFLOW,
                400,
                "too big",
                null,
                null,
                null,
                null,
                new Failure.Window(130_500, 128_000));

        assertThat(Messages.at(body(encode(failure)), "error.message"))
                .isEqualTo("prompt is too long: 130500 tokens > 128000 maximum");
    }

    @Test
    void retry_after_is_in_whole_seconds_and_at_least_one() {
        assertThat(limited(Duration.ofMillis(20))).isEqualTo("1");
        assertThat(limited(Duration.ofMillis(7001))).isEqualTo("8");
        assertThat(limited(null)).isEqualTo("1");
    }

    private static String limited(@org.jspecify.annotations.Nullable Duration wait) {
        return encode(new Failure.Upstream(Category.RATE_LIMITED, 429, "slow", null, null, wait, null, null))
                .headers()
                .first("retry-after")
                .orElse("absent");
    }

    @Test
    void what_waiting_does_not_mend_says_so() {
        ErrorAnswer billing = encode(new Failure.Upstream(
                Category.BILLING_EXHAUSTED, 429, "no money", null, null, Duration.ofSeconds(3), true, null));
        ErrorAnswer loop = encode(Failure.Refused.of(Kind.RATE_LIMITED, "again and again"));

        assertThat(billing.headers().first("x-should-retry")).contains("false");
        assertThat(billing.headers().has("retry-after")).isFalse();
        assertThat(loop.headers().first("x-should-retry")).contains("false");
        assertThat(loop.headers().has("retry-after")).isFalse();
    }

    @Test
    void reads_errors_of_every_make() {
        assertThat(decode(
                        429,
                        "{\"type\":\"error\",\"error\":{\"type\":\"rate_limit_error\",\"message\":\"m\","
                                + "\"details\":{\"error_code\":\"enforced_spend_limit_reached\"}}}"))
                .extracting(UpstreamError::type, UpstreamError::code, UpstreamError::message)
                .containsExactly("rate_limit_error", "enforced_spend_limit_reached", "m");
        assertThat(decode(400, "{\"error\":\"model is required\"}").message()).isEqualTo("model is required");
        assertThat(decode(422, "{\"detail\":[{\"msg\":\"field required\"}]}").message())
                .isEqualTo("field required");
        assertThat(decode(502, "<html>Bad gateway</html>").message()).doesNotContain("html>");
        assertThat(decode(500, "").message()).contains("500");
        assertThat(decode(500, "[]").status()).isEqualTo(500);
        assertThat(decode(
                                429,
                                "[{\"error\":{\"code\":429,\"message\":\"Quota exceeded.\",\"status\":\"RESOURCE_EXHAUSTED\"}}]")
                        .message())
                .isEqualTo("Quota exceeded.");
    }

    @ParameterizedTest
    @CsvSource({
        "429,Your credit balance is too low.,BILLING_EXHAUSTED",
        "400,prompt is too long: 130500 tokens > 128000 maximum,CONTEXT_OVERFLOW",
        "503,the model is overloaded,OVERLOADED",
        "404,no such model here,MODEL_NOT_FOUND"
    })
    void bare_words_are_judged_like_those_in_json(int status, String words, String category) {
        UpstreamError error = decode(status, words, "content-type", "text/plain; charset=utf-8");

        assertThat(error.message()).isEqualTo(words);
        assertThat(FailureClassifier.classify(error).category()).isEqualTo(Category.valueOf(category));
    }

    @Test
    void reads_when_to_come_back() {
        assertThat(decode(429, "", "retry-after", "0.0001").retryAfter()).isEqualTo(Duration.ofMillis(1));
        assertThat(decode(529, "", "x-should-retry", "false").shouldRetry()).isFalse();
    }
}
