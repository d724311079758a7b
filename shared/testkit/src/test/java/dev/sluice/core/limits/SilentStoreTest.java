package dev.sluice.core.limits;

import static dev.sluice.core.limits.LedgerFixture.ILL;
import static dev.sluice.core.limits.LedgerFixture.ITEM;
import static dev.sluice.core.limits.LedgerFixture.cooling;
import static dev.sluice.core.limits.LedgerFixture.denied;
import static dev.sluice.core.limits.LedgerFixture.granted;
import static dev.sluice.core.limits.LedgerFixture.limit;
import static dev.sluice.core.limits.LedgerFixture.provider;
import static dev.sluice.core.limits.LedgerFixture.requests;
import static dev.sluice.core.limits.LedgerFixture.said;
import static dev.sluice.core.limits.LedgerFixture.tokens;
import static dev.sluice.core.limits.LedgerFixture.used;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.core.config.ProviderConfig;
import dev.sluice.core.config.RateLimitConfig.Unit;
import dev.sluice.core.ports.Ledger.Admission.Granted;
import dev.sluice.core.ports.Ledger.Fill;
import dev.sluice.core.ports.Ledger.Settlement;
import dev.sluice.core.ports.Ledger.Word;
import dev.sluice.model.Failure.Scope;
import dev.sluice.testkit.FakeLimitStore.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A store that falls silent, and comes back.
class SilentStoreTest {
    private final LedgerFixture fixture = new LedgerFixture();
    private final SharedLedger ledger = fixture.ledger();
    private final ProviderConfig ten = provider(requests("b", 10, Unit.DAY));

    private void falls(Fault fault) {
        fixture.store.fail(fault);
    }

    private void recovers() {
        fixture.store.recover();
        fixture.time.advance(Duration.ofSeconds(1));
    }

    /// Some calls that let what waits be told.
    private void callsHome() {
        for (int i = 0; i < 10; i++) {
            ledger.settle(granted(ledger.admit(fixture.ask(provider()))), said(Word.WELL));
            fixture.time.advance(Duration.ofSeconds(2));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"UNREACHED", "LOST", "UNANSWERED"})
    void the_bucket_as_last_seen_less_what_is_taken_here_decides(Fault fault) {
        assertThat(fixture.grantedOf(4, ledger, ten)).isEqualTo(4);
        falls(fault);

        assertThat(granted(ledger.admit(fixture.ask(ten))).isLocal()).isTrue();
        assertThat(fixture.grantedOf(20, ledger, ten)).isEqualTo(5);
        assertThat(denied(ledger.admit(fixture.ask(ten))).isLocal()).isTrue();
        assertThat(fixture.standing(ledger, ten).fills()).extracting(Fill::used).containsExactly(10L);
    }

    @Test
    void a_store_never_seen_counts_as_empty() {
        falls(Fault.UNREACHED);

        assertThat(fixture.grantedOf(20, ledger, ten)).isEqualTo(10);
    }

    @Test
    void after_three_silences_nobody_waits_and_one_a_second_asks() {
        falls(Fault.LOST);
        fixture.grantedOf(9, ledger, ten);
        assertThat(fixture.store.calls()).isEqualTo(3);

        fixture.time.advance(Duration.ofSeconds(1));
        fixture.grantedOf(9, ledger, ten);
        assertThat(fixture.store.calls()).isEqualTo(4);
    }

    @Test
    void what_was_let_through_here_is_counted_when_the_store_is_back() {
        List<Granted> granted = new ArrayList<>();
        falls(Fault.UNREACHED);
        for (int i = 0; i < 6; i++) {
            granted.add(granted(ledger.admit(fixture.ask(ten))));
        }
        granted.forEach(one -> ledger.settle(one, said(Word.WELL)));
        recovers();
        callsHome();

        assertThat(fixture.shared("q/b/")).isEqualTo(6);
        assertThat(fixture.grantedOf(9, ledger, ten)).isEqualTo(4);
    }

    @Test
    void what_was_let_through_here_and_is_still_on_its_way_keeps_its_place() {
        falls(Fault.UNREACHED);
        assertThat(fixture.grantedOf(6, ledger, ten)).isEqualTo(6);
        recovers();

        assertThat(fixture.grantedOf(9, ledger, ten)).isEqualTo(4);
        assertThat(fixture.shared("q/b/")).isEqualTo(4);
        assertThat(fixture.standing(ledger, ten).fills()).extracting(Fill::used).containsExactly(10L);
    }

