package dev.sluice.protocol.bedrock;

import dev.sluice.model.Finish;
import dev.sluice.model.Finish.Reason;
import org.jspecify.annotations.Nullable;

/// The field `stopReason`.
final class StopReason {
    private StopReason() {}

    /// @param hasCalls a call in the answer outweighs a plain stop
    static Finish read(@Nullable String word, boolean hasCalls) {
        Reason reason = switch (word) {
            case "tool_use" -> Reason.TOOL_CALLS;
            case "max_tokens" -> Reason.LENGTH;
            case "stop_sequence" -> Reason.STOP_SEQUENCE;
            case "guardrail_intervened", "content_filtered" -> Reason.CONTENT_FILTER;
            case "model_context_window_exceeded" -> Reason.CONTEXT_WINDOW;
            case null, default -> Reason.STOP;
        };
        return Finish.of(hasCalls && reason == Reason.STOP ? Reason.TOOL_CALLS : reason);
    }
}
