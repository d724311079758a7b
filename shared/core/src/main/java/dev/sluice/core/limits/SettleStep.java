package dev.sluice.core.limits;

import java.time.Instant;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/// What an attempt turned out to be: the corrections of its takes, and what it says about the target's health.
///
/// @param changes by counter, positive or negative; without a guard a negative one needs that much to be there
/// @param guard the id of the reservation that must still be there and goes away; null: nothing is asked
public record SettleStep(
        String item,
        SortedMap<String, Long> changes,
        @Nullable String guard,
        Breaker breaker,
        Instant now) {

    /// What happens to the breaker.
    public sealed interface Breaker {
        record Unchanged() implements Breaker {}

        /// One more failure in a row.
        record Failed(String model, Instant openUntil) implements Breaker {}

        /// The row of failures is over.
        record Closed(String model) implements Breaker {}

        /// A probe ended without a word on the target's health: its place is free again, if it is still that probe's.
        record ProbeReturned(String model, Instant probedAt) implements Breaker {}

        Unchanged UNCHANGED = new Unchanged();
    }
}
