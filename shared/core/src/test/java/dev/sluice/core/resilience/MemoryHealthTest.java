package dev.sluice.core.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.core.config.BreakerRules;
import dev.sluice.core.ports.Health.Admission;
import dev.sluice.core.ports.Health.Admission.Granted;
import dev.sluice.core.ports.Health.Recovery;
import dev.sluice.model.Failure.Scope;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MemoryHealthTest {
    private static final Instant START = Instant.parse("2026-11-01T10:00:00Z");
    private static final Duration LEASE = Duration.ofMinutes(15);

    /// Of a request that began before the breaker opened, and so is no probe.
    private static final Granted EARLIER = new Granted("p", "m", 0);

    private final AtomicReference<BreakerRules> rules = new AtomicReference<>(BreakerRules.DEFAULT);
    private final MemoryHealth health = new MemoryHealth(rules::get, LEASE);
    private Instant now = START;

    private void pass(Duration duration) {
        now = now.plus(duration);
    }

    private Admission admit() {
        return health.admit("p", "m", now);
    }

    private boolean admits(String provider, String model) {
        return health.admit(provider, model, now) instanceof Granted;
    }

    private Granted granted() {
        return (Granted) admit();
    }

    private boolean admits() {
        return admits("p", "m");
    }

    private void breakOnce() {
        health.failed(EARLIER, Scope.MODEL, true, null, false, now);
    }

    private void cool(Scope scope, @Nullable Duration cooldown, boolean named) {
        health.failed(EARLIER, scope, false, cooldown, named, now);
    }

    private void open() {
        breakOnce();
        breakOnce();
    }

    @Test
    void admits_whom_it_knows_nothing_of() {
        assertThat(admit()).isEqualTo(new Granted("p", "m", 0));
        assertThat(health.recovery("p", "m", now)).isEmpty();
    }

    @Test
    void a_model_cools_down_alone() {
        cool(Scope.MODEL, Duration.ofSeconds(30), true);
        Recovery recovery = new Recovery(START.plusSeconds(30), true);
        assertThat(admit()).isEqualTo(new Admission.Denied("cooldown", recovery));
        assertThat(health.recovery("p", "m", now)).contains(recovery);
        assertThat(admits("p", "other")).isTrue();
        assertThat(admits("q", "m")).isTrue();
        pass(Duration.ofMillis(29_999));
        assertThat(admits()).isFalse();
        pass(Duration.ofMillis(1));
        assertThat(admits()).isTrue();
        assertThat(health.recovery("p", "m", now)).isEmpty();
    }

    @Test
    void a_provider_cools_down_with_all_its_models() {
        cool(Scope.PROVIDER, Duration.ofMinutes(10), false);
        assertThat(admits()).isFalse();
        assertThat(admits("p", "never-seen")).isFalse();
        assertThat(admits("q", "m")).isTrue();
        pass(Duration.ofMinutes(10));
        assertThat(admits()).isTrue();
    }

    @Test
    void a_cooldown_is_lengthened_but_never_shortened() {
        cool(Scope.MODEL, Duration.ofSeconds(60), false);
        cool(Scope.MODEL, Duration.ofSeconds(5), true);
        assertThat(health.recovery("p", "m", now)).contains(new Recovery(START.plusSeconds(60), false));
        cool(Scope.MODEL, Duration.ofSeconds(90), true);
        assertThat(health.recovery("p", "m", now)).contains(new Recovery(START.plusSeconds(90), true));
        health.succeeded(EARLIER, now);
        assertThat(admits()).isFalse();
    }

    @Test
    void the_latest_of_all_recoveries_counts() {
        open();
        cool(Scope.MODEL, Duration.ofSeconds(60), true);
        cool(Scope.PROVIDER, Duration.ofSeconds(40), false);
        assertThat(health.recovery("p", "m", now)).contains(new Recovery(START.plusSeconds(60), true));
        assertThat(health.recovery("p", "other", now)).contains(new Recovery(START.plusSeconds(40), false));
    }

    @Test
    void a_scope_of_none_cools_nobody() {
        cool(Scope.NONE, Duration.ofSeconds(60), true);
        cool(Scope.MODEL, null, false);
        assertThat(admits()).isTrue();
    }

    @Test
    void two_failures_in_a_row_open_the_breaker() {
        breakOnce();
        assertThat(admits()).isTrue();
        breakOnce();
        assertThat(admit()).isEqualTo(new Admission.Denied("breaker-open", new Recovery(START.plusSeconds(30), false)));
        assertThat(admits("p", "other")).isTrue();
    }

    @Test
    void a_success_between_them_keeps_it_closed() {
        breakOnce();
        health.succeeded(EARLIER, now);
        breakOnce();
        assertThat(admits()).isTrue();
    }

    @Test
    void a_failure_that_does_not_count_opens_nothing_and_forgets_nothing() {
        for (int i = 0; i < 5; i++) {
            cool(Scope.MODEL, null, false);
        }
        assertThat(admits()).isTrue();
        breakOnce();
        cool(Scope.MODEL, null, false);
        breakOnce();
        assertThat(admits()).isFalse();
    }

    @Test
    void after_its_time_one_probe_may_pass() {
        open();
        pass(Duration.ofMillis(29_999));
        assertThat(admits()).isFalse();
        pass(Duration.ofMillis(1));
        assertThat(health.recovery("p", "m", now)).isEmpty();
        assertThat(admits()).isTrue();
        assertThat(admit()).isEqualTo(new Admission.Denied("breaker-open", new Recovery(now.plus(LEASE), false)));
    }

    @Test
    void a_probe_that_succeeds_closes() {
        open();
        pass(Duration.ofSeconds(30));
        assertThat(admits()).isTrue();
        health.succeeded(EARLIER, now);
        assertThat(admits()).isTrue();
        assertThat(admits()).isTrue();
        breakOnce();
        assertThat(admits()).isTrue();
    }

    @Test
    void a_probe_that_fails_opens_again() {
        open();
        pass(Duration.ofSeconds(30));
        assertThat(admits()).isTrue();
        pass(Duration.ofSeconds(5));
        breakOnce();
        assertThat(health.recovery("p", "m", now)).contains(new Recovery(now.plusSeconds(30), false));
        pass(Duration.ofSeconds(30));
        assertThat(admits()).isTrue();
        assertThat(admits()).isFalse();
    }

    @Test
    void a_probe_that_says_nothing_of_health_frees_its_place() {
        open();
        pass(Duration.ofSeconds(30));
        health.released(granted());
        Granted next = granted();
        assertThat(admits()).isFalse();
        health.failed(next, Scope.MODEL, false, Duration.ofSeconds(10), true, now);
        assertThat(admit()).isEqualTo(new Admission.Denied("cooldown", new Recovery(now.plusSeconds(10), true)));
        pass(Duration.ofSeconds(10));
        assertThat(admits()).isTrue();
        assertThat(admits()).isFalse();
    }

    @Test
    void whoever_is_not_the_probe_does_not_free_its_place() {
        Granted earlier = granted();
        open();
        pass(Duration.ofSeconds(30));
        Granted probe = granted();
        health.released(earlier);
        assertThat(admits()).isFalse();
        health.failed(earlier, Scope.MODEL, false, null, false, now);
        assertThat(admits()).isFalse();
        health.released(probe);
        assertThat(admits()).isTrue();
    }

    @Test
    void a_probe_that_was_given_up_does_not_free_the_place_of_the_next() {
        open();
        pass(Duration.ofSeconds(30));
        Granted lost = granted();
        pass(LEASE);
        Granted next = granted();
        health.released(lost);
        assertThat(admits()).isFalse();
        health.released(next);
        assertThat(admits()).isTrue();
    }

    @Test
    void a_probe_that_is_never_reported_is_given_up() {
        open();
        pass(Duration.ofSeconds(30));
        assertThat(admits()).isTrue();
        pass(LEASE.minusMillis(1));
        assertThat(admits()).isFalse();
        pass(Duration.ofMillis(1));
        assertThat(admits()).isTrue();
        assertThat(admits()).isFalse();
    }

    @Test
    void an_override_in_the_half_open_time_is_the_probe() {
        open();
        health.override("p", "m", now);
        pass(Duration.ofSeconds(30));
        health.released(granted());
        Granted overriding = health.override("p", "m", now);
        assertThat(admits()).isFalse();
        health.released(overriding);
        assertThat(admits()).isTrue();
        health.override("q", "never-seen", now);
        assertThat(admits("q", "never-seen")).isTrue();
    }

    @Test
    void an_override_that_fails_while_open_prolongs_it() {
        open();
        pass(Duration.ofSeconds(20));
        health.override("p", "m", now);
        breakOnce();
        assertThat(health.recovery("p", "m", now)).contains(new Recovery(now.plusSeconds(30), false));
    }

    @Test
    void goes_by_the_rules_of_the_moment() {
        rules.set(new BreakerRules(3, Duration.ofSeconds(5)));
        open();
        assertThat(admits()).isTrue();
        breakOnce();
        assertThat(health.recovery("p", "m", now)).contains(new Recovery(now.plusSeconds(5), false));
        rules.set(new BreakerRules(9, Duration.ofSeconds(5)));
        assertThat(admits()).isTrue();
    }

    @Test
    void of_many_callers_one_is_the_probe() throws InterruptedException {
        for (int round = 0; round < 20; round++) {
            open();
            pass(Duration.ofSeconds(30));
            Instant moment = now;
            Callable<Admission> caller = () -> health.admit("p", "m", moment);
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                List<Future<Admission>> answers = threads.invokeAll(Collections.nCopies(200, caller));
                assertThat(answers.stream().map(Future::resultNow).filter(Granted.class::isInstance))
                        .hasSize(1);
            }
        }
    }

    @Test
    void remembers_a_bounded_number_and_drops_what_is_over_first() {
        cool(Scope.MODEL, Duration.ofHours(1), false);
        for (int i = 0; i < 4000; i++) {
            health.failed(new Granted("q", "short" + i, 0), Scope.MODEL, false, Duration.ofSeconds(1), false, now);
        }
        pass(Duration.ofSeconds(2));
        for (int i = 0; i < 4000; i++) {
            health.failed(new Granted("q", "later" + i, 0), Scope.MODEL, false, Duration.ofSeconds(1), false, now);
        }
        assertThat(admits()).isFalse();
        for (int i = 0; i < 5000; i++) {
            health.failed(new Granted("q", "long" + i, 0), Scope.MODEL, false, Duration.ofHours(1), false, now);
        }
        assertThat(admits()).as("the least recently used makes room").isTrue();
    }
}
