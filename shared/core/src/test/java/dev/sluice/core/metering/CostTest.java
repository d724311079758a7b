package dev.sluice.core.metering;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.core.config.ModelConfig.Price;
import dev.sluice.model.Usage;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

class CostTest {
    private static final Price FULL = new Price(
            new BigDecimal("5.00"),
            new BigDecimal("25.00"),
            new BigDecimal("0.50"),
            new BigDecimal("6.25"),
            new BigDecimal("10.00"));
    private static final Price PLAIN = new Price(new BigDecimal("5"), new BigDecimal("25"), null, null, null);

    @Test
    void every_kind_has_its_price_and_nothing_is_rounded() {
        Usage usage = new Usage(1L, 10L, 100L, 1_000L, 10_000L, 9_000L, null, null);
        assertThat(Cost.usd(FULL, usage)).contains(new BigDecimal("0.260635"));
    }

    @Test
    void reasoning_is_within_output_and_costs_once() {
        assertThat(Cost.usd(PLAIN, new Usage(0L, null, null, null, 2L, 2L, null, null)))
                .contains(new BigDecimal("0.00005"));
    }

    @Test
    void what_has_no_price_makes_the_cost_unknown_and_not_smaller() {
        assertThat(Cost.usd(PLAIN, new Usage(1L, 1L, null, null, 1L, null, null, null)))
                .isEmpty();
        assertThat(Cost.usd(PLAIN, new Usage(1L, 0L, 0L, 0L, 1L, null, null, null)))
                .contains(new BigDecimal("0.00003"));
    }

    @Test
    void nothing_reported_is_no_zero() {
        assertThat(Cost.usd(FULL, Usage.NONE)).isEmpty();
        assertThat(Cost.usd(FULL, Usage.of(0, 0)).orElseThrow()).isEqualByComparingTo("0");
    }
}
