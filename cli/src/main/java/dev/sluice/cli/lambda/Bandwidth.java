package dev.sluice.cli.lambda;

import dev.sluice.core.ports.Time;
import java.time.Duration;

/// A bucket of bytes for one streamed answer: a burst at full speed, then so many in a second. Not thread-safe.
final class Bandwidth {
    private static final double NANOS = 1e9;

    private final Time time;
    private final long burst;
    private final long rate;
    private double left;
    private long since;

    Bandwidth(Time time, long burst, long rate) {
        this.time = time;
        this.burst = burst;
        this.rate = rate;
        this.left = burst;
        this.since = time.nanos();
    }

    /// Waits until that many bytes may pass.
    void pass(int bytes) throws InterruptedException {
        refill();
        if (left < bytes) {
            time.sleep(Duration.ofNanos((long) Math.ceil((bytes - left) / rate * NANOS)));
            refill();
        }
        left -= bytes;
    }

    private void refill() {
        long now = time.nanos();
        left = Math.min((double) burst, left + (now - since) / NANOS * rate);
        since = now;
    }
}
