package dev.sluice.protocol.anthropic;

import dev.sluice.model.Failure;
import dev.sluice.model.Headers;
import dev.sluice.model.Json;
import dev.sluice.protocol.ErrorAnswer;
import dev.sluice.protocol.FailureCodec;
import dev.sluice.protocol.UpstreamError;
import dev.sluice.protocol.json.JsonText;
import dev.sluice.protocol.translate.BareBody;
import dev.sluice.protocol.translate.ErrorBody;
import dev.sluice.protocol.translate.RetryAfter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Errors of the Messages API: `{"type":"error","error":{"type","message"},"request_id"}`.
final class AnthropicFailures implements FailureCodec {
    private static final String TOO_LONG = "prompt is too long: ";
    private static final Duration SOON = Duration.ofSeconds(1);

    @Override
    public ErrorAnswer encode(Failure failure, String requestId) {
        Headers headers = Headers.of("content-type", "application/json");
        Duration wait = retryAfter(failure);
        if (wait != null) {
            long seconds = Math.max(1, wait.plusMillis(999).toSeconds());
            headers = headers.with("retry-after", Long.toString(seconds));
        }
        Boolean shouldRetry = shouldRetry(failure);
        if (shouldRetry != null) {
            headers = headers.with("x-should-retry", shouldRetry.toString());
        }
        return new ErrorAnswer(status(failure), headers, JsonText.bytes(body(failure, requestId)));
    }

    private static Json.Obj body(Failure failure, @Nullable String requestId) {
        return body(type(failure.kind()), message(failure), requestId);
    }

    private static Json.Obj body(String type, String message, @Nullable String requestId) {
        Json.Obj error = Json.object().put("type", type).put("message", message).build();
        return Json.object()
                .put("type", "error")
                .put("error", error)
                .putIf("request_id", requestId)
                .build();
    }

    /// The data of an error event. No status goes with it: tools know by its words alone whether another try is worth it.
    static Json.Obj event(Failure failure) {
        boolean isFinal = Boolean.FALSE.equals(shouldRetry(failure));
        return body(type(failure.kind()), (isFinal ? "" : passing(failure.kind())) + message(failure), null);
    }

    /// The words by which tools of this dialect know a fault that passes; empty where the type says so, or it does not.
    private static String passing(Failure.Kind kind) {
        return switch (kind) {
            case UPSTREAM_FAULT -> "Internal server error: ";
            case UNAVAILABLE -> "Service unavailable: ";
            case TIMEOUT -> "Request timed out: ";
            case RATE_LIMITED, OVERLOADED, UPSTREAM_AUTH, QUOTA, NOT_IMPLEMENTED, CONFLICT -> "";
            case INVALID_REQUEST, CONTEXT_WINDOW, UNAUTHENTICATED, PERMISSION, NOT_FOUND, MODEL_NOT_FOUND -> "";
            case TOO_LARGE, METHOD_NOT_ALLOWED, UNSUPPORTED_MEDIA_TYPE -> "";
        };
    }

    private static int status(Failure failure) {
        return switch (failure.kind()) {
            case INVALID_REQUEST, CONTEXT_WINDOW -> 400;
            case UNAUTHENTICATED -> 401;
            case QUOTA -> 402;
            case PERMISSION -> 403;
            case NOT_FOUND, MODEL_NOT_FOUND -> 404;
            case METHOD_NOT_ALLOWED -> 405;
            case CONFLICT -> 409;
            case TOO_LARGE -> 413;
            case UNSUPPORTED_MEDIA_TYPE -> 415;
            case RATE_LIMITED -> 429;
            case NOT_IMPLEMENTED -> 501;
            case UPSTREAM_AUTH -> 502;
            // a provider's own 500 stays one: its clients know what it means
            case UPSTREAM_FAULT -> failure instanceof Failure.Upstream upstream && upstream.status() == 500 ? 500 : 502;
            case UNAVAILABLE -> 503;
            case TIMEOUT -> 504;
            case OVERLOADED -> 529;
        };
    }

    private static String type(Failure.Kind kind) {
        return switch (kind) {
            case INVALID_REQUEST, CONTEXT_WINDOW, METHOD_NOT_ALLOWED, UNSUPPORTED_MEDIA_TYPE -> "invalid_request_error";
            case UNAUTHENTICATED -> "authentication_error";
            case QUOTA -> "billing_error";
            case PERMISSION -> "permission_error";
            case NOT_FOUND, MODEL_NOT_FOUND -> "not_found_error";
            case CONFLICT -> "conflict_error";
            case TOO_LARGE -> "request_too_large";
            case RATE_LIMITED -> "rate_limit_error";
            case NOT_IMPLEMENTED, UPSTREAM_AUTH, UPSTREAM_FAULT, UNAVAILABLE -> "api_error";
            case TIMEOUT -> "timeout_error";
            case OVERLOADED -> "overloaded_error";
        };
    }

