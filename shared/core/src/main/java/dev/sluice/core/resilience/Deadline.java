package dev.sluice.core.resilience;

import java.time.Duration;

/// A moment on the monotonic clock by which something must be over.
///
/// @param nanos on the clock of `Time.nanos()`, which may wrap around: compare by difference only
public record Deadline(long nanos) {
    public static Deadline of(long startNanos, Duration total) {
        return new Deadline(startNanos + total.toNanos());
    }

    /// What is left; zero when it is past.
    public Duration remaining(long nowNanos) {
        return Duration.ofNanos(Math.max(0, nanos - nowNanos));
    }

    public boolean isPast(long nowNanos) {
        return nanos - nowNanos <= 0;
    }
}
