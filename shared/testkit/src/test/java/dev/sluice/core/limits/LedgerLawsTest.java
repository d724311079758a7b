package dev.sluice.core.limits;

import static dev.sluice.core.limits.LedgerFixture.ILL;
import static dev.sluice.core.limits.LedgerFixture.granted;
import static dev.sluice.core.limits.LedgerFixture.limit;
import static dev.sluice.core.limits.LedgerFixture.provider;
import static dev.sluice.core.limits.LedgerFixture.requests;
import static dev.sluice.core.limits.LedgerFixture.said;
import static dev.sluice.core.limits.LedgerFixture.used;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.core.config.ProviderConfig;
import dev.sluice.core.config.RateLimitConfig.Unit;
import dev.sluice.core.ports.Ledger.Admission;
import dev.sluice.core.ports.Ledger.Admission.Denied;
import dev.sluice.core.ports.Ledger.Admission.Granted;
import dev.sluice.core.ports.Ledger.Settlement;
import dev.sluice.core.ports.Ledger.Word;
import dev.sluice.testkit.FakeLimitStore.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What holds in any order of events, by several processes.
class LedgerLawsTest {
    private static final long CAP = 400;
    private static final long MOST_TOKENS = 4_000;
    private static final List<Fault> FAULTS = List.of(Fault.values());

    private final LedgerFixture fixture = new LedgerFixture();
    private final ProviderConfig provider = provider(limit("b", List.of("all"), CAP, MOST_TOKENS, Unit.MONTH));
    private final List<SharedLedger> processes = new ArrayList<>();
    private final List<Open> open = new ArrayList<>();
    private long requestsUsed;
    private long tokensUsed;

    /// An attempt on its way.
    private record Open(SharedLedger process, Granted granted) {}

    private void start() {
        for (int i = 0; i < 4; i++) {
            processes.add(fixture.ledger());
        }
    }

    private void admit(SplittableRandom random) {
        SharedLedger process = processes.get(random.nextInt(processes.size()));
        long prompt = random.nextLong(1, 30);
        if (process.admit(fixture.ask(provider, prompt, random.nextLong(30))) instanceof Granted granted) {
            open.add(new Open(process, granted));
        }
    }

    private void settle(SplittableRandom random) {
        Open one = open.remove(random.nextInt(open.size()));
        if (random.nextInt(6) == 0) {
            one.process().settle(one.granted(), Settlement.returned(Word.NOTHING));
            return;
        }
        long tokens = random.nextLong(25);
        requestsUsed++;
        tokensUsed += tokens;
        one.process().settle(one.granted(), used(tokens, 0));
    }

