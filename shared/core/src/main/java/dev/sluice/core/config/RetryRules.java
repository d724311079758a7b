package dev.sluice.core.config;

import java.time.Duration;

/// How failed attempts are repeated at the first target.
///
/// @param budgetPercent share of recent requests that may be repeated
public record RetryRules(int attempts, Duration baseDelay, Duration maxDelay, int budgetPercent) {
    public static final RetryRules DEFAULT = new RetryRules(3, Duration.ofMillis(250), Duration.ofMillis(3000), 10);
}
