package dev.sluice.cli;

import dev.sluice.core.ports.Time;
import java.time.Duration;
import java.time.Instant;

/// A clock that stands still.
public record FixedTime(Instant now) implements Time {
    public static final FixedTime NOON = new FixedTime(Instant.parse("2026-03-01T12:00:00Z"));

    @Override
    public long nanos() {
        return 0;
    }

    @Override
    public void sleep(Duration duration) {
        // no time passes
    }
}
