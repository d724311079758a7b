package dev.sluice.protocol.openai.responses;

import dev.sluice.model.Failure;
import dev.sluice.model.Headers;
import dev.sluice.model.Json;
import dev.sluice.protocol.ErrorAnswer;
import dev.sluice.protocol.FailureCodec;
import dev.sluice.protocol.UpstreamError;
import dev.sluice.protocol.openai.ErrorForm;
import dev.sluice.protocol.openai.OpenAiFailures;
import java.time.Instant;

/// Errors of Responses: over HTTP those of Chat, inside a stream of a form of their own. Thread-safe.
public final class ResponsesFailures implements FailureCodec {
    private static final String SERVER_ERROR = "server_error";

    private final OpenAiFailures http = new OpenAiFailures();

    @Override
    public ErrorAnswer encode(Failure failure, String requestId) {
        return http.encode(failure, requestId);
    }

    @Override
    public UpstreamError decode(int status, Headers headers, byte[] body, Instant now) {
        return http.decode(status, headers, body, now);
    }

    /// Why a response has failed, by its own word.
    static Failure.Upstream ofResponse(Json.Obj response) {
        Json.Obj error = response.object("error");
        if (error == null) {
            boolean isCancelled = "cancelled".equals(response.text("status"));
            return Failure.Upstream.of(
                    Failure.Category.TEMPORARY_ERROR,
                    isCancelled ? "The provider cancelled the answer." : "The provider could not give the answer.");
        }
        return OpenAiFailures.inStream(Json.object().put("error", error).build());
    }

    /// What an `error` event says: flat by the official type, in an `error` object from many servers.
    static Failure.Upstream ofEvent(Json.Obj event) {
        Json.Obj nested = event.object("error");
        // the event's own type says nothing of the error
        return OpenAiFailures.inStream(Json.object()
                .put("error", nested == null ? event.without("type", "sequence_number") : nested)
                .build());
    }

    /// The `error` of a failed response: its code is one that the official type knows, or that clients do.
    static Json.Obj error(Failure failure) {
        return Json.object()
                .put("code", code(failure.kind()))
                .put("message", ErrorForm.of(failure).message())
                .build();
    }

    /// The `error` event, for a stream that has not begun.
    static Json.Obj event(Failure failure, long sequence) {
        return Json.object()
                .put("type", "error")
                .put("sequence_number", sequence)
                .put("code", code(failure.kind()))
                .put("message", ErrorForm.of(failure).message())
                .put("param", Json.NULL)
                .build();
    }

    private static String code(Failure.Kind kind) {
        return switch (kind) {
            case CONTEXT_WINDOW -> "context_length_exceeded";
            case RATE_LIMITED -> "rate_limit_exceeded";
            case QUOTA -> "insufficient_quota";
            case INVALID_REQUEST, TOO_LARGE -> "invalid_prompt";
            case UNAUTHENTICATED, UPSTREAM_AUTH, PERMISSION, NOT_FOUND, MODEL_NOT_FOUND -> SERVER_ERROR;
            case OVERLOADED, TIMEOUT, UPSTREAM_FAULT, UNAVAILABLE -> SERVER_ERROR;
            case METHOD_NOT_ALLOWED, UNSUPPORTED_MEDIA_TYPE, CONFLICT, NOT_IMPLEMENTED -> SERVER_ERROR;
        };
    }
}
