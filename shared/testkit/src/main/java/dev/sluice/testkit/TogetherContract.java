package dev.sluice.testkit;

import static dev.sluice.testkit.Steps.DAY;
import static dev.sluice.testkit.Steps.NOW;
import static dev.sluice.testkit.Steps.OPEN;
import static dev.sluice.testkit.Steps.TOKENS;
import static dev.sluice.testkit.Steps.admit;
import static dev.sluice.testkit.Steps.done;
import static dev.sluice.testkit.Steps.failed;
import static dev.sluice.testkit.Steps.gate;
import static dev.sluice.testkit.Steps.isDone;
import static dev.sluice.testkit.Steps.read;
import static dev.sluice.testkit.Steps.reservation;
import static dev.sluice.testkit.Steps.settle;
import static dev.sluice.testkit.Steps.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.core.limits.AdmitStep.Reservation;
import dev.sluice.core.limits.AdmitStep.Take;
import dev.sluice.core.limits.SettleStep.Breaker;
import dev.sluice.core.ports.LimitStore;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/// Many at once.
interface TogetherContract {
    LimitStore freshStore();

    /// What that many calls by 64 threads come to.
    private static <T> List<T> together(int calls, Callable<T> call) throws InterruptedException {
        try (ExecutorService threads = Executors.newFixedThreadPool(64)) {
            List<T> results = new ArrayList<>();
            for (Future<T> result : threads.invokeAll(Collections.nCopies(calls, call))) {
                results.add(result.get());
            }
            return results;
        } catch (ExecutionException failed) {
            throw new AssertionError(failed.getCause());
        }
    }

    private static long count(List<Boolean> results) {
        return results.stream().filter(Boolean::booleanValue).count();
    }

    @Test
    default void a_bucket_of_a_thousand_lets_a_thousand_through() throws InterruptedException {
        LimitStore store = freshStore();

        assertThat(count(together(1_280, () -> isDone(store.admit(admit(new Take(DAY, 1, 1_000)))))))
                .isEqualTo(1_000);
        assertThat(read(store).number(DAY)).isEqualTo(1_000);
    }

    @Test
    default void of_two_buckets_the_smaller_decides_and_both_are_exact() throws InterruptedException {
        LimitStore store = freshStore();

        assertThat(count(together(
                        256, () -> isDone(store.admit(admit(new Take(DAY, 1, 100), new Take(TOKENS, 7, 350)))))))
                .isEqualTo(50);
        assertThat(read(store).number(DAY)).isEqualTo(50);
        assertThat(read(store).number(TOKENS)).isEqualTo(350);
    }

    @Test
    default void a_half_open_breaker_lets_one_through() throws InterruptedException {
        LimitStore store = freshStore();
        done(store.settle(failed("m", NOW)));
        done(store.settle(failed("m", NOW)));

        assertThat(count(together(200, () -> isDone(store.admit(admit(gate("m"), NOW.plus(OPEN)))))))
                .isEqualTo(1);
    }

    @Test
    default void of_fifty_sweepers_one_wins() throws InterruptedException {
        LimitStore store = freshStore();
        Reservation lost = reservation("lost", Map.of(TOKENS, 900L));
        done(store.admit(with(admit(new Take(TOKENS, 900, 1_000)), lost, List.of())));

        assertThat(count(together(
                        50, () -> isDone(store.admit(with(admit(new Take(TOKENS, 1, 1_000)), null, List.of(lost)))))))
                .isEqualTo(1);
        assertThat(read(store).number(TOKENS)).isEqualTo(1);
    }

    @Test
    default void a_reservation_is_settled_by_one() throws InterruptedException {
        LimitStore store = freshStore();
        done(store.admit(with(admit(new Take(TOKENS, 300, 1_000)), reservation("a", Map.of(TOKENS, 300L)), List.of())));

        assertThat(count(together(
                        64, () -> isDone(store.settle(settle(Map.of(TOKENS, -200L), "a", Breaker.UNCHANGED))))))
                .isEqualTo(1);
        assertThat(read(store).number(TOKENS)).isEqualTo(100);
    }

    @Test
    default void positions_are_all_distinct() throws InterruptedException {
        LimitStore store = freshStore();

        List<Long> positions = together(300, () -> switch (store.advance("a")) {
            case LimitStore.Position.At(long position) -> position;
            case LimitStore.Position.Silent _ -> throw new AssertionError("the store has to answer");
        });

        assertThat(positions).doesNotHaveDuplicates().hasSize(300);
        assertThat(Collections.max(positions)).isEqualTo(299);
    }
}
