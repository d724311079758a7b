package dev.sluice.core.config;

import java.time.Duration;

/// When a target's breaker opens, and for how long.
public record BreakerRules(int failures, Duration open) {
    public static final BreakerRules DEFAULT = new BreakerRules(2, Duration.ofSeconds(30));
}