    /// A context overflow in the very words by which coding tools of this dialect recognise it.
    private static String message(Failure failure) {
        if (failure.kind() != Failure.Kind.CONTEXT_WINDOW) {
            return named(failure);
        }
        if (failure instanceof Failure.Upstream upstream && upstream.window() != null) {
            return TOO_LONG + upstream.window().tokens() + " tokens > "
                    + upstream.window().maximum() + " maximum";
        }
        return failure.message().startsWith(TOO_LONG) ? failure.message() : TOO_LONG + failure.message();
    }

    /// The dialect has no field of its own for the one at fault: its name is in the message.
    private static String named(Failure failure) {
        String param = failure instanceof Failure.Refused refused ? refused.param() : null;
        return param == null || failure.message().contains(param)
                ? failure.message()
                : param + ": " + failure.message();
    }

    /// Null: no header. A rate limit that is worth waiting for always names a time.
    private static @Nullable Duration retryAfter(Failure failure) {
        return switch (failure.kind()) {
            case RATE_LIMITED, OVERLOADED, UNAVAILABLE, UPSTREAM_FAULT, TIMEOUT ->
                switch (failure) {
                    case Failure.Refused refused -> refused.retryAfter();
                    case Failure.Upstream upstream ->
                        upstream.retryAfter() == null
                                        && upstream.kind() == Failure.Kind.RATE_LIMITED
                                        && !Boolean.FALSE.equals(upstream.shouldRetry())
                                ? SOON
                                : upstream.retryAfter();
                };
            case INVALID_REQUEST, CONTEXT_WINDOW, UNAUTHENTICATED, UPSTREAM_AUTH, PERMISSION, NOT_FOUND -> null;
            case MODEL_NOT_FOUND, TOO_LARGE, QUOTA, METHOD_NOT_ALLOWED, UNSUPPORTED_MEDIA_TYPE -> null;
            case CONFLICT, NOT_IMPLEMENTED -> null;
        };
    }

    private static @Nullable Boolean shouldRetry(Failure failure) {
        if (failure.kind() == Failure.Kind.QUOTA || failure.kind() == Failure.Kind.UPSTREAM_AUTH) {
            return false;
        }
        return switch (failure) {
            case Failure.Upstream upstream -> upstream.shouldRetry();
            case Failure.Refused refused ->
                switch (refused.kind()) {
                    case RATE_LIMITED, OVERLOADED, UNAVAILABLE -> refused.retryAfter() == null ? false : null;
                    default -> null;
                };
        };
    }

    @Override
    public UpstreamError decode(int status, Headers headers, byte[] body, Instant now) {
        Json.Obj json = ErrorBody.of(body);
        UpstreamError error = json == null ? bare(status, BareBody.words(status, headers, body)) : read(status, json);
        return new UpstreamError(
                status,
                error.type(),
                error.code(),
                error.message(),
                error.param(),
                RetryAfter.of(headers, now),
                headers.first("x-should-retry").map(Boolean::valueOf).orElse(null));
    }

    private static UpstreamError bare(int status, String words) {
        return new UpstreamError(status, null, null, words, null, null, null);
    }

    /// An error inside an answer of status 200 or inside a stream: its status is the one that its type stands for.
    static UpstreamError inAnswer(Json.Obj json) {
        Json.Obj error = json.object("error");
        return read(statusOf(error == null ? null : error.text("type")), json);
    }

    private static UpstreamError read(int status, Json.Obj json) {
        Json.Obj error = json.object("error");
        if (error == null) {
            String message = json.text("error", json.text("message", json.text("detail", details(json))));
            String words = message.isEmpty() ? "The provider answered " + status + " without a reason." : message;
            return bare(status, words);
        }
        Json.Obj details = error.object("details");
        String code = details == null ? null : details.text("error_code");
        String type = ErrorBody.type(error);
        return new UpstreamError(
                status,
                type,
                code == null ? error.text("code") : code,
                error.text("message", type == null ? "The provider answered " + status + "." : type),
                error.text("param"),
                null,
                null);
    }

    /// The `msg` fields of a list of details, as validators of some compatible servers give them.
    private static String details(Json.Obj json) {
        List<String> messages = json.items("detail").stream()
                .filter(item -> item instanceof Json.Obj)
                .map(item -> ((Json.Obj) item).text("msg", ""))
                .filter(message -> !message.isEmpty())
                .toList();
        return String.join("; ", messages);
    }

    private static int statusOf(@Nullable String type) {
        return switch (type) {
            case "invalid_request_error" -> 400;
            case "authentication_error" -> 401;
            case "billing_error" -> 402;
            case "permission_error" -> 403;
            case "not_found_error" -> 404;
            case "conflict_error" -> 409;
            case "request_too_large" -> 413;
            case "rate_limit_error" -> 429;
            case "timeout_error" -> 504;
            case "overloaded_error" -> 529;
            case null, default -> 500;
        };
    }
}
