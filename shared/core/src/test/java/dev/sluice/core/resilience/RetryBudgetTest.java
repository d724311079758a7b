package dev.sluice.core.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RetryBudgetTest {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final int PERCENT = 10;

    private static int takeAll(RetryBudget budget, long nanos) {
        int taken = 0;
        while (taken < 1000 && budget.take(nanos, PERCENT)) {
            taken++;
        }
        return taken;
    }

    @Test
    void a_quiet_gateway_has_three() {
        RetryBudget budget = new RetryBudget();
        budget.requestStarted(0);
        assertThat(takeAll(budget, 0)).isEqualTo(3);
        assertThat(takeAll(budget, 9 * SECOND)).isZero();
        assertThat(takeAll(budget, 10 * SECOND)).isEqualTo(3);
    }

    @Test
    void a_busy_one_has_a_tenth_of_its_recent_requests() {
        RetryBudget budget = new RetryBudget();
        for (int i = 0; i < 100; i++) {
            budget.requestStarted(i * SECOND / 20);
        }
        assertThat(takeAll(budget, 5 * SECOND)).isEqualTo(10);
        assertThat(takeAll(budget, 30 * SECOND)).isEqualTo(3);
    }

    @Test
    void the_share_is_the_owners() {
        RetryBudget budget = new RetryBudget();
        for (int i = 0; i < 100; i++) {
            budget.requestStarted(0);
        }
        int taken = 0;
        while (budget.take(0, 50)) {
            taken++;
        }
        assertThat(taken).isEqualTo(50);
        assertThat(budget.take(0, 0)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -7 * 1_000_000_000L, Long.MAX_VALUE / 2, Long.MIN_VALUE / 2})
    void wherever_the_clock_starts(long start) {
        RetryBudget budget = new RetryBudget();
        budget.requestStarted(start);
        assertThat(takeAll(budget, start)).isEqualTo(3);
        assertThat(takeAll(budget, start + 11 * SECOND)).isEqualTo(3);
    }

    @Test
    void a_caller_that_comes_late_by_a_moment_is_counted_as_now() {
        RetryBudget budget = new RetryBudget();
        budget.requestStarted(20 * SECOND);
        assertThat(takeAll(budget, 18 * SECOND)).isEqualTo(3);
        assertThat(takeAll(budget, 20 * SECOND)).isZero();
    }

    /// Every request fails and asks for as many repeats as it can get.
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void under_a_total_outage_the_load_stays_within_a_tenth_more_and_the_minimum(int seed) {
        Random random = new Random(seed);
        RetryBudget budget = new RetryBudget();
        long requests = 0;
        long repeats = 0;
        long nanos = 0;
        int perSecond = 1 + random.nextInt(200);
        for (int i = 0; i < 20_000; i++) {
            // bursts and lulls
            nanos += random.nextInt(50) == 0
                    ? random.nextLong(30 * SECOND)
                    : random.nextLong(2 * SECOND / perSecond + 1);
            budget.requestStarted(nanos);
            requests++;
            for (int repeat = 0; repeat < 2 && budget.take(nanos, PERCENT); repeat++) {
                repeats++;
            }
        }
        long tensOfSeconds = nanos / (10 * SECOND) + 1;
        assertThat(repeats).isLessThanOrEqualTo(requests / 10 + 3 * tensOfSeconds);
        assertThat(repeats).isGreaterThan(requests / 20);
    }

    @Test
    void many_threads_take_no_more_than_one() {
        RetryBudget budget = new RetryBudget();
        AtomicInteger taken = new AtomicInteger();
        for (int i = 0; i < 200; i++) {
            budget.requestStarted(SECOND);
        }
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 500; i++) {
                threads.execute(() -> taken.addAndGet(budget.take(SECOND, PERCENT) ? 1 : 0));
            }
        }
        assertThat(taken).hasValue(20);
    }
}
