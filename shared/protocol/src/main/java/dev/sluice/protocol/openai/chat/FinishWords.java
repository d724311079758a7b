package dev.sluice.protocol.openai.chat;

import dev.sluice.model.Finish;
import dev.sluice.model.Finish.Reason;

/// `finish_reason`, both ways.
final class FinishWords {
    private FinishWords() {}

    /// What an upstream's word means, given what the answer held: servers say `stop` after tool calls, and after
    /// refusals.
    static Finish read(String word, boolean calls, boolean refused) {
        Reason said = switch (word) {
            case "length", "max_tokens" -> Reason.LENGTH;
            case "model_length" -> Reason.CONTEXT_WINDOW;
            case "content_filter" -> Reason.CONTENT_FILTER;
            case "refusal" -> Reason.REFUSAL;
            default -> Reason.STOP;
        };
        if (said != Reason.STOP) {
            return Finish.of(said);
        }
        if (calls) {
            return Finish.of(Reason.TOOL_CALLS);
        }
        return Finish.of(refused ? Reason.REFUSAL : Reason.STOP);
    }

    /// @param calls whether the answer holds a tool call
    /// @param refused whether it holds the model's own words of refusal, which the `refusal` field carries
    static String write(Reason reason, boolean calls, boolean refused, boolean legacy) {
        String called = legacy ? "function_call" : "tool_calls";
        return switch (reason) {
            case LENGTH, CONTEXT_WINDOW -> "length";
            case CONTENT_FILTER -> "content_filter";
            case REFUSAL -> refused ? "stop" : "content_filter";
            case TOOL_CALLS -> calls ? called : "stop";
            case STOP, STOP_SEQUENCE, PAUSE -> calls ? called : "stop";
        };
    }
}
