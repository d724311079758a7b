package dev.sluice.core.ports;

import java.time.Duration;
import java.time.Instant;

/// The only clock there is. Virtual in tests.
public interface Time {
    /// Wall-clock time.
    Instant now();

    /// Monotonic nanoseconds, for measuring.
    long nanos();

    void sleep(Duration duration) throws InterruptedException;
}
