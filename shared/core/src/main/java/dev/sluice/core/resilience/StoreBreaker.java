package dev.sluice.core.resilience;

import java.time.Duration;

/// Keeps this process from waiting for a store that does not answer: after three silences in a row only one call a second
/// asks again. Thread-safe, without a clock.
public final class StoreBreaker {
    private static final int SILENCES = 3;
    private static final long PROBE_NANOS = Duration.ofSeconds(1).toNanos();

    private int silences;
    private long lastProbe;

    /// Whether the store may be asked now. A call that may has to report [#answered] or [#silent].
    public synchronized boolean allows(long nanos) {
        if (silences < SILENCES) {
            return true;
        }
        if (nanos - lastProbe < PROBE_NANOS) {
            return false;
        }
        lastProbe = nanos;
        return true;
    }

    public synchronized void answered() {
        silences = 0;
    }

    public synchronized void silent(long nanos) {
        silences++;
        if (silences == SILENCES) {
            lastProbe = nanos;
        }
    }

    public synchronized boolean isOpen() {
        return silences >= SILENCES;
    }
}