    @Test
    void what_waits_to_be_told_keeps_its_place_and_is_told_when_it_is_in_the_way() {
        assertThat(fixture.grantedOf(9, ledger, ten)).isEqualTo(9);
        falls(Fault.UNREACHED);
        ledger.settle(granted(ledger.admit(fixture.ask(ten))), said(Word.WELL));
        recovers();

        assertThat(denied(ledger.admit(fixture.ask(ten))).isLocal()).isFalse();
        assertThat(fixture.shared("q/b/")).isEqualTo(10);
    }

    @Test
    void what_never_left_is_not_told_at_all() {
        falls(Fault.UNREACHED);
        Granted granted = granted(ledger.admit(fixture.ask(ten)));
        ledger.settle(granted, Settlement.returned(Word.NOTHING));
        recovers();
        callsHome();

        assertThat(fixture.shared("q/b/")).isZero();
        assertThat(fixture.grantedOf(20, ledger, ten)).isEqualTo(10);
    }

    @Test
    void tokens_of_local_admissions_are_told_as_they_turned_out() {
        ProviderConfig limited = provider(limit("b", List.of("all"), 9L, 100L, Unit.DAY));
        falls(Fault.UNREACHED);
        for (int i = 0; i < 3; i++) {
            ledger.settle(granted(ledger.admit(fixture.ask(limited, 10, 20))), used(10, 1));
        }
        assertThat(fixture.standing(ledger, limited).fills())
                .extracting(Fill::used)
                .containsExactly(3L, 33L);
        recovers();
        callsHome();

        assertThat(fixture.shared("t/b/")).isEqualTo(33);
        assertThat(fixture.shared("q/b/")).isEqualTo(3);
        assertThat(fixture.standing(ledger, limited).fills())
                .extracting(Fill::used)
                .containsExactly(3L, 33L);
    }

    @Test
    void an_admission_whose_answer_was_lost_is_settled_by_its_reservation() {
        ProviderConfig limited = provider(limit("b", List.of("all"), 9L, 100L, Unit.DAY));
        falls(Fault.UNANSWERED);
        Granted granted = granted(ledger.admit(fixture.ask(limited, 10, 20)));
        recovers();
        ledger.settle(granted, used(10, 1));

        assertThat(fixture.shared("t/b/")).isEqualTo(11);
        assertThat(fixture.shared("q/b/")).isEqualTo(1);
        assertThat(fixture.reservations()).isZero();
    }

    @Test
    void an_admission_that_got_lost_is_added_with_its_request_when_it_is_settled() {
        ProviderConfig limited = provider(limit("b", List.of("all"), 9L, 100L, Unit.DAY));
        falls(Fault.LOST);
        Granted granted = granted(ledger.admit(fixture.ask(limited, 10, 20)));
        recovers();
        ledger.settle(granted, used(10, 1));

        assertThat(fixture.shared("t/b/")).isEqualTo(11);
        assertThat(fixture.shared("q/b/")).isEqualTo(1);
    }

    @Test
    void an_admission_that_got_lost_and_never_left_changes_nothing() {
        ProviderConfig limited = provider(limit("b", List.of("all"), 9L, 100L, Unit.DAY));
        falls(Fault.LOST);
        Granted granted = granted(ledger.admit(fixture.ask(limited, 10, 20)));
        recovers();
        ledger.settle(granted, Settlement.returned(Word.NOTHING));

        assertThat(fixture.shared("t/b/") + fixture.shared("q/b/")).isZero();
    }

    @Test
    void a_settlement_that_was_perhaps_done_is_never_repeated() {
        ProviderConfig limited = provider(tokens("b", 100, Unit.DAY));
        Granted granted = granted(ledger.admit(fixture.ask(limited, 10, 20)));
        falls(Fault.UNANSWERED);
        ledger.settle(granted, used(10, 1));
        long calls = fixture.store.calls();
        recovers();
        ledger.settle(granted, used(10, 1));

        assertThat(fixture.store.calls()).isEqualTo(calls);
        assertThat(fixture.shared("t/b/")).isEqualTo(11);
    }

    @Test
    void a_settlement_that_surely_was_not_heard_is_told_later_with_its_guard() {
        ProviderConfig limited = provider(tokens("b", 100, Unit.DAY));
        Granted granted = granted(ledger.admit(fixture.ask(limited, 10, 20)));
        falls(Fault.UNREACHED);
        ledger.settle(granted, used(10, 1));
        assertThat(fixture.standing(ledger, limited).fills())
                .extracting(Fill::used)
                .containsExactly(11L);
        recovers();
        callsHome();

        assertThat(fixture.shared("t/b/")).isEqualTo(11);
        assertThat(fixture.reservations()).isZero();
    }

