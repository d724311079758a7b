package dev.sluice.lambda;

import dev.sluice.core.ports.Time;
import java.time.Duration;
import java.time.Instant;

/// The environment's clock. Its monotonic time hardly moves between a snapshot and its restore: only `now` knows how long
/// that was.
public final class MachineTime implements Time {
    @Override
    public Instant now() {
        return Instant.now();
    }

    @Override
    public long nanos() {
        return System.nanoTime();
    }

    @Override
    public void sleep(Duration duration) throws InterruptedException {
        Thread.sleep(duration);
    }
}
