package dev.sluice.core.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.core.metering.Cost;
import dev.sluice.model.Usage;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

class DemoProviderTest {
    @Test
    void what_the_demo_is_used_for_costs_nothing_which_is_known() {
        Usage all = new Usage(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L);
        assertThat(DemoProvider.config().models()).allSatisfy(model -> {
            assertThat(model.price()).isNotNull();
            assertThat(Cost.usd(model.price(), all)).contains(BigDecimal.ZERO);
        });
    }
}