    @Test
    void a_settlement_told_after_its_reservation_was_swept_counts_what_was_used() {
        ProviderConfig limited = provider(tokens("b", 100, Unit.DAY));
        Granted granted = granted(ledger.admit(fixture.ask(limited, 10, 20)));
        falls(Fault.UNREACHED);
        ledger.settle(granted, used(10, 1));
        fixture.store.recover();
        fixture.time.advance(Duration.ofHours(1));
        SharedLedger other = fixture.ledger();
        other.refresh(List.of(limited));
        other.settle(granted(other.admit(fixture.ask(limited, 1, 1))), used(1, 1));
        callsHome();

        assertThat(fixture.shared("t/b/")).isEqualTo(13);
    }

    @Test
    void what_is_refused_here_but_perhaps_admitted_there_is_given_back() {
        ProviderConfig limited = provider(tokens("b", 100, Unit.DAY));
        granted(ledger.admit(fixture.ask(limited, 80, 0)));
        SharedLedger other = fixture.ledger();
        Granted first = granted(other.admit(fixture.ask(limited, 20, 0)));
        ledger.refresh(List.of(limited));
        other.settle(first, used(0, 0));
        falls(Fault.UNANSWERED);
        denied(ledger.admit(fixture.ask(limited, 20, 0)));
        assertThat(fixture.shared("t/b/")).isEqualTo(100);
        recovers();
        callsHome();

        assertThat(fixture.shared("t/b/")).isEqualTo(80);
        assertThat(fixture.reservations()).isEqualTo(1);
    }

    @Test
    void health_is_kept_here_meanwhile_and_cooldowns_are_told_later() {
        falls(Fault.UNREACHED);
        ProviderConfig plain = provider();
        ledger.settle(granted(ledger.admit(fixture.ask(plain))), said(ILL));
        ledger.settle(granted(ledger.admit(fixture.ask(plain))), said(ILL));
        assertThat(denied(ledger.admit(fixture.ask(plain))).reason()).isEqualTo("breaker-open");
        fixture.time.advance(Duration.ofSeconds(30));
        Granted probe = granted(ledger.admit(fixture.ask(plain)));
        assertThat(probe.probe()).isTrue();
        assertThat(denied(ledger.admit(fixture.ask(plain))).reason()).isEqualTo("breaker-open");
        ledger.settle(probe, said(Word.WELL));
        ledger.settle(
                granted(ledger.admit(fixture.ask(plain))), said(cooling(Duration.ofMinutes(9), Scope.MODEL, true)));
        assertThat(denied(ledger.admit(fixture.ask(plain))).reason()).isEqualTo("cooldown");
        recovers();
        ledger.position("a");
        granted(ledger.admitCaller(caller(), new dev.sluice.core.ports.Ledger.Reserve(1, 1), Duration.ZERO));
        for (int i = 0; i < 5; i++) {
            ledger.admitCaller(caller(), new dev.sluice.core.ports.Ledger.Reserve(1, 1), Duration.ZERO);
        }

        assertThat(denied(fixture.ledger().admit(fixture.ask(plain))).reason()).isEqualTo("cooldown");
        assertThat(fixture.store.item(ITEM).numbers()).doesNotContainKey("bf/m");
    }

    private static dev.sluice.core.access.Caller caller() {
        return new dev.sluice.core.access.Caller(
                "c",
                "c",
                dev.sluice.core.access.Caller.Kind.CLIENT,
                java.util.Set.of(),
                List.of(requests("x", 1_000, Unit.DAY)));
    }

    @Test
    void a_position_is_not_there_when_the_store_is_silent() {
        falls(Fault.LOST);

        assertThat(ledger.position("a")).isEmpty();
    }

    @Test
    void what_no_longer_fits_is_counted_as_forgotten() {
        ProviderConfig limited = provider(tokens("b", 1_000_000, Unit.DAY));
        List<Granted> granted = new ArrayList<>();
        for (int i = 0; i < Outbox.MOST + 7; i++) {
            granted.add(granted(ledger.admit(fixture.ask(limited, 1, 1))));
        }
        falls(Fault.UNREACHED);
        granted.forEach(one -> ledger.settle(one, used(1, 0)));

        assertThat(ledger.forgotten()).isEqualTo(7);
    }
}
