package dev.sluice.core.config;

import java.time.Duration;

/// How long each part of a call may take.
public record Timeouts(Duration connect, Duration firstByte, Duration idle, Duration total, Duration keepAlive) {
    public static final Timeouts DEFAULT = new Timeouts(
            Duration.ofSeconds(10),
            Duration.ofSeconds(120),
            Duration.ofSeconds(120),
            Duration.ofSeconds(895),
            Duration.ofSeconds(10));
}
