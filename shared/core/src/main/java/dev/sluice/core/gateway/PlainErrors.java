package dev.sluice.core.gateway;

import dev.sluice.model.Dialect;
import dev.sluice.model.Failure;
import dev.sluice.model.Headers;
import dev.sluice.model.Json;
import dev.sluice.protocol.ErrorAnswer;
import dev.sluice.protocol.json.JsonText;

/// Errors in the form of dialects that have no codec yet.
final class PlainErrors {
    private static final Headers JSON = Headers.of("content-type", "application/json");

    private PlainErrors() {}

    static ErrorAnswer encode(Failure failure) {
        return encode(Dialect.OPENAI_CHAT, failure);
    }

    static ErrorAnswer encode(Dialect dialect, Failure failure) {
        int status = status(failure.kind());
        Json.Obj body = switch (dialect) {
            case OPENAI_CHAT, OPENAI_RESPONSES ->
                error(Json.object()
                        .put("message", failure.message())
                        .put("type", status < 500 ? "invalid_request_error" : "server_error")
                        .put("param", Json.NULL)
                        .put("code", status == 401 ? Json.of("invalid_api_key") : Json.NULL));
            case GEMINI ->
                error(Json.object()
                        .put("code", status)
                        .put("message", failure.message())
                        .put("status", googleStatus(status)));
            case OLLAMA_CHAT -> Json.object().put("error", failure.message()).build();
            case BEDROCK_CONVERSE ->
                Json.object().put("message", failure.message()).build();
            case ANTHROPIC ->
                Json.object()
                        .put("type", "error")
                        .put(
                                "error",
                                Json.object()
                                        .put("type", status < 500 ? "invalid_request_error" : "api_error")
                                        .put("message", failure.message())
                                        .build())
                        .build();
        };
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

    private static Json.Obj error(Json.Builder inner) {
        return Json.object().put("error", inner.build()).build();
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

    /// Google's names of statuses (google.rpc.Code).
    private static String googleStatus(int status) {
        return switch (status) {
            case 400, 405, 413, 415 -> "INVALID_ARGUMENT";
            case 401 -> "UNAUTHENTICATED";
            case 403 -> "PERMISSION_DENIED";
            case 404 -> "NOT_FOUND";
            case 409 -> "ABORTED";
            case 429 -> "RESOURCE_EXHAUSTED";
            case 501 -> "UNIMPLEMENTED";
            case 503 -> "UNAVAILABLE";
            case 504 -> "DEADLINE_EXCEEDED";
            default -> "INTERNAL";
        };
    }
}
