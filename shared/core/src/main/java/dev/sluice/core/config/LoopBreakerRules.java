package dev.sluice.core.config;

import java.time.Duration;

/// When a caller that resends a failing body is told to stop; 0 repeats: never.
public record LoopBreakerRules(int repeats, Duration window) {
    public static final LoopBreakerRules DEFAULT = new LoopBreakerRules(20, Duration.ofSeconds(60));
}
