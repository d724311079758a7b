package dev.sluice.core.gateway;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// ROUTING.md's table "Judging a failed attempt", written down a second time for statuses and bodies: what the gateway
/// must do, said without a look at how it does it.
final class FailureTable {
    private FailureTable() {}

    /// What a body speaks of.
    enum Topic {
        NOTHING,
        MONEY,
        CREDENTIAL,
        /// Google's words for a key that is not valid, which it says with a 400.
        GOOGLE_KEY,
        POLICY,
        WINDOW,
        UNKNOWN_MODEL,
        OVERLOAD
    }

    /// Errors as providers write them.
    enum Body {
        EMPTY(Topic.NOTHING, ""),
        PLAIN(Topic.NOTHING, "upstream connect error or disconnect"),
        HTML(Topic.NOTHING, "<!doctype html><html><head><title>Oops</title></head><body>Oops</body></html>"),
        CUT(Topic.NOTHING, "{\"error\":{\"message\":\"Something"),
        OPENAI(
                Topic.NOTHING,
                "{\"error\":{\"message\":\"Something went wrong.\",\"type\":\"server_error\",\"param\":null,\"code\":null}}"),
        ANTHROPIC(
                Topic.NOTHING,
                "{\"type\":\"error\",\"error\":{\"type\":\"api_error\",\"message\":\"Something went wrong.\"}}"),
        GEMINI(Topic.NOTHING, "{\"error\":{\"code\":1,\"message\":\"Something went wrong.\",\"status\":\"INTERNAL\"}}"),
        OLLAMA(Topic.NOTHING, "{\"error\":\"something went wrong\"}"),
        BEDROCK(Topic.NOTHING, "{\"message\":\"Something went wrong.\"}"),
        ANTHROPIC_MONEY(
                Topic.MONEY,
                "{\"type\":\"error\",\"error\":{\"type\":\"invalid_request_error\",\"message\":\"Your credit balance is too low to access the API.\"}}"),
        OPENAI_MONEY(
                Topic.MONEY,
                "{\"error\":{\"message\":\"You exceeded your current quota, please check your plan and billing details.\",\"type\":\"insufficient_quota\",\"param\":null,\"code\":\"insufficient_quota\"}}"),
        OPENAI_CREDENTIAL(
                Topic.CREDENTIAL,
                "{\"error\":{\"message\":\"Incorrect API key provided.\",\"type\":\"invalid_request_error\",\"param\":null,\"code\":\"invalid_api_key\"}}"),
        EXPIRED_TOKEN(Topic.CREDENTIAL, "{\"message\":\"The security token included in the request is expired\"}"),
        GOOGLE_CREDENTIAL(
                Topic.GOOGLE_KEY,
                "{\"error\":{\"code\":400,\"message\":\"API key not valid. Please pass a valid API key.\",\"status\":\"INVALID_ARGUMENT\",\"details\":[{\"reason\":\"API_KEY_INVALID\"}]}}"),
        REFUSED_CONTENT(
                Topic.POLICY,
                "{\"error\":{\"message\":\"This request violates our usage policies.\",\"type\":\"invalid_request_error\"}}"),
        ANTHROPIC_WINDOW(
                Topic.WINDOW,
                "{\"type\":\"error\",\"error\":{\"type\":\"invalid_request_error\",\"message\":\"prompt is too long: 250000 tokens > 200000 maximum\"}}"),
        OPENAI_WINDOW(
                Topic.WINDOW,
                "{\"error\":{\"message\":\"Too much text.\",\"type\":\"invalid_request_error\",\"param\":\"messages\",\"code\":\"context_length_exceeded\"}}"),
        OPENAI_MODEL(
                Topic.UNKNOWN_MODEL,
                "{\"error\":{\"message\":\"The model `m` does not exist\",\"type\":\"invalid_request_error\",\"param\":\"model\",\"code\":\"model_not_found\"}}"),
        PLAIN_MODEL(Topic.UNKNOWN_MODEL, "{\"detail\":\"Unknown model: m\"}"),
        ANTHROPIC_OVERLOAD(
                Topic.OVERLOAD,
                "{\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"Overloaded\"}}");

        final Topic topic;
        final String text;

        Body(Topic topic, String text) {
            this.topic = topic;
            this.text = text;
        }

