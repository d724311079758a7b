package dev.sluice.core.metering;

import dev.sluice.core.config.ModelConfig.Price;
import dev.sluice.model.Usage;
import java.math.BigDecimal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What usage costs by a price.
public final class Cost {
    private static final int MILLION_DIGITS = 6;

    private Cost() {}

    /// US dollars, exact. Empty: nothing was reported, or something was used that has no price.
    public static Optional<BigDecimal> usd(Price price, Usage usage) {
        if (!usage.isReported()) {
            return Optional.empty();
        }
        BigDecimal sum = BigDecimal.ZERO;
        Long[] tokens = {
            usage.inputUncached(), usage.cacheRead(), usage.cacheWrite5m(), usage.cacheWrite1h(), usage.output()
        };
        @Nullable
        BigDecimal[] prices = {
            price.input(), price.cacheRead(), price.cacheWrite5m(), price.cacheWrite1h(), price.output()
        };
        for (int kind = 0; kind < tokens.length; kind++) {
            Long used = tokens[kind];
            BigDecimal perMillion = prices[kind];
            if (used == null || used == 0) {
                continue;
            }
            if (perMillion == null) {
                return Optional.empty();
            }
            sum = sum.add(perMillion.multiply(BigDecimal.valueOf(used)));
        }
        return Optional.of(sum.movePointLeft(MILLION_DIGITS).stripTrailingZeros());
    }
}
