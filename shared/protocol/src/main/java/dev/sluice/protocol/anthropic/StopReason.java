package dev.sluice.protocol.anthropic;

import dev.sluice.model.Finish;
import dev.sluice.model.Finish.Reason;
import dev.sluice.model.Json;
import org.jspecify.annotations.Nullable;

/// The fields `stop_reason`, `stop_sequence` and `stop_details`.
final class StopReason {
    private StopReason() {}

    /// Reads the fields from a message, or from the `delta` of a `message_delta`.
    static Finish decode(Json.Obj holder, boolean hasCalls) {
        Json.Obj details = holder.object("stop_details");
        Reason reason = reason(holder.text("stop_reason"));
        return new Finish(
                hasCalls && reason == Reason.STOP ? Reason.TOOL_CALLS : reason,
                holder.text("stop_sequence"),
                details == null ? null : details.text("category"));
    }

    private static Reason reason(@Nullable String name) {
        return switch (name) {
            case "max_tokens" -> Reason.LENGTH;
            case "stop_sequence" -> Reason.STOP_SEQUENCE;
            case "tool_use" -> Reason.TOOL_CALLS;
            case "refusal" -> Reason.REFUSAL;
            case "pause_turn", "compaction" -> Reason.PAUSE;
            case "model_context_window_exceeded" -> Reason.CONTEXT_WINDOW;
            case null, default -> Reason.STOP;
        };
    }

    /// Puts the fields. A call in the answer outweighs a plain stop: some upstreams say `stop` all the same.
    static Json.Builder encode(Json.Builder holder, Finish finish, boolean hasCalls) {
        Reason reason = hasCalls && finish.reason() == Reason.STOP ? Reason.TOOL_CALLS : finish.reason();
        boolean named = reason == Reason.STOP_SEQUENCE;
        return holder.put("stop_reason", name(reason))
                .put("stop_sequence", Json.orNull(named ? finish.stopSequence() : null))
                .put("stop_details", details(reason, finish.refusalCategory()));
    }

    private static String name(Reason reason) {
        return switch (reason) {
            case STOP -> "end_turn";
            case STOP_SEQUENCE -> "stop_sequence";
            case LENGTH -> "max_tokens";
            case CONTEXT_WINDOW -> "model_context_window_exceeded";
            case TOOL_CALLS -> "tool_use";
            case CONTENT_FILTER, REFUSAL -> "refusal";
            case PAUSE -> "pause_turn";
        };
    }

    private static Json details(Reason reason, @Nullable String category) {
        if (category == null || (reason != Reason.REFUSAL && reason != Reason.CONTENT_FILTER)) {
            return Json.NULL;
        }
        return Json.object()
                .put("type", "refusal")
                .put("category", category)
                .put("explanation", Json.NULL)
                .build();
    }
}
