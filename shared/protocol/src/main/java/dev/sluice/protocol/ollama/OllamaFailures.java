package dev.sluice.protocol.ollama;

import dev.sluice.model.Failure;
import dev.sluice.model.Headers;
import dev.sluice.model.Json;
import dev.sluice.protocol.ErrorAnswer;
import dev.sluice.protocol.FailureCodec;
import dev.sluice.protocol.UpstreamError;
import dev.sluice.protocol.json.JsonText;
import dev.sluice.protocol.translate.BareBody;
import dev.sluice.protocol.translate.FailureClassifier;
import dev.sluice.protocol.translate.RetryAfter;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Errors of Ollama's API: a status and one sentence.
final class OllamaFailures implements FailureCodec {
    private static final Headers JSON = Headers.of("content-type", "application/json");
    private static final Duration SHORTLY = Duration.ofSeconds(1);

    @Override
    public ErrorAnswer encode(Failure failure, String requestId) {
        Json.Obj body = Json.object().put("error", words(failure)).build();
        return new ErrorAnswer(status(failure.kind()), headers(failure), JsonText.bytes(body));
    }

    /// Ollama's own tools look for "not found" when a model is unknown, and then offer to pull it.
    static String words(Failure failure) {
        String message = failure.message();
        boolean isUnknownModel = failure.kind() == Failure.Kind.MODEL_NOT_FOUND;
        return isUnknownModel && !message.contains("not found") ? "model not found: " + message : message;
    }

    private static Headers headers(Failure failure) {
        Boolean mayRepeat = shouldRetry(failure);
        Duration wait = Boolean.FALSE.equals(mayRepeat) ? null : wait(failure);
        Headers headers = wait == null
                ? JSON
                : JSON.with(
                        "retry-after",
                        Long.toString(Math.max(1, wait.plusMillis(999).toSeconds())));
        return mayRepeat == null ? headers : headers.with("x-should-retry", mayRepeat.toString());
    }

    private static @Nullable Boolean shouldRetry(Failure failure) {
        return switch (failure.kind()) {
            case UPSTREAM_AUTH, QUOTA, NOT_IMPLEMENTED -> false;
            case RATE_LIMITED, OVERLOADED, UNAVAILABLE ->
                failure instanceof Failure.Refused refused && refused.retryAfter() == null
                        ? Boolean.FALSE
                        : word(failure);
            case TIMEOUT, UPSTREAM_FAULT, INVALID_REQUEST, CONTEXT_WINDOW, UNAUTHENTICATED, PERMISSION -> word(failure);
            case NOT_FOUND, MODEL_NOT_FOUND, TOO_LARGE, METHOD_NOT_ALLOWED -> word(failure);
            case UNSUPPORTED_MEDIA_TYPE, CONFLICT -> word(failure);
        };
    }

    private static @Nullable Boolean word(Failure failure) {
        return failure instanceof Failure.Upstream upstream ? upstream.shouldRetry() : null;
    }

    private static @Nullable Duration wait(Failure failure) {
        boolean isTimed = switch (failure.kind()) {
            case RATE_LIMITED, OVERLOADED, UNAVAILABLE -> true;
            default -> false;
        };
        return switch (failure) {
            case Failure.Refused refused -> refused.retryAfter();
            case Failure.Upstream upstream ->
                upstream.retryAfter() == null && isTimed ? SHORTLY : upstream.retryAfter();
        };
    }

    private static int status(Failure.Kind kind) {
        return switch (kind) {
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
            case UPSTREAM_AUTH, UPSTREAM_FAULT -> 502;
            case OVERLOADED, UNAVAILABLE -> 503;
            case TIMEOUT -> 504;
        };
    }

    @Override
    public UpstreamError decode(int status, Headers headers, byte[] body, Instant now) {
        Json.Obj json = JsonText.objectOrNull(body, 0, body.length);
        String said = json == null ? null : Lines.error(json);
        return new UpstreamError(
                status,
                null,
                null,
                said == null ? BareBody.words(status, headers, body) : said,
                null,
                RetryAfter.of(headers, now),
                headers.first("x-should-retry").map(Boolean::valueOf).orElse(null));
    }

    /// The failure that a line with an error stands for: it has words only.
    static Failure.Upstream inStream(String words) {
        return FailureClassifier.classify(new UpstreamError(500, null, null, words, null, null, null));
    }
}
