package dev.sluice.core.resilience;

import dev.sluice.model.Failure;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What follows from one failed attempt.
///
/// @param cooldown how long to leave the target or provider alone; null: not at all
/// @param named whether the provider itself named that time
/// @param scope whom the failure touches: `NONE` when it says nothing about anyone's health
public record Verdict(
        RetryHere retryHere,
        Next next,
        boolean countsForBreaker,
        @Nullable Duration cooldown,
        boolean named,
        Failure.Scope scope) {

    /// Whether the same target may be asked again.
    public enum RetryHere {
        NEVER,
        /// At once, without delay and without a charge to the retry budget; a second such failure is a network error.
        ONCE_FREE,
        /// One repeat, after a delay.
        ONCE,
        /// As often as the rules allow.
        UP_TO_LIMIT
    }

    /// Whether another target may be asked.
    public enum Next {
        NO,
        YES,
        LARGER_WINDOW_ONLY
    }
}
