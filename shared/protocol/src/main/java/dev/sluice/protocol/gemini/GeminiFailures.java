package dev.sluice.protocol.gemini;

import dev.sluice.model.Failure;
import dev.sluice.model.Headers;
import dev.sluice.model.Json;
import dev.sluice.protocol.ByteSink;
import dev.sluice.protocol.ErrorAnswer;
import dev.sluice.protocol.FailureCodec;
import dev.sluice.protocol.RequestHead;
import dev.sluice.protocol.UpstreamError;
import dev.sluice.protocol.json.JsonText;
import dev.sluice.protocol.translate.BareBody;
import dev.sluice.protocol.translate.ErrorBody;
import dev.sluice.protocol.translate.FailureClassifier;
import dev.sluice.protocol.translate.RetryAfter;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Errors of the Gemini API: `{"error":{"code","message","status","details"}}`, in an array where a stream was asked for as
/// one.
final class GeminiFailures implements FailureCodec {
    private static final String TYPES = "type.googleapis.com/google.rpc.";
    private static final int LONGEST_MESSAGE = 2000;
    private static final Duration SHORTLY = Duration.ofSeconds(1);

    @Override
    public ErrorAnswer encode(Failure failure, String requestId) {
        Headers headers = Headers.of("content-type", "application/json");
        Duration wait = retryAfter(failure);
        if (wait != null) {
            headers = headers.with("retry-after", Long.toString(wholeSeconds(wait)));
        }
        Boolean retry = shouldRetry(failure);
        if (retry != null) {
            headers = headers.with("x-should-retry", retry.toString());
        }
        return new ErrorAnswer(status(failure.kind()), headers, JsonText.bytes(envelope(failure)));
    }

    /// The error as it goes into a stream, too.
    static Json.Obj envelope(Failure failure) {
        List<Json> details = details(failure);
        Json.Obj error = Json.object()
                .put("code", status(failure.kind()))
                .put("message", message(failure))
                .put("status", word(failure.kind()))
                .putIf("details", details.isEmpty() ? null : new Json.Arr(details))
                .build();
        return Json.object().put("error", error).build();
    }

    private static List<Json> details(Failure failure) {
        List<Json> details = new ArrayList<>();
        String param = failure instanceof Failure.Refused refused ? refused.param() : null;
        if (param != null) {
            Json.Obj violation = Json.object()
                    .put("field", param)
                    .put("description", failure.message())
                    .build();
            details.add(Json.object()
                    .put("@type", TYPES + "BadRequest")
                    .put("fieldViolations", Json.Arr.of(violation))
                    .build());
        }
        if (failure.kind() == Failure.Kind.UPSTREAM_AUTH) {
            details.add(Json.object()
                    .put("@type", TYPES + "ErrorInfo")
                    .put("reason", "upstream_auth_failed")
                    .build());
        }
        Duration wait = retryAfter(failure);
        if (wait != null) {
            details.add(Json.object()
                    .put("@type", TYPES + "RetryInfo")
                    .put("retryDelay", wholeSeconds(wait) + "s")
                    .build());
        }
        return details;
    }

    private static long wholeSeconds(Duration wait) {
        return Math.max(1, wait.plusMillis(999).toSeconds());
    }

    private static int status(Failure.Kind kind) {
        return switch (kind) {
            case INVALID_REQUEST, CONTEXT_WINDOW -> 400;
            case UNAUTHENTICATED -> 401;
            case PERMISSION -> 403;
            case NOT_FOUND, MODEL_NOT_FOUND -> 404;
            case METHOD_NOT_ALLOWED -> 405;
            case CONFLICT -> 409;
            case TOO_LARGE -> 413;
            case UNSUPPORTED_MEDIA_TYPE -> 415;
            case RATE_LIMITED, QUOTA -> 429;
            case UPSTREAM_FAULT -> 500;
            case NOT_IMPLEMENTED -> 501;
            case UPSTREAM_AUTH -> 502;
            case OVERLOADED, UNAVAILABLE -> 503;
            case TIMEOUT -> 504;
        };
    }

    /// Google's names (google.rpc.Code).
    private static String word(Failure.Kind kind) {
        return switch (kind) {
            case INVALID_REQUEST, CONTEXT_WINDOW, METHOD_NOT_ALLOWED, TOO_LARGE, UNSUPPORTED_MEDIA_TYPE ->
                "INVALID_ARGUMENT";
            case UNAUTHENTICATED -> "UNAUTHENTICATED";
            case PERMISSION -> "PERMISSION_DENIED";
            case NOT_FOUND, MODEL_NOT_FOUND -> "NOT_FOUND";
            case CONFLICT -> "ABORTED";
            case RATE_LIMITED, QUOTA -> "RESOURCE_EXHAUSTED";
            case UPSTREAM_FAULT, UPSTREAM_AUTH -> "INTERNAL";
            case NOT_IMPLEMENTED -> "UNIMPLEMENTED";
            case OVERLOADED, UNAVAILABLE -> "UNAVAILABLE";
            case TIMEOUT -> "DEADLINE_EXCEEDED";
        };
    }

    private static String message(Failure failure) {
        Failure.Window window = failure instanceof Failure.Upstream upstream ? upstream.window() : null;
        return failure.kind() == Failure.Kind.CONTEXT_WINDOW && window != null
                ? "The input token count (" + window.tokens() + ") exceeds the maximum number of tokens allowed ("
                        + window.maximum() + ")."
                : failure.message();
    }