    private void step(SplittableRandom random) {
        if (open.isEmpty() || random.nextInt(2) == 0) {
            admit(random);
        } else {
            settle(random);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void the_books_are_exact_while_the_store_answers(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        start();
        for (int i = 0; i < 2_000; i++) {
            step(random);
            fixture.time.advance(Duration.ofMillis(random.nextLong(400)));
            assertThat(fixture.shared("q/b/"))
                    .isEqualTo(requestsUsed + open.size())
                    .isLessThanOrEqualTo(CAP);
            assertThat(fixture.reservations()).isEqualTo(open.size());
        }
        settleAll(random);

        assertThat(fixture.shared("t/b/")).isEqualTo(tokensUsed);
        assertThat(fixture.shared("q/b/")).isEqualTo(requestsUsed);
    }

    private void settleAll(SplittableRandom random) {
        while (!open.isEmpty()) {
            settle(random);
        }
    }

    /// Lets every process tell what waits, without taking from the bucket.
    private void callHome() {
        fixture.store.recover();
        for (int i = 0; i < 200; i++) {
            fixture.time.advance(Duration.ofSeconds(2));
            processes.forEach(
                    process -> process.settle(granted(process.admit(fixture.ask(provider()))), said(Word.NOTHING)));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void nothing_is_lost_or_counted_twice_by_a_store_that_comes_and_goes(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        start();
        for (int i = 0; i < 600; i++) {
            if (random.nextInt(20) == 0) {
                fixture.store.fail(random.nextBoolean() ? Fault.UNREACHED : Fault.NONE);
            }
            step(random);
            fixture.time.advance(Duration.ofMillis(random.nextLong(900)));
        }
        settleAll(random);
        callHome();

        assertThat(fixture.shared("q/b/")).isEqualTo(requestsUsed);
        assertThat(fixture.shared("t/b/")).isEqualTo(tokensUsed);
        assertThat(fixture.reservations()).isZero();
        for (SharedLedger process : processes) {
            assertThat(fixture.standing(process, provider).fills().getFirst().used())
                    .isEqualTo(requestsUsed);
            assertThat(process.forgotten()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void a_lost_answer_to_an_admission_is_made_good_by_its_settlement(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        start();
        for (int i = 0; i < 600; i++) {
            if (open.isEmpty() || random.nextInt(2) == 0) {
                fixture.store.fail(FAULTS.get(random.nextInt(FAULTS.size())));
                admit(random);
            } else {
                fixture.store.recover();
                settle(random);
            }
            fixture.time.advance(Duration.ofMillis(random.nextLong(900)));
        }
        fixture.store.recover();
        settleAll(random);
        callHome();

        assertThat(fixture.shared("q/b/")).isEqualTo(requestsUsed);
        assertThat(fixture.shared("t/b/")).isEqualTo(tokensUsed);
        assertThat(fixture.reservations()).isZero();
    }

    /// Reservations that nobody returned: LiteLLM #36592.
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void whatever_gets_lost_no_token_is_counted_twice_and_none_stays_reserved(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        start();
        for (int i = 0; i < 600; i++) {
            fixture.store.fail(FAULTS.get(random.nextInt(FAULTS.size())));
            step(random);
            fixture.time.advance(Duration.ofMillis(random.nextLong(900)));
        }
        settleAll(random);
        callHome();
        fixture.time.advance(LedgerFixture.LIFETIME.plusMinutes(2));
        callHome();
        fixture.store.recover();
        processes.getFirst().refresh(List.of(provider));
        granted(processes.getFirst().admit(fixture.ask(provider())));

        assertThat(fixture.shared("t/b/")).isLessThanOrEqualTo(tokensUsed);
        assertThat(fixture.reservations()).isZero();
    }

    /// Budgets overrun by races: LiteLLM #34732, #40095, #26672.
    @Test
    void many_threads_of_several_processes_take_exactly_what_is_there() throws Exception {
        start();
        ProviderConfig thousand =
                provider(requests("day", 1_000, Unit.DAY), limit("t", List.of("m"), null, 40_000L, Unit.DAY));

        List<Admission> admissions = together(1_600, i -> processes.get(i % 4).admit(fixture.ask(thousand)));

        assertThat(admissions).filteredOn(Granted.class::isInstance).hasSize(1_000);
        assertThat(admissions).filteredOn(Denied.class::isInstance).hasSize(600);
        assertThat(fixture.shared("q/day/")).isEqualTo(1_000);
        together(1_600, i -> {
            if (admissions.get(i) instanceof Granted granted) {
                processes.get(i % 4).settle(granted, used(1, 1));
            }
            return i;
        });
        assertThat(fixture.shared("t/t/")).isEqualTo(2_000);
        assertThat(fixture.reservations()).isZero();
    }

    @Test
    void many_threads_of_several_processes_make_one_probe() throws Exception {
        start();
        for (int i = 0; i < 2; i++) {
            processes.get(i).settle(granted(processes.get(i).admit(fixture.ask(provider()))), said(ILL));
        }
        fixture.time.advance(Duration.ofSeconds(30));

        assertThat(together(400, i -> processes.get(i % 4).admit(fixture.ask(provider()))))
                .filteredOn(Granted.class::isInstance)
                .singleElement()
                .matches(admission -> ((Granted) admission).probe());
    }

    @Test
    void many_threads_share_what_a_silent_store_left() throws Exception {
        SharedLedger ledger = fixture.ledger();
        fixture.store.fail(Fault.UNREACHED);
        ProviderConfig hundred = provider(requests("day", 100, Unit.DAY));

        List<Admission> admissions = together(400, i -> ledger.admit(fixture.ask(hundred)));
        assertThat(admissions).filteredOn(Granted.class::isInstance).hasSize(100);
        fixture.store.recover();
        fixture.time.advance(Duration.ofSeconds(2));
        together(400, i -> {
            if (admissions.get(i) instanceof Granted granted) {
                ledger.settle(granted, said(Word.WELL));
            }
            return i;
        });
        assertThat(fixture.shared("q/day/")).isEqualTo(100);
    }

    /// Something with a number.
    private interface Numbered<T> {
        T call(int number);
    }

    private static <T> List<T> together(int count, Numbered<T> call) throws InterruptedException, ExecutionException {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<T>> calls = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                int number = i;
                calls.add(() -> call.call(number));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> result : threads.invokeAll(calls)) {
                results.add(result.get());
            }
            return results;
        }
    }
}
