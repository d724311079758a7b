package dev.sluice.protocol.ollama;

import dev.sluice.model.Finish;
import dev.sluice.model.Finish.Reason;

/// `done_reason`, both ways.
final class DoneReason {
    private DoneReason() {}

    /// @param calls whether the answer holds a tool call: Ollama says `stop` then, too
    static Finish read(String word, boolean calls) {
        if (word.equals("length")) {
            return Finish.of(Reason.LENGTH);
        }
        return Finish.of(calls ? Reason.TOOL_CALLS : Reason.STOP);
    }

    static String write(Reason reason) {
        return switch (reason) {
            case LENGTH, CONTEXT_WINDOW -> "length";
            case STOP, STOP_SEQUENCE, TOOL_CALLS, CONTENT_FILTER, REFUSAL, PAUSE -> "stop";
        };
    }
}
