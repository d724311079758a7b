package dev.sluice.protocol.gemini;

import dev.sluice.model.Finish;
import dev.sluice.model.Finish.Reason;
import java.util.Locale;
import java.util.Set;

/// `finishReason`, both ways.
final class FinishWords {
    /// A call whose arguments cannot be read.
    static final String MALFORMED_CALL = "MALFORMED_FUNCTION_CALL";

    private static final Set<String> BROKEN =
            Set.of(MALFORMED_CALL, "UNEXPECTED_TOOL_CALL", "TOO_MANY_TOOL_CALLS", "MALFORMED_RESPONSE");

    private FinishWords() {}

    /// Whether the answer is none: the model failed to write one, another try may do better.
    static boolean isBroken(String word) {
        return BROKEN.contains(word);
    }

    /// @param calls whether the answer holds a tool call, for which the dialect has no reason of its own
    static Finish read(String word, boolean calls) {
        return switch (word) {
            case "MAX_TOKENS" -> Finish.of(Reason.LENGTH);
            case "CONTINUATION" -> Finish.of(Reason.PAUSE);
            case "SAFETY", "RECITATION", "LANGUAGE", "BLOCKLIST", "PROHIBITED_CONTENT", "SPII", "OTHER" ->
                filtered(word);
            case "IMAGE_SAFETY", "IMAGE_PROHIBITED_CONTENT", "IMAGE_RECITATION", "IMAGE_OTHER" -> filtered(word);
            default -> Finish.of(calls ? Reason.TOOL_CALLS : Reason.STOP);
        };
    }

    /// The finish of a prompt that was not let through.
    static Finish filtered(String word) {
        return new Finish(Reason.CONTENT_FILTER, null, word.toLowerCase(Locale.ROOT));
    }

    static String write(Reason reason) {
        return switch (reason) {
            case STOP, STOP_SEQUENCE, TOOL_CALLS, PAUSE -> "STOP";
            case LENGTH, CONTEXT_WINDOW -> "MAX_TOKENS";
            case CONTENT_FILTER, REFUSAL -> "SAFETY";
        };
    }
}
