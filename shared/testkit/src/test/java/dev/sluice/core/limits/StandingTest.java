package dev.sluice.core.limits;

import static dev.sluice.core.limits.LedgerFixture.ILL;
import static dev.sluice.core.limits.LedgerFixture.granted;
import static dev.sluice.core.limits.LedgerFixture.said;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.core.config.ProviderConfig;
import dev.sluice.core.ports.Ledger.Admission.Granted;
import dev.sluice.core.ports.Ledger.Word;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What a process says of a target without asking.
final class StandingTest {
    private final LedgerFixture fixture = new LedgerFixture();
    private final SharedLedger ledger = fixture.ledger();
    private final ProviderConfig provider = LedgerFixture.provider();

    @Test
    void another_process_probe_stands_in_the_way_only_while_what_was_seen_is_fresh() {
        SharedLedger other = fixture.ledger();
        open(other);
        fixture.time.advance(Duration.ofSeconds(31));
        Granted probe = granted(other.admit(fixture.ask(provider)));
        ledger.refresh(List.of(provider));
        assertThat(fixture.standing(ledger, provider).recovery()).isNotNull();

        other.settle(probe, said(Word.WELL));
        fixture.time.advance(Duration.ofSeconds(2));

        assertThat(fixture.standing(ledger, provider).recovery()).isNull();
        assertThat(ledger.admit(fixture.ask(provider))).isInstanceOf(Granted.class);
    }

    @Test
    void an_open_breaker_is_believed_until_its_time_is_over() {
        open(fixture.ledger());
        ledger.refresh(List.of(provider));
        fixture.time.advance(Duration.ofSeconds(29));

        assertThat(fixture.standing(ledger, provider).recovery()).isNotNull();
    }

    private void open(SharedLedger process) {
        for (int i = 0; i < 2; i++) {
            process.settle(granted(process.admit(fixture.ask(provider))), said(ILL));
        }
    }
}
