package dev.sluice.core.config;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A bucket of a provider: at least one cap over one window.
///
/// @param models `all` or ids
/// @param safetyMargin the share (0 to 1) of each cap kept unused
public record RateLimitConfig(
        String id,
        String name,
        List<String> models,
        @Nullable Long requests,
        @Nullable Long tokens,
        @Nullable BigDecimal usd,
        Window window,
        BigDecimal safetyMargin) {
    public RateLimitConfig {
        models = List.copyOf(models);
    }

    /// What may be used of one of its caps: all but the margin, rounded down.
    public long most(long cap) {
        return BigDecimal.valueOf(cap)
                .multiply(BigDecimal.ONE.subtract(safetyMargin))
                .setScale(0, RoundingMode.FLOOR)
                .longValue();
    }

    /// A fixed window aligned to UTC.
    public record Window(Unit unit, int size) {}

    /// Units of windows.
    public enum Unit {
        SECOND,
        MINUTE,
        HOUR,
        DAY,
        WEEK,
        MONTH
    }
}
