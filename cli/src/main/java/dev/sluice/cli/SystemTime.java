package dev.sluice.cli;

import dev.sluice.core.ports.Time;
import java.time.Duration;
import java.time.Instant;

/// The machine's clock.
public final class SystemTime implements Time {
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
