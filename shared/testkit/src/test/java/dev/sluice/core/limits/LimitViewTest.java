package dev.sluice.core.limits;

import static dev.sluice.core.limits.LedgerFixture.granted;
import static dev.sluice.core.limits.LedgerFixture.requests;
import static dev.sluice.core.limits.LedgerFixture.tokens;
import static dev.sluice.core.limits.LedgerFixture.used;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.sluice.core.access.Caller;
import dev.sluice.core.access.KeyRecord;
import dev.sluice.core.config.ProviderConfig;
import dev.sluice.core.config.RateLimitConfig.Unit;
import dev.sluice.core.limits.LimitView.OfProvider;
import dev.sluice.core.ports.Ledger.Admission.Granted;
import dev.sluice.core.ports.Ledger.Cooldown;
import dev.sluice.core.ports.Ledger.Recovery;
import dev.sluice.core.ports.Ledger.Reserve;
import dev.sluice.core.ports.Ledger.Word;
import dev.sluice.model.Failure;
import dev.sluice.testkit.FakeLimitStore;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class LimitViewTest {
    private final LedgerFixture fixture = new LedgerFixture();
    private final SharedLedger ledger = fixture.ledger();
    private final LimitView view = new LimitView(fixture.store::read, fixture.time);

    private OfProvider look(ProviderConfig provider) {
        return view.provider(fixture.config, provider).orElseThrow();
    }

    @Test
    void what_is_reserved_is_told_beside_what_is_used_until_it_is_settled() {
        ProviderConfig provider =
                LedgerFixture.provider(tokens("day", 1000, Unit.DAY), requests("hour", 10, Unit.HOUR));
        Granted first = granted(ledger.admit(fixture.ask(provider, 10, 20)));
        granted(ledger.admit(fixture.ask(provider, 100, 100)));
        assertThat(look(provider).underWay()).contains(2);
        assertThat(look(provider).buckets())
                .extracting(bucket -> bucket.fill().used(), LimitView.Bucket::reserved)
                .containsExactly(tuple(230L, 230L), tuple(2L, 0L));

        ledger.settle(first, used(7, 5));

        assertThat(look(provider).underWay()).contains(1);
        assertThat(look(provider).buckets().getFirst().fill().used()).isEqualTo(212);
        assertThat(look(provider).buckets().getFirst().reserved()).isEqualTo(200);
    }

    @Test
    void a_reservation_that_nobody_settled_in_time_is_not_under_way() {
        ProviderConfig provider = LedgerFixture.provider(tokens("month", 1000, Unit.MONTH));
        granted(ledger.admit(fixture.ask(provider)));
        fixture.time.advance(LedgerFixture.LIFETIME.plus(Duration.ofSeconds(61)));
        assertThat(look(provider).underWay()).contains(0);
    }

    @Test
    void without_a_bucket_of_tokens_nobody_tells_what_is_under_way() {
        ProviderConfig provider = LedgerFixture.provider(requests("hour", 10, Unit.HOUR));
        granted(ledger.admit(fixture.ask(provider)));
        assertThat(look(provider).underWay()).isEmpty();
    }

    @Test
    void a_target_stands_as_the_ledger_says_after_it_asked_the_store() {
        ProviderConfig provider = LedgerFixture.provider(tokens("day", 1000, Unit.DAY));
        Granted granted = granted(ledger.admit(fixture.ask(provider)));
        Cooldown named = new Cooldown(Duration.ofMinutes(5), Failure.Scope.MODEL, true, Failure.Category.RATE_LIMITED);
        ledger.settle(granted, LedgerFixture.said(new Word.Ill(false, named)));
        ledger.refresh(List.of(provider));

        assertThat(look(provider).standing("m")).isEqualTo(ledger.standing(fixture.config, provider, "m"));
        assertThat(look(provider).standing("m").recovery())
                .isEqualTo(new Recovery(
                        fixture.time.now().plus(Duration.ofMinutes(5)), true, Failure.Category.RATE_LIMITED));
        assertThat(look(provider).standing("other").recovery()).isNull();
    }

    @Test
    void a_keys_own_limits_are_told_by_its_hash() {
        KeyRecord key = new KeyRecord(
                "hash",
                "laptop",
                Caller.Kind.CLIENT,
                false,
                fixture.time.now(),
                null,
                Set.of(),
                List.of(requests("day", 20, Unit.DAY)));
        ledger.admitCaller(key.caller(), new Reserve(1, 1), LedgerFixture.LIFETIME);
        assertThat(view.caller(key).orElseThrow())
                .singleElement()
                .satisfies(bucket -> assertThat(bucket.fill().used()).isEqualTo(1));
    }

    @Test
    void a_silent_store_tells_nothing_and_looking_changes_nothing() {
        ProviderConfig provider = LedgerFixture.provider(tokens("day", 1000, Unit.DAY));
        granted(ledger.admit(fixture.ask(provider)));
        StateItem before = fixture.store.item(LedgerFixture.ITEM);
        look(provider);
        assertThat(fixture.store.item(LedgerFixture.ITEM)).isEqualTo(before);

        fixture.store.fail(FakeLimitStore.Fault.LOST);

        assertThat(view.provider(fixture.config, provider)).isEqualTo(Optional.empty());
    }
}
