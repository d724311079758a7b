package dev.sluice.core.limits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.core.config.RateLimitConfig;
import dev.sluice.core.config.RateLimitConfig.Unit;
import dev.sluice.core.config.RateLimitConfig.Window;
import dev.sluice.core.limits.Buckets.Cap;
import dev.sluice.core.limits.Buckets.Charge;
import dev.sluice.core.ports.Ledger.Reserve;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BucketsTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:30Z");

    private static RateLimitConfig limit(String id, List<String> models, Long requests, Long tokens, String margin) {
        return new RateLimitConfig(
                id,
                id,
                models,
                requests,
                tokens,
                new BigDecimal("5.00"),
                new Window(Unit.MINUTE, 1),
                new BigDecimal(margin));
    }

    @Test
    void each_cap_of_a_bucket_is_a_counter_of_its_window() {
        Instant resets = Instant.parse("2026-11-21T12:01:00Z");

        assertThat(Buckets.matching(List.of(limit("b", List.of("all"), 5L, 70L, "0")), "m", NOW))
                .containsExactly(
                        new Cap("b", "requests", "q/b/minute1/1795262400", 5, resets),
                        new Cap("b", "tokens", "t/b/minute1/1795262400", 70, resets));
    }

    @Test
    void buckets_of_the_model_and_of_all_models_hold_together() {
        List<RateLimitConfig> limits = List.of(
                limit("all", List.of("all"), 1L, null, "0"),
                limit("mine", List.of("n", "m"), 1L, null, "0"),
                limit("other", List.of("n"), 1L, null, "0"));

        assertThat(Buckets.matching(limits, "m", NOW)).extracting(Cap::bucket).containsExactly("all", "mine");
        assertThat(Buckets.matching(limits, null, NOW)).extracting(Cap::bucket).containsExactly("all", "mine", "other");
    }

    @ParameterizedTest
    @CsvSource({
        "100, 0, 100",
        "100, 0.05, 95",
        "100, 0.051, 94",
        "3, 0.5, 1",
        "1, 0.0001, 0",
        "7, 1, 0",
        "1000000000000, 0.000000000001, 999999999999"
    })
    void a_margin_is_kept_unused_and_rounds_down(long cap, String margin, long most) {
        assertThat(Buckets.matching(List.of(limit("b", List.of("all"), cap, null, margin)), "m", NOW))
                .extracting(Cap::most)
                .containsExactly(most);
    }

    @ParameterizedTest
    @CsvSource({
        "10, 20, 30, false",
        "60, 40, 100, false",
        "60, 41, 100, false",
        "100, 64000, 100, false",
        "101, 0, 101, true",
        "-5, -9, 0, false",
        "9223372036854775807, 9223372036854775807, 9223372036854775807, true",
        "1, 9223372036854775807, 100, false"
    })
    void tokens_are_prompt_and_output_or_the_whole_bucket(long prompt, long output, long amount, boolean never) {
        List<Cap> caps = Buckets.matching(List.of(limit("b", List.of("all"), 5L, 100L, "0")), "m", NOW);
        List<Charge> charges = Buckets.charges(caps, new Reserve(prompt, output));

        assertThat(charges).extracting(Charge::amount).containsExactly(1L, amount);
        assertThat(charges.getLast().neverFits()).isEqualTo(never);
    }
}
