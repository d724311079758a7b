package dev.sluice.core.limits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.core.limits.AdmitStep.Reservation;
import dev.sluice.core.limits.AdmitStep.Take;
import dev.sluice.core.limits.SettleStep.Breaker;
import dev.sluice.core.ports.LimitStore.Reply;
import dev.sluice.model.Failure.Category;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// The ends of what numbers can be; the rest of the rules is in the contract of stores.
class StateRulesTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    private static StateItem holding(String name, long value) {
        return StateItem.of(Map.of(name, value), Map.of());
    }

    private static AdmitStep taking(long amount, long most) {
        return new AdmitStep("i", null, List.of(new Take("t", amount, most)), null, List.of(), List.of(), NOW);
    }

    private static SettleStep changing(long change) {
        return new SettleStep("i", new TreeMap<>(Map.of("t", change)), "g", Breaker.UNCHANGED, NOW);
    }

    private static long settled(long value, long change) {
        StateItem item = StateItem.of(Map.of("t", value), Map.of("r/g", "1"));
        return ((Reply.Done) StateRules.settle(item, changing(change))).item().number("t");
    }

    @Test
    void counters_stop_at_the_ends() {
        assertThat(settled(Long.MAX_VALUE, 5)).isEqualTo(Long.MAX_VALUE);
        assertThat(settled(Long.MIN_VALUE, -5)).isEqualTo(Long.MIN_VALUE);
        assertThat(settled(Long.MIN_VALUE, Long.MIN_VALUE)).isEqualTo(Long.MIN_VALUE);
        assertThat(settled(7, -9)).isEqualTo(-2);
    }

    @Test
    void a_counter_beyond_all_bounds_refuses() {
        assertThat(StateRules.admit(holding("t", Long.MAX_VALUE), taking(1, Long.MAX_VALUE)))
                .isInstanceOf(Reply.Refused.class);
        assertThat(StateRules.admit(holding("t", Long.MIN_VALUE), taking(Long.MAX_VALUE, Long.MAX_VALUE)))
                .isInstanceOf(Reply.Done.class);
        assertThat(StateRules.admit(holding("t", 0), taking(Long.MAX_VALUE, Long.MIN_VALUE)))
                .isInstanceOf(Reply.Refused.class);
    }

    @Test
    void a_swept_amount_beyond_all_bounds_does_not_turn_over() {
        Reservation huge = new Reservation("g", NOW, new TreeMap<>(Map.of("t", Long.MAX_VALUE)));
        AdmitStep step = new AdmitStep(
                "i", null, List.of(new Take("t", 0, Long.MAX_VALUE)), null, List.of(huge), List.of(), NOW);
        StateItem item = StateItem.of(Map.of("t", 5L), Map.of("r/g", "1"));

        assertThat(((Reply.Done) StateRules.admit(item, step)).item().number("t"))
                .isEqualTo(5 - Long.MAX_VALUE);
    }

    @Test
    void the_cause_of_a_cooldown_names_its_end() {
        assertThat(StateRules.cause(new CoolStep("i", null, NOW, Category.OVERLOADED, true, NOW)))
                .isEqualTo("1795262400000;OVERLOADED;named");
        assertThat(StateRules.cause(new CoolStep("i", "m", NOW, Category.OVERLOADED, false, NOW)))
                .isEqualTo("1795262400000;OVERLOADED");
    }
}
