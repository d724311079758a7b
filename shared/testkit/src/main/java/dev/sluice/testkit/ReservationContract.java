package dev.sluice.testkit;

import static dev.sluice.testkit.Steps.DAY;
import static dev.sluice.testkit.Steps.TOKENS;
import static dev.sluice.testkit.Steps.admit;
import static dev.sluice.testkit.Steps.done;
import static dev.sluice.testkit.Steps.forgetting;
import static dev.sluice.testkit.Steps.read;
import static dev.sluice.testkit.Steps.refused;
import static dev.sluice.testkit.Steps.reservation;
import static dev.sluice.testkit.Steps.settle;
import static dev.sluice.testkit.Steps.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.core.limits.AdmitStep.Reservation;
import dev.sluice.core.limits.AdmitStep.Take;
import dev.sluice.core.limits.ReservationText;
import dev.sluice.core.limits.SettleStep;
import dev.sluice.core.limits.SettleStep.Breaker;
import dev.sluice.core.limits.StateItem;
import dev.sluice.core.ports.LimitStore;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Reservations: kept, settled once, given back when nobody settles them.
interface ReservationContract {
    LimitStore freshStore();

    /// A store in which that much is reserved under that name.
    private LimitStore reserved(String id, long amount) {
        LimitStore store = freshStore();
        done(store.admit(reserving(id, amount)));
        return store;
    }

    private static dev.sluice.core.limits.AdmitStep reserving(String id, long amount) {
        return with(admit(new Take(TOKENS, amount, 1_000)), reservation(id, Map.of(TOKENS, amount)), List.of());
    }

    @Test
    default void a_reservation_stands_in_the_item_with_its_expiry() {
        LimitStore store = reserved("a", 300);

        assertThat(read(store).texts())
                .containsEntry("r/a", ReservationText.format(reservation("a", Map.of(TOKENS, 300L))));
    }

    @Test
    default void the_same_name_is_not_reserved_twice() {
        LimitStore store = reserved("a", 300);

        assertThat(refused(store.admit(reserving("a", 1))).number(TOKENS)).isEqualTo(300);
    }

    @Test
    default void it_is_settled_once() {
        LimitStore store = reserved("a", 300);
        SettleStep step = settle(Map.of(TOKENS, -205L), "a", Breaker.UNCHANGED);

        StateItem item = done(store.settle(step));

        assertThat(item).isEqualTo(StateItem.of(Map.of(TOKENS, 95L, "rr", 1L), Map.of()));
        assertThat(refused(store.settle(step))).isEqualTo(item);
        assertThat(read(store)).isEqualTo(item);
    }

    @Test
    default void it_may_cost_more_than_was_reserved() {
        LimitStore store = reserved("a", 300);

        assertThat(done(store.settle(settle(Map.of(TOKENS, 5_000L), "a", Breaker.UNCHANGED)))
                        .number(TOKENS))
                .isEqualTo(5_300);
    }

    @Test
    default void settled_without_a_change_it_goes_away() {
        LimitStore store = reserved("a", 300);

        StateItem item = done(store.settle(settle(Map.of(), "a", Breaker.UNCHANGED)));

        assertThat(item.texts()).isEmpty();
        assertThat(item.number(TOKENS)).isEqualTo(300);
    }

    @Test
    default void a_settlement_of_an_item_that_is_not_there_is_refused() {
        assertThat(refused(freshStore().settle(settle(Map.of(TOKENS, 1L), "a", Breaker.UNCHANGED))))
                .isEqualTo(StateItem.EMPTY);
    }

    @Test
    default void one_step_sweeps_and_takes() {
        LimitStore store = reserved("a", 900);
        Reservation expired = reservation("a", Map.of(TOKENS, 900L));
        refused(store.admit(reserving("b", 200)));

        StateItem item =
                done(store.admit(with(reserving("b", 200), reservation("b", Map.of(TOKENS, 200L)), List.of(expired))));

        assertThat(item.number(TOKENS)).isEqualTo(200);
        assertThat(item.texts()).containsOnlyKeys("r/b");
    }

    @Test
    default void what_is_swept_must_still_be_there() {
        LimitStore store = reserved("a", 300);
        Reservation gone = reservation("gone", Map.of(TOKENS, 100L));
        StateItem before = read(store);

        assertThat(refused(store.admit(with(admit(new Take(DAY, 1, 9)), null, List.of(gone)))))
                .isEqualTo(before);
    }

    @Test
    default void a_sweep_gives_back_what_the_step_does_not_take_from_too() {
        LimitStore store = reserved("a", 300);
        Reservation expired = reservation("a", Map.of(TOKENS, 300L));

        StateItem item = done(store.admit(with(admit(new Take(DAY, 1, 9)), null, List.of(expired))));

        assertThat(item).isEqualTo(StateItem.of(Map.of(TOKENS, 0L, DAY, 1L, "rr", 2L), Map.of()));
    }

    @Test
    default void nothing_is_given_back_to_a_window_that_is_forgotten() {
        LimitStore store = reserved("a", 300);
        Reservation expired = reservation("a", Map.of(TOKENS, 300L));

        StateItem item = done(store.admit(
                forgetting(with(admit(new Take(DAY, 1, 9)), null, List.of(expired)), List.of(TOKENS))));

        assertThat(item).isEqualTo(StateItem.of(Map.of(DAY, 1L, "rr", 2L), Map.of()));
    }

    @Test
    default void after_a_sweep_a_settlement_is_refused_and_counts_without_its_guard() {
        LimitStore store = reserved("a", 300);
        done(store.admit(with(admit(new Take(DAY, 1, 9)), null, List.of(reservation("a", Map.of(TOKENS, 300L))))));

        refused(store.settle(settle(Map.of(TOKENS, -200L), "a", Breaker.UNCHANGED)));
        assertThat(done(store.settle(settle(Map.of(TOKENS, 100L), null, Breaker.UNCHANGED)))
                        .number(TOKENS))
                .isEqualTo(100);
    }

    @Test
    default void a_window_that_was_pruned_meanwhile_is_settled_into() {
        LimitStore store = reserved("a", 300);
        done(store.admit(forgetting(admit(new Take(DAY, 1, 9)), List.of(TOKENS))));

        StateItem item = done(store.settle(settle(Map.of(TOKENS, -205L), "a", Breaker.UNCHANGED)));

        assertThat(item.texts()).isEmpty();
        assertThat(item.number(TOKENS)).isEqualTo(-205);
    }

    @Test
    default void a_request_is_returned_while_there_is_one() {
        LimitStore store = freshStore();
        done(store.admit(admit(new Take(DAY, 1, 1))));
        SettleStep back = settle(Map.of(DAY, -1L), null, Breaker.UNCHANGED);

        assertThat(done(store.settle(back)).number(DAY)).isZero();
        assertThat(refused(store.settle(back)).number(DAY)).isZero();
        done(store.admit(admit(new Take(DAY, 1, 1))));
    }

    @Test
    default void a_return_to_a_window_that_is_not_there_is_refused() {
        LimitStore store = freshStore();
        done(store.admit(admit(new Take(DAY, 1, 1))));
        SettleStep back = settle(Map.of(DAY, -1L, TOKENS, -5L), null, Breaker.UNCHANGED);

        assertThat(refused(store.settle(back)).number(DAY)).isEqualTo(1);
    }
}