    /// Null: no time is named. A limit that is worth waiting for always names one.
    private static @Nullable Duration retryAfter(Failure failure) {
        boolean passes = switch (failure.kind()) {
            case RATE_LIMITED, OVERLOADED, UNAVAILABLE, TIMEOUT, UPSTREAM_FAULT -> true;
            default -> false;
        };
        if (!passes) {
            return null;
        }
        return switch (failure) {
            case Failure.Refused refused -> refused.retryAfter();
            case Failure.Upstream upstream ->
                upstream.retryAfter() == null
                                && upstream.kind() == Failure.Kind.RATE_LIMITED
                                && !Boolean.FALSE.equals(upstream.shouldRetry())
                        ? SHORTLY
                        : upstream.retryAfter();
        };
    }

    private static @Nullable Boolean shouldRetry(Failure failure) {
        return switch (failure.kind()) {
            case QUOTA, UPSTREAM_AUTH, NOT_IMPLEMENTED -> Boolean.FALSE;
            case RATE_LIMITED, OVERLOADED, UNAVAILABLE ->
                failure instanceof Failure.Refused refused
                        ? refused.retryAfter() == null ? Boolean.FALSE : null
                        : ((Failure.Upstream) failure).shouldRetry();
            default -> failure instanceof Failure.Upstream upstream ? upstream.shouldRetry() : null;
        };
    }

    @Override
    public UpstreamError decode(int status, Headers headers, byte[] body, Instant now) {
        Json.Obj json = ErrorBody.of(body);
        Duration wait = RetryAfter.of(headers, now);
        Boolean retry = headers.first("x-should-retry").map(Boolean::valueOf).orElse(null);
        if (json == null) {
            return new UpstreamError(status, null, null, BareBody.words(status, headers, body), null, wait, retry);
        }
        return read(status, json, wait, retry);
    }

    /// The failure that an error inside of a stream or of an answer of status 200 stands for.
    static Failure.Upstream inAnswer(Json.Obj json) {
        Json.Obj error = json.object("error");
        Long code = error == null ? null : error.whole("code");
        int status = code != null && code >= 400 && code < 600
                ? code.intValue()
                : impliedStatus(error == null ? "" : error.text("status", ""));
        return FailureClassifier.classify(read(status, json, null, null));
    }

    private static int impliedStatus(String word) {
        return switch (word) {
            case "INVALID_ARGUMENT", "FAILED_PRECONDITION", "OUT_OF_RANGE" -> 400;
            case "UNAUTHENTICATED" -> 401;
            case "PERMISSION_DENIED" -> 403;
            case "NOT_FOUND" -> 404;
            case "RESOURCE_EXHAUSTED" -> 429;
            case "CANCELLED" -> 499;
            case "UNAVAILABLE" -> 503;
            case "DEADLINE_EXCEEDED" -> 504;
            default -> 500;
        };
    }

    private static UpstreamError read(int status, Json.Obj json, @Nullable Duration wait, @Nullable Boolean retry) {
        Json.Obj error = json.object("error");
        if (error == null) {
            String said = json.text("error", json.text("message", ""));
            return new UpstreamError(status, null, null, orDescribed(said, status), null, wait, retry);
        }
        Duration named = wait;
        String reason = null;
        String field = null;
        for (Json item : error.items("details")) {
            if (item instanceof Json.Obj detail) {
                named = named == null ? delay(detail.text("retryDelay", "")) : named;
                reason = reason == null ? detail.text("reason") : reason;
                field = field == null ? violated(detail) : field;
            }
        }
        return new UpstreamError(
                status,
                error.text("status"),
                reason,
                orDescribed(error.text("message", ""), status),
                field,
                named,
                retry);
    }

    private static String orDescribed(String message, int status) {
        if (message.isEmpty()) {
            return "The provider answered with status " + status + ".";
        }
        return message.length() <= LONGEST_MESSAGE ? message : message.substring(0, LONGEST_MESSAGE) + "...";
    }

    private static @Nullable String violated(Json.Obj detail) {
        return !detail.items("fieldViolations").isEmpty()
                        && detail.items("fieldViolations").getFirst() instanceof Json.Obj violation
                ? violation.text("field")
                : null;
    }

    /// A duration as protocol buffers write it: `17s`, `0.500s`.
    private static @Nullable Duration delay(String text) {
        String number = text.endsWith("s") ? text.substring(0, text.length() - 1) : "";
        boolean isNumber = !number.isEmpty()
                && number.length() < 12
                && number.chars().allMatch(c -> c == '.' || c >= '0' && c <= '9');
        try {
            return isNumber
                    ? Duration.ofMillis(new BigDecimal(number).movePointRight(3).longValue())
                    : null;
        } catch (NumberFormatException notADuration) {
            return null;
        }
    }

    /// A stream that is an array begins as one, also where it ends in an error at once.
    @Override
    public ErrorAnswer shaped(ErrorAnswer error, RequestHead asked) {
        boolean isArray = GeminiPath.of(asked.path()).isStream() && !StreamForm.isEvents(asked);
        if (!isArray || error.body().length == 0 || error.body()[0] != '{') {
            return error;
        }
        ByteSink out = new ByteSink(error.body().length + 2);
        out.ascii("[").write(error.body()).ascii("]");
        return new ErrorAnswer(error.status(), error.headers(), out.toByteArray());
    }
}
