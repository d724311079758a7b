package dev.sluice.core.gateway;

import dev.sluice.model.Failure;
import dev.sluice.model.Headers;
import dev.sluice.model.Json;
import dev.sluice.protocol.ErrorAnswer;
import dev.sluice.protocol.json.JsonText;

/// Errors where no client dialect is known, in the form that most clients read: OpenAI's.
final class PlainErrors {
    private static final Headers JSON = Headers.of("content-type", "application/json");

    private PlainErrors() {}

    static ErrorAnswer encode(Failure failure) {
        int status = status(failure.kind());
        Json.Obj error = Json.object()
                .put("message", failure.message())
                .put("type", status < 500 ? "invalid_request_error" : "server_error")
                .put("param", Json.NULL)
                .put("code", status == 401 ? Json.of("invalid_api_key") : Json.NULL)
                .build();
        Json.Obj body = Json.object().put("error", error).build();
        return new ErrorAnswer(status, headers(failure), JsonText.bytes(body));
    }

    private static Headers headers(Failure failure) {
        if (failure instanceof Failure.Refused refused && refused.retryAfter() != null) {
            return JSON.with(
                    "retry-after",
                    Long.toString(
                            Math.max(1, refused.retryAfter().plusMillis(999).toSeconds())));
        }
        // clients repeat what looks like a server's fault
        return failure.kind() == Failure.Kind.NOT_IMPLEMENTED || failure.kind() == Failure.Kind.UNAVAILABLE
                ? JSON.with("x-should-retry", "false")
                : JSON;
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
            case NOT_IMPLEMENTED -> 501;
            case UPSTREAM_AUTH, UPSTREAM_FAULT -> 502;
            case OVERLOADED, UNAVAILABLE -> 503;
            case TIMEOUT -> 504;
        };
    }
}
