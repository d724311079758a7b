package dev.sluice.testkit;

import static dev.sluice.testkit.Steps.LEASE;
import static dev.sluice.testkit.Steps.NOW;
import static dev.sluice.testkit.Steps.OPEN;
import static dev.sluice.testkit.Steps.TOKENS;
import static dev.sluice.testkit.Steps.admit;
import static dev.sluice.testkit.Steps.cool;
import static dev.sluice.testkit.Steps.done;
import static dev.sluice.testkit.Steps.failed;
import static dev.sluice.testkit.Steps.forgetting;
import static dev.sluice.testkit.Steps.gate;
import static dev.sluice.testkit.Steps.isDone;
import static dev.sluice.testkit.Steps.read;
import static dev.sluice.testkit.Steps.refused;
import static dev.sluice.testkit.Steps.reservation;
import static dev.sluice.testkit.Steps.settle;
import static dev.sluice.testkit.Steps.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.core.limits.AdmitStep.Gate;
import dev.sluice.core.limits.AdmitStep.Take;
import dev.sluice.core.limits.SettleStep.Breaker;
import dev.sluice.core.limits.StateItem;
import dev.sluice.core.limits.StateNames;
import dev.sluice.core.ports.LimitStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Cooldowns and breakers.
interface HealthContract {
    LimitStore freshStore();

    /// A store with so many failures in a row, just now.
    private LimitStore failing(int failures) {
        LimitStore store = freshStore();
        for (int i = 0; i < failures; i++) {
            done(store.settle(failed("m", NOW)));
        }
        return store;
    }

    private static boolean admits(LimitStore store, Instant now) {
        return isDone(store.admit(admit(gate("m"), now)));
    }

    @Test
    default void one_failure_leaves_the_breaker_closed_and_a_second_opens_it() {
        assertThat(admits(failing(1), NOW)).isTrue();
        assertThat(admits(failing(2), NOW)).isFalse();
    }

    @Test
    default void an_open_breaker_refuses_until_the_last_moment_and_then_lets_one_probe_through() {
        LimitStore store = failing(2);
        Instant end = NOW.plus(OPEN);

        assertThat(admits(store, end.minusMillis(1))).isFalse();
        StateItem item = done(store.admit(admit(gate("m"), end)));
        assertThat(item.number("bf/m")).isEqualTo(2);
        assertThat(item.number("bp/m")).isEqualTo(end.toEpochMilli());
        assertThat(admits(store, end.plusMillis(1))).isFalse();
    }

    @Test
    default void an_admission_before_the_breaker_opened_is_no_probe() {
        LimitStore store = failing(1);
        assertThat(admits(store, NOW.plusSeconds(1))).isTrue();
        done(store.settle(failed("m", NOW.plusSeconds(2))));

        assertThat(admits(store, NOW.plusSeconds(32))).isTrue();
    }

    @Test
    default void a_lost_probe_is_replaced_after_its_lease() {
        LimitStore store = failing(2);
        Instant end = NOW.plus(OPEN);
        assertThat(admits(store, end)).isTrue();

        assertThat(admits(store, end.plus(LEASE).minusMillis(1))).isFalse();
        assertThat(admits(store, end.plus(LEASE))).isTrue();
    }

    @Test
    default void a_failed_probe_opens_again() {
        LimitStore store = failing(2);
        Instant end = NOW.plus(OPEN);
        assertThat(admits(store, end)).isTrue();
        done(store.settle(failed("m", end)));

        assertThat(admits(store, end.plus(OPEN).minusMillis(1))).isFalse();
        assertThat(admits(store, end.plus(OPEN))).isTrue();
    }

    @Test
    default void success_closes_and_leaves_nothing() {
        LimitStore store = failing(2);
        assertThat(admits(store, NOW.plus(OPEN))).isTrue();

        StateItem item = done(store.settle(settle(Map.of(), null, new Breaker.Closed("m"))));

        assertThat(item.numbers()).containsOnlyKeys("rr");
        assertThat(admits(store, NOW.plus(OPEN))).isTrue();
    }

    @Test
    default void a_probe_returned_is_free_for_the_next_but_only_by_itself() {
        LimitStore store = failing(2);
        Instant end = NOW.plus(OPEN);
        assertThat(admits(store, end)).isTrue();

        refused(store.settle(settle(Map.of(), null, new Breaker.ProbeReturned("m", end.minusMillis(1)))));
        assertThat(admits(store, end)).isFalse();
        done(store.settle(settle(Map.of(), null, new Breaker.ProbeReturned("m", end))));
        assertThat(admits(store, end)).isTrue();
    }

