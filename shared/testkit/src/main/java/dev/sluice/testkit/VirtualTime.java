package dev.sluice.testkit;

import dev.sluice.core.ports.Time;
import java.time.Duration;
import java.time.Instant;

/// A clock that moves only when told, or when somebody sleeps on it. Thread-safe.
public final class VirtualTime implements Time {
    private final Instant start;
    private long nanos;

    public VirtualTime() {
        this(Instant.parse("2026-11-21T00:00:00Z"));
    }

    public VirtualTime(Instant start) {
        this.start = start;
    }

    @Override
    public synchronized Instant now() {
        return start.plusNanos(nanos);
    }

    @Override
    public synchronized long nanos() {
        return nanos;
    }

    @Override
    public synchronized void sleep(Duration duration) {
        nanos += duration.toNanos();
    }

    public void advance(Duration duration) {
        sleep(duration);
    }

    /// What has passed since the start.
    public synchronized Duration elapsed() {
        return Duration.ofNanos(nanos);
    }
}
