package dev.sluice.protocol.openai.responses;

import dev.sluice.model.Finish;
import dev.sluice.model.Finish.Reason;
import dev.sluice.model.Json;
import org.jspecify.annotations.Nullable;

/// How a response says why it ended, both ways: `status` and `incomplete_details.reason`.
final class EndWords {
    static final String COMPLETED = "completed";
    static final String INCOMPLETE = "incomplete";

    private EndWords() {}

    /// @param calls whether the response holds a call of a tool that the client runs
    /// @param refused whether it holds the model's own words of refusal
    static Finish read(@Nullable String status, Json.@Nullable Obj details, boolean calls, boolean refused) {
        if (INCOMPLETE.equals(status)) {
            String reason = details == null ? "" : details.text("reason", "");
            // whatever cut it, it must not look whole
            return Finish.of(reason.equals("content_filter") ? Reason.CONTENT_FILTER : Reason.LENGTH);
        }
        if (calls) {
            return Finish.of(Reason.TOOL_CALLS);
        }
        return Finish.of(refused ? Reason.REFUSAL : Reason.STOP);
    }

    /// Why the response is incomplete; null: it is complete.
    ///
    /// @param refused whether the refusal stands in a part of its own, which says enough
    static @Nullable String cutBy(Reason reason, boolean refused) {
        return switch (reason) {
            case LENGTH, CONTEXT_WINDOW -> "max_output_tokens";
            case CONTENT_FILTER -> "content_filter";
            case REFUSAL -> refused ? null : "content_filter";
            case STOP, STOP_SEQUENCE, TOOL_CALLS, PAUSE -> null;
        };
    }
}
