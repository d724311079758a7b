package dev.sluice.core.limits;

import static dev.sluice.core.limits.LedgerFixture.ITEM;
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
import dev.sluice.core.ports.Ledger.Admission;
import dev.sluice.core.ports.Ledger.Admission.Denied;
import dev.sluice.core.ports.Ledger.Admission.Granted;
import dev.sluice.core.ports.Ledger.Fill;
import dev.sluice.core.ports.Ledger.Recovery;
import dev.sluice.core.ports.Ledger.Reserve;
import dev.sluice.core.ports.Ledger.Settlement;
import dev.sluice.core.ports.Ledger.Word;
import dev.sluice.model.Failure.Category;
import dev.sluice.model.Usage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Buckets, reservations and settlement, with a store that answers.
class SharedLedgerTest {
    private static final Instant TOMORROW = Instant.parse("2026-11-22T00:00:00Z");

    private final LedgerFixture fixture = new LedgerFixture();
    private final SharedLedger ledger = fixture.ledger();

    @Test
    void admits_as_many_as_the_bucket_holds_in_one_step_each() {
        ProviderConfig provider = provider(requests("day", 3, Unit.DAY));

        assertThat(fixture.grantedOf(5, ledger, provider)).isEqualTo(3);
        assertThat(fixture.shared("q/day/day1/")).isEqualTo(3);
        assertThat(fixture.store.calls()).isEqualTo(5);
    }

    @Test
    void a_full_bucket_names_the_end_of_its_window_without_a_second_trip() {
        ProviderConfig provider = provider(requests("day", 1, Unit.DAY), requests("minute", 9, Unit.MINUTE));
        granted(ledger.admit(fixture.ask(provider)));

        assertThat(ledger.admit(fixture.ask(provider)))
                .isEqualTo(new Denied("quota-exhausted", new Recovery(TOMORROW, false, Category.RATE_LIMITED), false));
        assertThat(fixture.store.calls()).isEqualTo(2);
        assertThat(fixture.shared("q/minute/")).isEqualTo(1);
    }

    @Test
    void the_latest_reset_of_several_full_buckets_counts() {
        ProviderConfig provider = provider(requests("day", 1, Unit.DAY), requests("hour", 1, Unit.HOUR));
        granted(ledger.admit(fixture.ask(provider)));

        assertThat(denied(ledger.admit(fixture.ask(provider))).recovery().at()).isEqualTo(TOMORROW);
    }

    @Test
    void a_new_window_is_empty_and_the_old_one_is_forgotten() {
        ProviderConfig provider = provider(requests("minute", 1, Unit.MINUTE));
        granted(ledger.admit(fixture.ask(provider)));
        fixture.time.advance(Duration.ofMinutes(2));

        granted(ledger.admit(fixture.ask(provider)));
        assertThat(fixture.store.calls()).isEqualTo(2);
        assertThat(fixture.store.item(ITEM).numbers()).containsOnlyKeys("q/minute/minute1/1795219320", "rr");
    }

    @Test
    void a_bucket_of_other_models_is_left_alone() {
        ProviderConfig provider = provider(limit("other", List.of("other"), 1L, null, Unit.DAY));

        assertThat(fixture.grantedOf(3, ledger, provider)).isEqualTo(3);
    }

    @Test
    void tokens_are_reserved_and_settled_by_what_was_used() {
        ProviderConfig provider = provider(tokens("t", 1_000, Unit.DAY));
        Granted granted = granted(ledger.admit(fixture.ask(provider, 100, 200)));
        assertThat(fixture.shared("t/t/")).isEqualTo(300);
        assertThat(fixture.reservations()).isEqualTo(1);

        ledger.settle(granted, used(90, 5));
        ledger.settle(granted, used(90, 5));

        assertThat(fixture.shared("t/t/")).isEqualTo(95);
        assertThat(fixture.reservations()).isZero();
        assertThat(fixture.store.calls()).isEqualTo(2);
    }

    @Test
    void more_than_was_reserved_counts_too() {
        ProviderConfig provider = provider(tokens("t", 100, Unit.DAY));
        ledger.settle(granted(ledger.admit(fixture.ask(provider, 10, 20))), used(10, 500));

        assertThat(fixture.shared("t/t/")).isEqualTo(510);
        assertThat(denied(ledger.admit(fixture.ask(provider, 0, 0))).reason()).isEqualTo("quota-exhausted");
    }

    @Test
    void what_is_not_known_stays_as_charged() {
        ProviderConfig provider = provider(tokens("t", 1_000, Unit.DAY));
        ledger.settle(granted(ledger.admit(fixture.ask(provider, 100, 200))), said(Word.NOTHING));
        ledger.settle(
                granted(ledger.admit(fixture.ask(provider, 100, 200))), new Settlement(true, Usage.NONE, Word.NOTHING));

        assertThat(fixture.shared("t/t/")).isEqualTo(600);
        assertThat(fixture.reservations()).isZero();
    }

