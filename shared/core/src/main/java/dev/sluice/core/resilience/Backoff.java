package dev.sluice.core.resilience;

import dev.sluice.core.config.RetryRules;
import java.time.Duration;
import java.util.random.RandomGenerator;

/// How long to wait before a repeat: doubling, capped, jittered between half and whole. Pure.
public final class Backoff {
    private static final int MOST_DOUBLINGS = 30;

    private Backoff() {}

    /// @param repeat 1 for the first repeat
    public static Duration delay(int repeat, RetryRules rules, RandomGenerator random) {
        int doublings = Math.clamp(repeat - 1L, 0, MOST_DOUBLINGS);
        double most = rules.maxDelay().toNanos();
        double full = Math.min((double) rules.baseDelay().toNanos() * (1L << doublings), most);
        return Duration.ofNanos((long) (full * random.nextDouble(0.5, 1.0)));
    }
}
