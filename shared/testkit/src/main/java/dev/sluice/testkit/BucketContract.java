package dev.sluice.testkit;

import static dev.sluice.testkit.Steps.DAY;
import static dev.sluice.testkit.Steps.ITEM;
import static dev.sluice.testkit.Steps.MINUTE;
import static dev.sluice.testkit.Steps.NOW;
import static dev.sluice.testkit.Steps.TOKENS;
import static dev.sluice.testkit.Steps.admit;
import static dev.sluice.testkit.Steps.done;
import static dev.sluice.testkit.Steps.forgetting;
import static dev.sluice.testkit.Steps.gate;
import static dev.sluice.testkit.Steps.read;
import static dev.sluice.testkit.Steps.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.core.limits.AdmitStep;
import dev.sluice.core.limits.AdmitStep.Reservation;
import dev.sluice.core.limits.AdmitStep.Take;
import dev.sluice.core.limits.StateItem;
import dev.sluice.core.ports.LimitStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// Counters of buckets.
interface BucketContract {
    /// An empty store.
    LimitStore freshStore();

    @Test
    default void what_was_never_written_is_empty() {
        assertThat(read(freshStore())).isEqualTo(StateItem.EMPTY);
    }

    @Test
    default void the_first_admission_makes_the_item() {
        LimitStore store = freshStore();

        StateItem item = done(store.admit(admit(new Take(DAY, 1, 5), new Take(TOKENS, 300, 300))));

        assertThat(item).isEqualTo(StateItem.of(Map.of(DAY, 1L, TOKENS, 300L, "rr", 1L), Map.of()));
        assertThat(read(store)).isEqualTo(item);
    }

    @Test
    default void a_refusal_by_one_bucket_leaves_the_others_and_tells_the_item() {
        LimitStore store = freshStore();
        StateItem before = done(store.admit(admit(new Take(DAY, 1, 1), new Take(MINUTE, 1, 9))));

        assertThat(refused(store.admit(admit(new Take(MINUTE, 1, 9), new Take(DAY, 1, 1)))))
                .isEqualTo(before);
        assertThat(read(store)).isEqualTo(before);
    }

    @Test
    default void a_refusal_of_an_item_that_is_not_there_tells_an_empty_one() {
        LimitStore store = freshStore();

        assertThat(refused(store.admit(admit(new Take(DAY, 2, 1))))).isEqualTo(StateItem.EMPTY);
        assertThat(read(store)).isEqualTo(StateItem.EMPTY);
    }

    @Test
    default void a_bucket_is_filled_to_the_last_place() {
        LimitStore store = freshStore();
        done(store.admit(admit(new Take(TOKENS, 60, 100))));
        done(store.admit(admit(new Take(TOKENS, 40, 100))));

        refused(store.admit(admit(new Take(TOKENS, 1, 100))));
        assertThat(done(store.admit(admit(new Take(TOKENS, 0, 100)))).number(TOKENS))
                .isEqualTo(100);
    }

    @Test
    default void a_bucket_that_is_over_its_cap_takes_nothing_more() {
        LimitStore store = freshStore();
        done(store.admit(admit(new Take(TOKENS, 60, 100))));

        refused(store.admit(admit(new Take(TOKENS, 0, 50))));
    }

    @Test
    default void a_new_window_is_another_counter_and_old_ones_are_forgotten_with_it() {
        LimitStore store = freshStore();
        done(store.admit(admit(new Take(MINUTE, 1, 1))));
        String next = "q/minute/minute1/1795262460";

        StateItem item = done(store.admit(forgetting(admit(new Take(next, 1, 1)), List.of(MINUTE, "q/never/day1/0"))));

        assertThat(item).isEqualTo(StateItem.of(Map.of(next, 1L, "rr", 2L), Map.of()));
    }

    @Test
    default void numbers_of_19_digits_are_exact() {
        LimitStore store = freshStore();
        String dollars = "m/day/day1/1795219200";
        long most = 5_000_000_000_000_000_003L;
        done(store.admit(admit(new Take(dollars, most - 1, most))));

        assertThat(done(store.admit(admit(new Take(dollars, 1, most)))).number(dollars))
                .isEqualTo(most);
        refused(store.admit(admit(new Take(dollars, 1, most))));
    }

    @Test
    default void as_much_as_one_admission_ever_says_goes_in_one_step() {
        LimitStore store = freshStore();
        List<Take> takes = Steps.manyTakes(32);
        List<Reservation> sweeps = new ArrayList<>();
        List<String> forget = new ArrayList<>();
        for (int i = 0; i < 32; i++) {
            Reservation expired = Steps.reservation(
                    "0123456789abcdefghijklmno" + i, Map.of(takes.get(i).counter(), 1L, TOKENS + i, 1L));
            done(store.admit(Steps.with(admit(takes.get(i), new Take(TOKENS + i, 1, 9)), expired, List.of())));
            sweeps.add(expired);
            forget.add("q/another-bucket-" + i + "/second10/1795262300");
        }
        for (int i = 0; i < 8; i++) {
            forget.add("bf/another-model-" + i);
        }
        TreeMap<String, Long> amounts = new TreeMap<>();
        takes.forEach(take -> amounts.put(take.counter(), take.amount()));
        AdmitStep step = new AdmitStep(ITEM, gate("m"), takes, Steps.reservation("own", amounts), sweeps, forget, NOW);

        StateItem item = done(store.admit(step));

        assertThat(item.number(takes.getLast().counter())).isEqualTo(63);
        assertThat(item.number(TOKENS + 31)).isZero();
        assertThat(item.texts()).containsOnlyKeys("r/own");
    }

    @Test
    default void items_do_not_touch_each_other() {
        LimitStore store = freshStore();
        done(store.admit(admit(new Take(DAY, 1, 1))));
        AdmitStep other =
                new AdmitStep("caller#0a", null, List.of(new Take(DAY, 1, 1)), null, List.of(), List.of(), NOW);

        assertThat(done(store.admit(other)).number(DAY)).isEqualTo(1);
        assertThat(read(store).number(DAY)).isEqualTo(1);
    }

    @Test
    default void positions_count_from_0_for_each_alias_and_a_look_takes_none() {
        LimitStore store = freshStore();

        assertThat(store.peek("a")).isEqualTo(new LimitStore.Position.At(0));
        assertThat(store.advance("a")).isEqualTo(new LimitStore.Position.At(0));
        assertThat(store.advance("a")).isEqualTo(new LimitStore.Position.At(1));
        assertThat(store.peek("a")).isEqualTo(new LimitStore.Position.At(2));
        assertThat(store.advance("b")).isEqualTo(new LimitStore.Position.At(0));
    }
}
