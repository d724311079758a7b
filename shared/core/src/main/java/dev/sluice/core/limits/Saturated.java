package dev.sluice.core.limits;

import java.time.Duration;

/// Arithmetic that stops at the ends instead of going over them: items may hold any number.
final class Saturated {
    private static final Duration LONGEST = Duration.ofDays(366);

    private Saturated() {}

    static long sum(long one, long other) {
        long sum = one + other;
        if (((one ^ sum) & (other ^ sum)) < 0) {
            return one < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
        return sum;
    }

    static long difference(long one, long other) {
        return other == Long.MIN_VALUE ? sum(sum(one, Long.MAX_VALUE), 1) : sum(one, -other);
    }

    /// Between nothing and a leap year: a moment that far away has a place in every clock.
    static Duration length(Duration length) {
        if (length.isNegative()) {
            return Duration.ZERO;
        }
        return length.compareTo(LONGEST) > 0 ? LONGEST : length;
    }
}
