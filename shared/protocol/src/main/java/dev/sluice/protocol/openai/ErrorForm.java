package dev.sluice.protocol.openai;

import dev.sluice.model.Failure;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A failure in the terms of OpenAI's two dialects (PROTOCOL 2.4).
public record ErrorForm(
        int status,
        String type,
        @Nullable String code,
        String message,
        @Nullable String param,
        @Nullable Duration retryAfter,
        @Nullable Boolean shouldRetry) {
    private static final String INVALID = "invalid_request_error";
    private static final String SERVER = "server_error";
    private static final Duration SHORTLY = Duration.ofSeconds(1);

    /// What may be over after a while.
    private static final Set<Failure.Kind> PASSING = Set.of(
            Failure.Kind.RATE_LIMITED,
            Failure.Kind.OVERLOADED,
            Failure.Kind.UNAVAILABLE,
            Failure.Kind.TIMEOUT,
            Failure.Kind.UPSTREAM_FAULT);

    /// What goes out as 429 or 503: when it is worth repeating, it says when.
    private static final Set<Failure.Kind> TIMED =
            Set.of(Failure.Kind.RATE_LIMITED, Failure.Kind.OVERLOADED, Failure.Kind.UNAVAILABLE);

    public static ErrorForm of(Failure failure) {
        return switch (failure) {
            case Failure.Refused refused -> refused(refused);
            case Failure.Upstream upstream -> upstream(upstream);
        };
    }

    private static ErrorForm refused(Failure.Refused failure) {
        Duration wait = failure.retryAfter();
        boolean isBusy = PASSING.contains(failure.kind());
        // a client would ask again by itself: without a time to wait for, it is told not to
        Boolean retry = wait == null && TIMED.contains(failure.kind()) ? Boolean.FALSE : null;
        return form(failure, 0, null, failure.param(), isBusy ? wait : null, retry);
    }

    private static ErrorForm upstream(Failure.Upstream failure) {
        Duration wait = PASSING.contains(failure.kind()) ? failure.retryAfter() : null;
        boolean isForbidden = Boolean.FALSE.equals(failure.shouldRetry());
        if (wait == null && TIMED.contains(failure.kind()) && !isForbidden) {
            wait = SHORTLY; // some clients give up at once on a 429 without a time
        }
        return form(failure, failure.status(), failure.code(), failure.param(), wait, failure.shouldRetry());
    }

    private static ErrorForm form(
            Failure failure,
            int upstreamStatus,
            @Nullable String code,
            @Nullable String param,
            @Nullable Duration wait,
            @Nullable Boolean retry) {
        String message = failure.message();
        return switch (failure.kind()) {
            case INVALID_REQUEST -> new ErrorForm(400, INVALID, code, message, param, null, retry);
            case CONTEXT_WINDOW ->
                new ErrorForm(400, INVALID, "context_length_exceeded", overflow(failure), param, null, retry);
            case UNAUTHENTICATED -> new ErrorForm(401, INVALID, "invalid_api_key", message, null, null, retry);
            case UPSTREAM_AUTH -> new ErrorForm(502, SERVER, "upstream_auth_failed", message, null, null, false);
            case PERMISSION ->
                upstreamStatus == 400
                        ? new ErrorForm(400, INVALID, code, message, param, null, retry)
                        : new ErrorForm(403, "permission_error", code, message, param, null, retry);
            case NOT_FOUND -> new ErrorForm(404, INVALID, missing(param), message, param, null, retry);
            case MODEL_NOT_FOUND -> new ErrorForm(404, INVALID, "model_not_found", message, "model", null, retry);
            case TOO_LARGE -> new ErrorForm(413, INVALID, "request_too_large", message, param, null, retry);
            case RATE_LIMITED ->
                new ErrorForm(429, "rate_limit_error", "rate_limit_exceeded", message, null, wait, retry);
            case QUOTA -> new ErrorForm(429, "insufficient_quota", "insufficient_quota", message, null, null, false);
            case OVERLOADED -> new ErrorForm(503, SERVER, "overloaded", message, null, wait, retry);
            case UNAVAILABLE -> new ErrorForm(503, SERVER, "unavailable", message, null, wait, retry);
            case TIMEOUT -> new ErrorForm(504, SERVER, "timeout", message, null, wait, retry);
            case UPSTREAM_FAULT ->
                new ErrorForm(upstreamStatus == 500 ? 500 : 502, SERVER, code, message, null, wait, retry);
            case METHOD_NOT_ALLOWED -> new ErrorForm(405, INVALID, "method_not_allowed", message, null, null, retry);
            case UNSUPPORTED_MEDIA_TYPE ->
                new ErrorForm(415, INVALID, "unsupported_media_type", message, null, null, retry);
            case CONFLICT -> new ErrorForm(409, INVALID, "conflict", message, param, null, retry);
            case NOT_IMPLEMENTED -> new ErrorForm(501, INVALID, "not_implemented", message, param, null, false);
        };
    }

    /// Clients look for the name of the one thing that they know how to do without.
    private static String missing(@Nullable String param) {
        return "previous_response_id".equals(param) ? "previous_response_not_found" : "not_found";
    }

    private static String overflow(Failure failure) {
        if (failure instanceof Failure.Upstream upstream && upstream.window() != null) {
            return "This model's maximum context length is " + upstream.window().maximum()
                    + " tokens. However, your messages resulted in "
                    + upstream.window().tokens() + " tokens. Please reduce the length of the messages.";
        }
        return failure.message();
    }
}
