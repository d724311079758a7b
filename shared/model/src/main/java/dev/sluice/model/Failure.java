package dev.sluice.model;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Every way a call can fail, as a value.
public sealed interface Failure {
    /// What the client is told it was; each dialect has a status and a form for it.
    Kind kind();

    /// One or two sentences for a person; never a credential, never a body.
    String message();

    /// What the client learns. The order is that of the protocol table (PROTOCOL 2.4), then the gateway's own.
    enum Kind {
        INVALID_REQUEST,
        CONTEXT_WINDOW,
        UNAUTHENTICATED,
        UPSTREAM_AUTH,
        PERMISSION,
        NOT_FOUND,
        MODEL_NOT_FOUND,
        TOO_LARGE,
        RATE_LIMITED,
        QUOTA,
        OVERLOADED,
        TIMEOUT,
        UPSTREAM_FAULT,
        METHOD_NOT_ALLOWED,
        UNSUPPORTED_MEDIA_TYPE,
        CONFLICT,
        NOT_IMPLEMENTED,
        UNAVAILABLE
    }

    /// The gateway itself said no, before any provider was asked.
    ///
    /// @param param the field at fault in the client's body, where one is
    /// @param retryAfter when it is worth asking again; null: never for the same request
    record Refused(
            Kind kind,
            String message,
            @Nullable String param,
            @Nullable Duration retryAfter) implements Failure {
        public static Refused of(Kind kind, String message) {
            return new Refused(kind, message, null, null);
        }

        public static Refused field(String param, String message) {
            return new Refused(Kind.INVALID_REQUEST, message, param, null);
        }
    }

    /// A provider failed, or could not be reached.
    ///
    /// @param status the upstream's HTTP status, 0 when there was none
    /// @param shouldRetry the upstream's own word in `x-should-retry`, null when it gave none
    /// @param window the numbers of a context overflow, null when it gave none
    record Upstream(
            Category category,
            int status,
            String message,
            @Nullable String code,
            @Nullable String param,
            @Nullable Duration retryAfter,
            @Nullable Boolean shouldRetry,
            @Nullable Window window)
            implements Failure {
        public static Upstream of(Category category, String message) {
            return new Upstream(category, 0, message, null, null, null, null, null);
        }

        @Override
        public Kind kind() {
            return category.kind();
        }

        /// The same failure in another category.
        public Upstream as(Category other) {
            return new Upstream(other, status, message, code, param, retryAfter, shouldRetry, window);
        }

        /// The same failure in other words.
        public Upstream saying(String words) {
            return new Upstream(category, status, words, code, param, retryAfter, shouldRetry, window);
        }
    }

    /// Tokens asked for and tokens allowed.
    record Window(long tokens, long maximum) {}

    /// How far a provider's failure reaches.
    enum Scope {
        NONE,
        MODEL,
        PROVIDER
    }

    /// The categories of ROUTING.md, "Judging a failed attempt".
    enum Category {
        CANCELLED("cancelled", Kind.TIMEOUT),
        CONFIGURATION_ERROR("configuration_error", Kind.UPSTREAM_AUTH),
        NOT_SUPPORTED("not_supported", Kind.INVALID_REQUEST),
        NETWORK_ERROR("network_error", Kind.UPSTREAM_FAULT),
        CONNECT_TIMEOUT("network_error", Kind.TIMEOUT),
        FIRST_BYTE_TIMEOUT("network_error", Kind.TIMEOUT),
        STALE_CONNECTION("stale_connection", Kind.UPSTREAM_FAULT),
        BILLING_EXHAUSTED("billing_exhausted", Kind.QUOTA),
        RATE_LIMITED("rate_limited", Kind.RATE_LIMITED),
        OVERLOADED("overloaded", Kind.OVERLOADED),
        AUTH_FAILED("auth_failed", Kind.UPSTREAM_AUTH),
        POLICY_BLOCKED("policy_blocked", Kind.PERMISSION),
        FORBIDDEN("forbidden", Kind.PERMISSION),
        MODEL_NOT_FOUND("model_not_found", Kind.MODEL_NOT_FOUND),
        PATH_NOT_FOUND("model_not_found", Kind.NOT_FOUND),
        CONTEXT_OVERFLOW("context_overflow", Kind.CONTEXT_WINDOW),
        TIMEOUT("temporary_error", Kind.TIMEOUT),
        TEMPORARY_ERROR("temporary_error", Kind.UPSTREAM_FAULT),
        MALFORMED_ANSWER("temporary_error", Kind.UPSTREAM_FAULT),
        TRUNCATED("temporary_error", Kind.UPSTREAM_FAULT),
        INVALID_REQUEST("invalid_request", Kind.INVALID_REQUEST),
        REQUEST_TOO_LARGE("invalid_request", Kind.TOO_LARGE);

        private final String id;
        private final Kind kind;

        Category(String id, Kind kind) {
            this.id = id;
            this.kind = kind;
        }

        /// The name in headers, logs and metrics.
        public String id() {
            return id;
        }

        public Kind kind() {
            return kind;
        }
    }
}