    @Test
    void what_never_reached_the_provider_is_returned() {
        ProviderConfig provider = provider(limit("b", List.of("all"), 2L, 100L, Unit.DAY));
        ledger.settle(granted(ledger.admit(fixture.ask(provider))), Settlement.returned(Word.NOTHING));

        assertThat(fixture.shared("t/b/")).isZero();
        assertThat(fixture.shared("q/b/")).isZero();
    }

    @Test
    void a_request_is_returned_without_a_reservation_too_but_never_below_nothing() {
        ProviderConfig provider = provider(requests("b", 2, Unit.DAY));
        Granted first = granted(ledger.admit(fixture.ask(provider)));
        Granted second = granted(ledger.admit(fixture.ask(provider)));
        ledger.settle(first, Settlement.returned(Word.NOTHING));
        assertThat(fixture.shared("q/b/")).isEqualTo(1);

        fixture.store.put(ITEM, StateItem.EMPTY);
        ledger.settle(second, Settlement.returned(Word.NOTHING));
        assertThat(fixture.shared("q/b/")).isZero();
    }

    @Test
    void requests_that_went_well_are_settled_without_a_call() {
        ProviderConfig provider = provider(requests("b", 2, Unit.DAY));
        ledger.settle(granted(ledger.admit(fixture.ask(provider))), said(Word.WELL));

        assertThat(fixture.store.calls()).isEqualTo(1);
    }

    @Test
    void a_long_answer_that_seldom_comes_takes_the_whole_bucket() {
        ProviderConfig provider = provider(tokens("t", 1_000, Unit.DAY));
        Granted granted = granted(ledger.admit(fixture.ask(provider, 500, 64_000)));
        assertThat(fixture.shared("t/t/")).isEqualTo(1_000);
        denied(ledger.admit(fixture.ask(provider, 500, 64_000)));

        ledger.settle(granted, used(500, 10));
        assertThat(fixture.shared("t/t/")).isEqualTo(510);
    }

    @Test
    void a_prompt_above_the_cap_is_never_admitted_and_nobody_is_asked() {
        ProviderConfig provider = provider(tokens("t", 1_000, Unit.DAY));

        assertThat(ledger.admit(fixture.ask(provider, 1_001, 0)))
                .isEqualTo(
                        new Denied("quota-exhausted", new Recovery(Instant.MAX, false, Category.RATE_LIMITED), false));
        assertThat(fixture.store.calls()).isZero();
    }

    @Test
    void a_caller_without_limits_is_granted_without_a_call() {
        granted(ledger.admitCaller(Caller.ANONYMOUS, new Reserve(1, 1), Duration.ofMinutes(1)));

        assertThat(fixture.store.calls()).isZero();
    }

    @Test
    void a_caller_has_limits_of_its_own_on_its_own_item() {
        Caller caller = new Caller(
                "abc", "tool", Caller.Kind.CLIENT, Set.of(), List.of(limit("d", List.of("all"), 1L, 50L, Unit.DAY)));
        Granted granted = granted(ledger.admitCaller(caller, new Reserve(10, 10), Duration.ofMinutes(1)));
        ledger.settle(granted, used(5, 5));

        assertThat(fixture.store.item("caller#abc").numbers().values()).containsExactlyInAnyOrder(1L, 1L, 10L);
        Admission second = ledger.admitCaller(caller, new Reserve(10, 10), Duration.ofMinutes(1));
        assertThat(denied(second).recovery().at()).isEqualTo(TOMORROW);
    }

    @Test
    void positions_count_up() {
        assertThat(ledger.position("a")).isEqualTo(OptionalLong.of(0));
        assertThat(fixture.ledger().position("a")).isEqualTo(OptionalLong.of(1));
        assertThat(ledger.position("b")).isEqualTo(OptionalLong.of(0));
    }

    @Test
    void the_standing_is_what_was_last_seen() {
        ProviderConfig provider = provider(limit("b", List.of("all"), 10L, 100L, Unit.DAY));
        SharedLedger other = fixture.ledger();
        granted(other.admit(fixture.ask(provider)));
        assertThat(fixture.standing(ledger, provider).fills())
                .extracting(Fill::used)
                .containsExactly(0L, 0L);

        ledger.refresh(List.of(provider));

        assertThat(fixture.standing(ledger, provider).fills())
                .containsExactly(
                        new Fill("b", "requests", 1, 10, TOMORROW), new Fill("b", "tokens", 30, 100, TOMORROW));
        assertThat(fixture.standing(ledger, provider).remaining()).isEqualTo(0.7);
    }
}
