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

import dev.sluice.core.access.Caller;
import dev.sluice.core.config.ProviderConfig;
import dev.sluice.core.config.RateLimitConfig.Unit;
import dev.sluice.core.ports.Ledger.Admission.Granted;
import dev.sluice.core.ports.Ledger.Fill;
import dev.sluice.core.ports.Ledger.Reserve;
import dev.sluice.core.ports.Ledger.Settlement;
import dev.sluice.core.ports.Ledger.Standing;
import dev.sluice.core.ports.Ledger.Word;
import dev.sluice.model.Failure.Scope;
import dev.sluice.model.Usage;
import dev.sluice.testkit.FakeLimitStore.Fault;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Settlements that a silent store did not hear, or did not say that it had.
class UnheardSettlementsTest {
    private final LedgerFixture fixture = new LedgerFixture();
    private final SharedLedger ledger = fixture.ledger();

    private void falls(Fault fault) {
        fixture.store.fail(fault);
    }

    private void recovers() {
        fixture.store.recover();
        fixture.time.advance(Duration.ofSeconds(1));
    }

    /// Some calls that let what waits be told.
    private void callsHome() {
        callsHome(ledger);
    }

    private static void callsHome(SharedLedger by) {
        for (int i = 0; i < 5; i++) {
            by.admitCaller(caller(), new Reserve(1, 1), Duration.ZERO);
        }
    }

    private static Caller caller() {
        return new Caller("c", "c", Caller.Kind.CLIENT, Set.of(), List.of(requests("x", 1_000, Unit.DAY)));
    }

    @Test
    void at_the_end_the_store_hears_all_that_waits() {
        ProviderConfig limited = provider(requests("b", 100, Unit.DAY));
        falls(Fault.UNREACHED);
        for (int i = 0; i < 20; i++) {
            ledger.settle(granted(ledger.admit(fixture.ask(limited))), said(Word.WELL));
        }
        recovers();
        ledger.flush();

        assertThat(fixture.shared("q/b/")).isEqualTo(20);
    }

    @Test
    void the_end_waits_for_a_silent_store_once() {
        ProviderConfig limited = provider(requests("b", 100, Unit.DAY));
        falls(Fault.UNREACHED);
        ledger.settle(granted(ledger.admit(fixture.ask(limited))), said(Word.WELL));
        long calls = fixture.store.calls();
        ledger.flush();

        assertThat(fixture.store.calls()).isEqualTo(calls + 1);
    }

    @Test
    void a_preview_is_of_a_store_that_has_heard_all() {
        ProviderConfig limited = provider(requests("b", 100, Unit.DAY));
        falls(Fault.UNREACHED);
        ledger.settle(granted(ledger.admit(fixture.ask(limited))), said(Word.WELL));
        recovers();
        ledger.refresh(List.of(limited));

        assertThat(fixture.shared("q/b/")).isEqualTo(1);
        assertThat(fixture.standing(ledger, limited).fills().getFirst().used()).isEqualTo(1);
    }

    @Test
    void a_settlement_waits_for_a_silent_store_once() {
        ProviderConfig limited = provider(tokens("b", 100, Unit.DAY));
        Granted granted = granted(ledger.admit(fixture.ask(limited)));
        falls(Fault.LOST);
        ledger.settle(granted, said(cooling(Duration.ofMinutes(9), Scope.MODEL, true)));
        assertThat(fixture.store.calls()).isEqualTo(2);
        assertThat(fixture.standing(ledger, limited).recovery()).isNotNull();
        recovers();
        callsHome();

        assertThat(denied(fixture.ledger().admit(fixture.ask(limited))).reason())
                .isEqualTo("cooldown");
    }

    @Test
    void an_admission_waits_for_a_silent_store_once_though_something_waits_to_be_told_before_it() {
        ProviderConfig one = provider(requests("b", 1, Unit.DAY));
        falls(Fault.UNREACHED);
        ledger.settle(granted(ledger.admit(fixture.ask(one))), said(Word.WELL));
        recovers();
        ledger.position("a");
        falls(Fault.LOST);
        long calls = fixture.store.calls();

        assertThat(denied(ledger.admit(fixture.ask(one))).isLocal()).isTrue();
        assertThat(fixture.store.calls()).isEqualTo(calls + 1);
    }

    @Test
    void a_settlement_that_got_lost_is_told_later_with_its_guard() {
        ProviderConfig limited = provider(tokens("b", 100, Unit.DAY));
        Granted granted = granted(ledger.admit(fixture.ask(limited, 10, 20)));
        falls(Fault.LOST);
        ledger.settle(granted, used(10, 1));
        recovers();
        callsHome();

        assertThat(fixture.shared("t/b/")).isEqualTo(11);
        assertThat(fixture.reservations()).isZero();
    }

    @Test
    void what_waits_to_be_told_is_counted_here_once_however_often_it_is_tried() {
        ProviderConfig limited =
                provider(limit("day", List.of("all"), null, 100L, Unit.DAY), requests("minute", 1, Unit.MINUTE));
        fixture.time.advance(Duration.ofSeconds(110 - fixture.now().getEpochSecond() % 60));
        Granted granted = granted(ledger.admit(fixture.ask(limited, 10, 20)));
        falls(Fault.UNREACHED);
        ledger.settle(granted, new Settlement(true, Usage.of(10, 1), ILL));
        fixture.time.advance(Duration.ofSeconds(10));
        granted(ledger.admit(fixture.ask(limited, 10, 20)));
        for (int i = 0; i < 5; i++) {
            denied(ledger.admit(fixture.ask(limited, 10, 20)));
        }

        Standing standing = fixture.standing(ledger, limited);
        assertThat(standing.fills()).extracting(Fill::used).containsExactly(41L, 1L);
        assertThat(standing.failures()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(names = {"UNREACHED", "LOST", "UNANSWERED"})
    void a_probe_whose_end_the_store_did_not_hear_leaves_its_place_to_the_next(Fault fault) {
        for (ProviderConfig provider : List.of(provider(), provider(tokens("b", 1_000, Unit.DAY)))) {
            fixture.store.put(ITEM, StateItem.EMPTY);
            SharedLedger other = fixture.ledger();
            SharedLedger prober = fixture.ledger();
            other.settle(granted(other.admit(fixture.ask(provider))), said(ILL));
            other.settle(granted(other.admit(fixture.ask(provider))), said(ILL));
            fixture.time.advance(Duration.ofSeconds(30));
            Granted probe = granted(prober.admit(fixture.ask(provider)));
            assertThat(probe.probe()).isTrue();
            falls(fault);
            prober.settle(probe, said(Word.WELL));
            recovers();
            callsHome(prober);

            granted(fixture.ledger().admit(fixture.ask(provider)));
        }
    }
}
