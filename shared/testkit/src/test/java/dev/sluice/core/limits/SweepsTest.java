package dev.sluice.core.limits;

import static dev.sluice.core.limits.LedgerFixture.LIFETIME;
import static dev.sluice.core.limits.LedgerFixture.denied;
import static dev.sluice.core.limits.LedgerFixture.granted;
import static dev.sluice.core.limits.LedgerFixture.limit;
import static dev.sluice.core.limits.LedgerFixture.provider;
import static dev.sluice.core.limits.LedgerFixture.tokens;
import static dev.sluice.core.limits.LedgerFixture.used;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.core.config.ProviderConfig;
import dev.sluice.core.config.RateLimitConfig.Unit;
import dev.sluice.core.ports.Ledger.Admission.Granted;
import dev.sluice.core.ports.Ledger.Settlement;
import dev.sluice.core.ports.Ledger.Word;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Reservations that nobody settled: their process was killed.
class SweepsTest {
    private static final Duration EXPIRED = LIFETIME.plusSeconds(61);

    private final LedgerFixture fixture = new LedgerFixture();
    private final SharedLedger killed = fixture.ledger();
    private final SharedLedger ledger = fixture.ledger();
    private final ProviderConfig provider = provider(tokens("t", 300, Unit.DAY));

    @Test
    void a_reservation_holds_until_its_call_must_be_over_and_a_minute() {
        granted(killed.admit(fixture.ask(provider, 100, 200)));
        fixture.time.advance(LIFETIME.plusSeconds(60));

        denied(ledger.admit(fixture.ask(provider, 1, 0)));
        assertThat(fixture.store.calls()).isEqualTo(2);
    }

    @Test
    void a_full_bucket_frees_itself_of_what_has_expired_at_once() {
        granted(killed.admit(fixture.ask(provider, 100, 200)));
        fixture.time.advance(EXPIRED);

        granted(ledger.admit(fixture.ask(provider, 10, 20)));
        assertThat(fixture.shared("t/t/")).isEqualTo(30);
        assertThat(fixture.reservations()).isEqualTo(1);
        assertThat(fixture.store.calls()).isEqualTo(3);
    }

    @Test
    void what_is_known_to_have_expired_goes_in_passing_without_a_second_trip() {
        granted(killed.admit(fixture.ask(provider, 50, 50)));
        granted(ledger.admit(fixture.ask(provider, 1, 0)));
        fixture.time.advance(EXPIRED);

        granted(ledger.admit(fixture.ask(provider, 100, 200)));
        assertThat(fixture.shared("t/t/")).isEqualTo(300);
        assertThat(fixture.store.calls()).isEqualTo(3);
    }

    @Test
    void who_loses_the_race_for_a_sweep_goes_on_without() {
        SharedLedger third = fixture.ledger();
        granted(killed.admit(fixture.ask(provider, 50, 50)));
        ledger.refresh(List.of(provider));
        third.refresh(List.of(provider));
        fixture.time.advance(EXPIRED);

        granted(ledger.admit(fixture.ask(provider, 1, 0)));
        granted(third.admit(fixture.ask(provider, 1, 0)));
        assertThat(fixture.shared("t/t/")).isEqualTo(2);
        assertThat(fixture.store.calls()).isEqualTo(6);
    }

    @Test
    void as_many_are_swept_as_are_needed() {
        for (int i = 0; i < 100; i++) {
            granted(killed.admit(fixture.ask(provider, 3, 0)));
        }
        fixture.time.advance(EXPIRED);

        granted(ledger.admit(fixture.ask(provider, 60, 0)));
        assertThat(fixture.shared("t/t/")).isEqualTo(300);
        assertThat(fixture.reservations()).isEqualTo(81);
    }

    @Test
    void a_settlement_after_the_sweep_counts_what_was_used_and_not_the_request_again() {
        ProviderConfig both = provider(limit("b", List.of("all"), 9L, 300L, Unit.DAY));
        Granted slow = granted(killed.admit(fixture.ask(both, 100, 100)));
        fixture.time.advance(EXPIRED);
        ledger.refresh(List.of(both));
        Granted other = granted(ledger.admit(fixture.ask(both, 100, 100)));
        killed.settle(slow, used(7, 8));
        ledger.settle(other, used(1, 1));

        assertThat(fixture.shared("t/b/")).isEqualTo(17);
        assertThat(fixture.shared("q/b/")).isEqualTo(2);
    }

    @Test
    void what_never_left_gives_its_request_back_after_the_sweep_too() {
        ProviderConfig both = provider(limit("b", List.of("all"), 9L, 300L, Unit.DAY));
        Granted slow = granted(killed.admit(fixture.ask(both, 100, 100)));
        fixture.time.advance(EXPIRED);
        ledger.refresh(List.of(both));
        ledger.settle(granted(ledger.admit(fixture.ask(both, 1, 1))), used(1, 1));
        killed.settle(slow, Settlement.returned(Word.NOTHING));

        assertThat(fixture.shared("t/b/")).isEqualTo(2);
        assertThat(fixture.shared("q/b/")).isEqualTo(1);
    }

    @Test
    void many_that_need_the_room_of_the_killed_all_get_it() {
        ProviderConfig big = provider(tokens("t", 640, Unit.DAY));
        for (int i = 0; i < 64; i++) {
            granted(killed.admit(fixture.ask(big, 10, 0)));
        }
        fixture.time.advance(EXPIRED);
        List<SharedLedger> processes = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
            processes.add(fixture.ledger());
            processes.getLast().refresh(List.of(big));
        }

        for (SharedLedger process : processes) {
            granted(process.admit(fixture.ask(big, 10, 0)));
        }
        denied(ledger.admit(fixture.ask(big, 10, 0)));
        assertThat(fixture.shared("t/t/")).isEqualTo(640);
        assertThat(fixture.reservations()).isEqualTo(64);
    }
}