        boolean isObject() {
            return text.startsWith("{") && text.endsWith("}");
        }
    }

    /// Whom a cooldown is for.
    enum Reach {
        NOBODY,
        MODEL,
        PROVIDER
    }

    /// A row of the table.
    enum Row {
        BILLING("billing_exhausted", Reach.PROVIDER, Duration.ofMinutes(15)),
        RATE("rate_limited", Reach.MODEL, Duration.ofSeconds(30)),
        OVERLOADED("overloaded", Reach.NOBODY, null),
        AUTH("auth_failed", Reach.PROVIDER, Duration.ofMinutes(10)),
        POLICY("policy_blocked", Reach.MODEL, Duration.ofMinutes(2)),
        FORBIDDEN("forbidden", Reach.MODEL, Duration.ofMinutes(10)),
        MODEL("model_not_found", Reach.MODEL, Duration.ofMinutes(60)),
        PATH("model_not_found", Reach.MODEL, Duration.ofSeconds(45)),
        WINDOW("context_overflow", Reach.NOBODY, null),
        TEMPORARY("temporary_error", Reach.MODEL, null),
        INVALID("invalid_request", Reach.NOBODY, null);

        final String category;
        final Reach reach;
        private final @Nullable Duration usual;

        Row(String category, Reach reach, @Nullable Duration usual) {
            this.category = category;
            this.reach = reach;
            this.usual = usual;
        }

        boolean opensBreaker() {
            return this == TEMPORARY;
        }

        /// Whether another try may help, after a while.
        boolean passes() {
            return this == RATE || this == OVERLOADED || this == TEMPORARY;
        }

        /// @param asked by the provider; null: nothing that can be read
        @Nullable
        Duration cooldown(@Nullable Duration asked) {
            boolean isNamed = isNamed(asked);
            if (!isNamed || asked == null) {
                return usual;
            }
            Duration most = Duration.ofHours(24);
            return asked.compareTo(most) > 0 ? most : asked;
        }

        boolean isNamed(@Nullable Duration asked) {
            return asked != null && asked.isPositive() && (this == RATE || this == TEMPORARY);
        }
    }

    static Row row(int status, Topic topic) {
        if (status < 400) {
            return Row.TEMPORARY; // what is no answer and no error is malformed
        }
        if (topic == Topic.WINDOW && (status == 400 || status == 413 || status == 422)) {
            return Row.WINDOW;
        }
        return switch (status) {
            case 400 ->
                switch (topic) {
                    case MONEY -> Row.BILLING;
                    case GOOGLE_KEY -> Row.AUTH;
                    case UNKNOWN_MODEL -> Row.MODEL;
                    default -> Row.INVALID;
                };
            case 401 -> Row.AUTH;
            case 402 -> Row.BILLING;
            case 403 ->
                switch (topic) {
                    case MONEY -> Row.BILLING;
                    case CREDENTIAL, GOOGLE_KEY -> Row.AUTH;
                    case POLICY -> Row.POLICY;
                    default -> Row.FORBIDDEN;
                };
            case 404, 410 -> topic == Topic.UNKNOWN_MODEL ? Row.MODEL : Row.PATH;
            case 408, 409, 424, 499 -> Row.TEMPORARY;
            case 429 -> topic == Topic.MONEY ? Row.BILLING : Row.RATE;
            case 529 -> Row.OVERLOADED;
            default -> {
                if (status < 500) {
                    yield Row.INVALID;
                }
                if (status == 503 && topic == Topic.OVERLOAD) {
                    yield Row.OVERLOADED;
                }
                yield topic == Topic.UNKNOWN_MODEL ? Row.MODEL : Row.TEMPORARY;
            }
        };
    }

    /// What a client hears of it in our words.
    static int told(Row row, int status, boolean isChat) {
        return switch (row) {
            case BILLING -> isChat ? 429 : 402;
            case RATE -> 429;
            case OVERLOADED -> isChat ? 503 : 529;
            case AUTH -> 502;
            case POLICY, FORBIDDEN -> 403;
            case MODEL, PATH -> 404;
            case WINDOW -> 400;
            case TEMPORARY -> status == 408 || status == 504 ? 504 : status == 500 ? 500 : 502;
            case INVALID -> status == 413 ? 413 : 400;
        };
    }
}
