package dev.sluice.core.limits;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/// One admission: done as a whole or refused as a whole.
///
/// @param item the partition key: `provider#ID` or `caller#HASH`
/// @param gate the cooldowns and the breaker that are asked; null for items that have none (callers)
/// @param takes from each matching bucket
/// @param reservation what may have to be given back; null when the takes are exact already
/// @param sweeps expired reservations that go with it; each must still be there
/// @param forget attributes of the past that go with it: none is taken from, none is of the breaker that the gate asks
public record AdmitStep(
        String item,
        @Nullable Gate gate,
        List<Take> takes,
        @Nullable Reservation reservation,
        List<Reservation> sweeps,
        List<String> forget,
        Instant now) {
    public AdmitStep {
        takes = List.copyOf(takes);
        sweeps = List.copyOf(sweeps);
        forget = List.copyOf(forget);
    }

    /// The health that is asked.
    ///
    /// @param threshold failures in a row that open the breaker; 0: there is none
    /// @param lease after which a probe that nobody reported on is given up
    /// @param isEnforced false: taken note of, but not asked (`cooldown-overridden`)
    public record Gate(String model, int threshold, Duration lease, boolean isEnforced) {}

    /// A share of a bucket.
    ///
    /// @param most what the counter may hold afterwards
    public record Take(String counter, long amount, long most) {}

    /// What is held until the attempt is settled.
    ///
    /// @param id the attempt's
    /// @param amounts by counter
    public record Reservation(String id, Instant expiry, SortedMap<String, Long> amounts) {}
}