    @Test
    default void the_probe_that_was_not_there_is_not_returned() {
        Breaker probe = new Breaker.ProbeReturned("m", NOW);

        assertThat(refused(freshStore().settle(settle(Map.of(), null, probe)))).isEqualTo(StateItem.EMPTY);
    }

    @Test
    default void admissions_without_failures_leave_no_trace_of_the_model() {
        LimitStore store = freshStore();

        assertThat(done(store.admit(admit(gate("m"), NOW))).numbers()).containsOnlyKeys("rr");
    }

    @Test
    default void what_is_not_asked_is_noted_all_the_same() {
        LimitStore store = failing(2);
        done(store.cool(cool(null, Duration.ofHours(1))));
        Gate overridden = new Gate("m", 2, LEASE, false);

        assertThat(done(store.admit(admit(overridden, NOW))).number("bp/m")).isEqualTo(NOW.toEpochMilli());
    }

    @Test
    default void without_a_threshold_no_failure_stands_in_the_way() {
        LimitStore store = failing(9);

        assertThat(isDone(store.admit(admit(new Gate("m", 0, LEASE, true), NOW))))
                .isTrue();
    }

    @Test
    default void a_settlement_closes_or_counts_in_the_same_step() {
        LimitStore store = failing(1);
        for (String id : List.of("a", "b")) {
            done(store.admit(
                    with(admit(new Take(TOKENS, 300, 1_000)), reservation(id, Map.of(TOKENS, 300L)), List.of())));
        }

        StateItem counted =
                done(store.settle(settle(Map.of(TOKENS, -200L), "a", new Breaker.Failed("m", NOW.plus(OPEN)))));
        assertThat(counted.number("bf/m")).isEqualTo(2);
        assertThat(counted.number(TOKENS)).isEqualTo(400);
        refused(store.settle(settle(Map.of(TOKENS, -200L), "a", new Breaker.Closed("m"))));

        StateItem closed = done(store.settle(settle(Map.of(TOKENS, -200L), "b", new Breaker.Closed("m"))));
        assertThat(closed).isEqualTo(StateItem.of(Map.of(TOKENS, 200L, "rr", 2L), Map.of()));
    }

    @Test
    default void a_cooldown_is_lengthened_and_never_shortened() {
        LimitStore store = freshStore();
        done(store.cool(cool("m", Duration.ofSeconds(30))));
        StateItem longer = done(store.cool(cool("m", Duration.ofSeconds(60))));

        assertThat(refused(store.cool(cool("m", Duration.ofSeconds(60))))).isEqualTo(longer);
        assertThat(refused(store.cool(cool("m", Duration.ofSeconds(59))))).isEqualTo(longer);
        assertThat(longer.number("cd/m")).isEqualTo(NOW.plusSeconds(60).toEpochMilli());
        assertThat(longer.texts()).containsEntry("cw/m", NOW.plusSeconds(60).toEpochMilli() + ";RATE_LIMITED;named");
    }

    @Test
    default void a_cooldown_refuses_until_its_moment() {
        LimitStore store = freshStore();
        done(store.cool(cool("m", Duration.ofSeconds(30))));

        assertThat(admits(store, NOW.plusSeconds(30).minusMillis(1))).isFalse();
        assertThat(isDone(store.admit(admit(gate("other"), NOW)))).isTrue();
        assertThat(admits(store, NOW.plusSeconds(30))).isTrue();
    }

    @Test
    default void a_providers_cooldown_is_every_models() {
        LimitStore store = freshStore();
        done(store.cool(cool(null, Duration.ofSeconds(30))));

        assertThat(admits(store, NOW)).isFalse();
        assertThat(isDone(store.admit(admit()))).isTrue();
        assertThat(admits(store, NOW.plusSeconds(30))).isTrue();
    }

    @Test
    default void past_health_is_forgotten_with_an_admission() {
        LimitStore store = failing(1);
        done(store.cool(cool("m", Duration.ofSeconds(1))));

        StateItem item = done(
                store.admit(forgetting(admit(gate("other"), NOW), List.of("bf/m", "bo/m", "bp/m", "cd/m", "cw/m"))));

        assertThat(item).isEqualTo(StateItem.of(Map.of("rr", 1L), Map.of()));
    }

    @Test
    default void any_name_of_a_model_is_kept() {
        for (String model : List.of("a/b:c.d-e_f", "with space", "#:x", "größe", "\ud83d\ude00", "x".repeat(5_000))) {
            LimitStore store = freshStore();
            done(store.settle(failed(model, NOW)));
            done(store.settle(failed(model, NOW)));
            done(store.cool(cool(model, Duration.ofSeconds(1))));

            refused(store.admit(admit(gate(model), NOW.plusSeconds(5))));
            assertThat(read(store).number(StateNames.failures(model))).isEqualTo(2);
        }
    }
}
