package dev.sluice.model;

import org.jspecify.annotations.Nullable;

/// Why an answer ended, for good.
///
/// @param stopSequence the sequence that was met, for `STOP_SEQUENCE`
/// @param refusalCategory the provider's category of a refusal, when it gave one
public record Finish(
        Reason reason,
        @Nullable String stopSequence,
        @Nullable String refusalCategory) {
    /// The reasons of all dialects.
    public enum Reason {
        STOP,
        STOP_SEQUENCE,
        LENGTH,
        CONTEXT_WINDOW,
        TOOL_CALLS,
        CONTENT_FILTER,
        REFUSAL,
        PAUSE
    }

    public static Finish of(Reason reason) {
        return new Finish(reason, null, null);
    }
}
