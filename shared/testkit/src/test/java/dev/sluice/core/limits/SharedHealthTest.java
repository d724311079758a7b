package dev.sluice.core.limits;

import static dev.sluice.core.limits.LedgerFixture.ILL;
import static dev.sluice.core.limits.LedgerFixture.ITEM;
import static dev.sluice.core.limits.LedgerFixture.cooling;
import static dev.sluice.core.limits.LedgerFixture.denied;
import static dev.sluice.core.limits.LedgerFixture.granted;
import static dev.sluice.core.limits.LedgerFixture.provider;
import static dev.sluice.core.limits.LedgerFixture.requests;
import static dev.sluice.core.limits.LedgerFixture.said;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.core.config.ProviderConfig;
import dev.sluice.core.config.RateLimitConfig.Unit;
import dev.sluice.core.ports.Ledger.Admission.Denied;
import dev.sluice.core.ports.Ledger.Admission.Granted;
import dev.sluice.core.ports.Ledger.Ask;
import dev.sluice.core.ports.Ledger.Passage;
import dev.sluice.core.ports.Ledger.Recovery;
import dev.sluice.core.ports.Ledger.Reserve;
import dev.sluice.core.ports.Ledger.Word;
import dev.sluice.model.Failure.Category;
import dev.sluice.model.Failure.Scope;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// Cooldowns and breakers shared by processes, and when the store need not be asked.
class SharedHealthTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final LedgerFixture fixture = new LedgerFixture();
    private final SharedLedger ledger = fixture.ledger();
    private final SharedLedger other = fixture.ledger();
    private final ProviderConfig provider = provider();

    private Granted admitted(SharedLedger by) {
        return granted(by.admit(fixture.ask(provider)));
    }

    private void fails(SharedLedger by, Word word) {
        by.settle(admitted(by), said(word));
    }

    private void open() {
        fails(ledger, ILL);
        fails(ledger, ILL);
    }

    @Test
    void without_buckets_and_seen_a_moment_ago_nobody_is_asked() {
        admitted(ledger);
        long calls = fixture.store.calls();
        fixture.time.advance(Duration.ofMillis(999));
        ledger.settle(admitted(ledger), said(Word.WELL));
        assertThat(fixture.store.calls()).isEqualTo(calls);

        fixture.time.advance(Duration.ofMillis(1));
        admitted(ledger);
        assertThat(fixture.store.calls()).isEqualTo(calls + 1);
    }

    @Test
    void a_clear_denial_seen_a_moment_ago_needs_no_call_either() {
        fails(ledger, cooling(MINUTE, Scope.MODEL, true));
        long calls = fixture.store.calls();

        assertThat(ledger.admit(fixture.ask(provider)))
                .isEqualTo(new Denied(
                        "cooldown", new Recovery(fixture.now().plus(MINUTE), true, Category.RATE_LIMITED), false));
        assertThat(fixture.store.calls()).isEqualTo(calls);
    }

    @Test
    void with_buckets_every_admission_is_a_call() {
        ProviderConfig limited = provider(requests("b", 9, Unit.DAY));
        granted(ledger.admit(fixture.ask(limited)));
        granted(ledger.admit(fixture.ask(limited)));

        assertThat(fixture.store.calls()).isEqualTo(2);
    }

    @Test
    void a_cooldown_is_everybodys() {
        fails(ledger, cooling(MINUTE, Scope.PROVIDER, false));

        Denied denied = denied(other.admit(fixture.ask(provider)));
        assertThat(denied.reason()).isEqualTo("cooldown");
        assertThat(denied.recovery()).isEqualTo(new Recovery(fixture.now().plus(MINUTE), false, Category.RATE_LIMITED));
    }

    @Test
    void a_cooldown_of_no_scope_is_none() {
        fails(ledger, cooling(MINUTE, Scope.NONE, true));

        admitted(ledger);
        admitted(other);
    }

    @Test
    void a_cooldown_is_overridden_when_asked() {
        fails(ledger, cooling(MINUTE, Scope.PROVIDER, false));

        granted(ledger.admit(fixture.overriding(provider)));
        granted(other.admit(fixture.overriding(provider)));
    }

    @Test
    void the_later_of_two_cooldowns_counts() {
        Granted granted = admitted(ledger);
        fails(ledger, cooling(MINUTE, Scope.PROVIDER, true));
        ledger.settle(granted, said(cooling(Duration.ofSeconds(5), Scope.MODEL, false)));

        Denied denied = denied(other.admit(fixture.ask(provider)));
        assertThat(denied.recovery().at()).isEqualTo(fixture.now().plus(MINUTE));
        assertThat(denied.recovery().named()).isTrue();
    }

    @Test
    void two_failures_in_a_row_of_any_process_open_the_breaker_for_all() {
        fails(ledger, ILL);
        admitted(other);
        fails(other, ILL);

        Denied denied = denied(fixture.ledger().admit(fixture.ask(provider)));
        assertThat(denied.reason()).isEqualTo("breaker-open");
        assertThat(denied.recovery())
                .isEqualTo(new Recovery(fixture.now().plusSeconds(30), false, Category.TEMPORARY_ERROR));
    }

    @Test
    void a_success_between_ends_the_row() {
        fails(ledger, ILL);
        fixture.time.advance(Duration.ofSeconds(2));
        ledger.settle(admitted(ledger), said(Word.WELL));
        fails(ledger, ILL);

        admitted(other);
        assertThat(fixture.shared("bf/")).isEqualTo(1);
    }

    @Test
    void a_half_open_breaker_has_one_probe_among_all() {
        open();
        fixture.time.advance(Duration.ofSeconds(30));

        Granted probe = admitted(ledger);
        assertThat(probe.probe()).isTrue();
        Denied denied = denied(other.admit(fixture.ask(provider)));
        assertThat(denied.reason()).isEqualTo("breaker-open");
        assertThat(denied.recovery().at()).isEqualTo(fixture.now().plusSeconds(240));

        ledger.settle(probe, said(Word.WELL));
        assertThat(admitted(other).probe()).isFalse();
        assertThat(fixture.store.item(ITEM).numbers()).containsOnlyKeys("rr");
    }

    @Test
    void a_half_open_breaker_is_asked_of_the_store_however_fresh_the_item() {
        open();
        fixture.time.advance(Duration.ofSeconds(30));
        Granted probe = admitted(ledger);
        denied(other.admit(fixture.ask(provider)));
        ledger.settle(probe, said(Word.NOTHING));

        assertThat(admitted(other).probe()).isTrue();
    }

    @Test
    void a_probe_that_failed_in_another_way_frees_its_place_too() {
        open();
        fixture.time.advance(Duration.ofSeconds(30));
        ledger.settle(admitted(ledger), said(cooling(Duration.ofSeconds(1), Scope.MODEL, true)));
        fixture.time.advance(Duration.ofSeconds(1));

        assertThat(admitted(other).probe()).isTrue();
    }

    @Test
    void a_probe_settled_late_does_not_free_the_next_ones_place() {
        open();
        fixture.time.advance(Duration.ofSeconds(30));
        Granted lost = admitted(ledger);
        fixture.time.advance(Duration.ofMinutes(4));
        admitted(other);
        ledger.settle(lost, said(Word.NOTHING));

        denied(fixture.ledger().admit(fixture.ask(provider)));
    }

    @Test
    void a_late_probes_tokens_are_settled_all_the_same() {
        ProviderConfig limited = provider(LedgerFixture.tokens("t", 1_000, Unit.DAY));
        open();
        fixture.time.advance(Duration.ofSeconds(30));
        Granted lost = granted(ledger.admit(fixture.ask(limited)));
        fixture.time.advance(Duration.ofMinutes(4));
        granted(other.admit(fixture.ask(limited)));
        ledger.settle(lost, LedgerFixture.used(1, 1));

        assertThat(fixture.shared("t/t/")).isEqualTo(32);
        assertThat(fixture.reservations()).isEqualTo(1);
    }

    @Test
    void what_is_an_hour_past_is_forgotten_by_an_admission() {
        fails(
                ledger,
                new Word.Ill(
                        true,
                        new dev.sluice.core.ports.Ledger.Cooldown(MINUTE, Scope.MODEL, true, Category.OVERLOADED)));
        fixture.time.advance(Duration.ofMinutes(62));
        Ask another =
                new Ask(fixture.config, provider, "n", new Reserve(1, 1), Passage.CHECKED, LedgerFixture.LIFETIME);
        granted(ledger.admit(another));
        granted(ledger.admit(another));

        assertThat(fixture.store.item(ITEM)).isEqualTo(StateItem.of(Map.of("rr", 2L), Map.of()));
    }

    @Test
    void very_many_models_are_not_all_kept_in_the_item() {
        for (int i = 0; i < 500; i++) {
            Granted granted = granted(ledger.admit(ask("model-" + i)));
            ledger.settle(granted, said(cooling(MINUTE, Scope.MODEL, true)));
            ledger.settle(granted(ledger.admit(ask("model-" + i, Passage.OVERRIDDEN))), said(ILL));
            ledger.settle(granted(ledger.admit(ask("model-" + i, Passage.OVERRIDDEN))), said(ILL));
        }

        assertThat(fixture.store.item(ITEM).numbers()).hasSizeBetween(300, 310);
        assertThat(denied(ledger.admit(ask("model-1"))).isLocal()).isFalse();
        Denied last = denied(ledger.admit(ask("model-499")));
        assertThat(last.isLocal()).isTrue();
        assertThat(last.reason()).isEqualTo("cooldown");
        assertThat(ledger.standing(fixture.config, provider, "model-499").failures())
                .isEqualTo(2);

        fixture.time.advance(MINUTE);
        Granted probe = granted(ledger.admit(ask("model-499")));
        assertThat(probe.probe()).isTrue();
        assertThat(denied(ledger.admit(ask("model-499"))).reason()).isEqualTo("breaker-open");
        ledger.settle(probe, said(Word.WELL));
        assertThat(granted(ledger.admit(ask("model-499"))).probe()).isFalse();
    }

    private Ask ask(String model) {
        return ask(model, Passage.CHECKED);
    }

    private Ask ask(String model, Passage passage) {
        return new Ask(fixture.config, provider, model, new Reserve(1, 1), passage, LedgerFixture.LIFETIME);
    }

    @Test
    void a_clock_that_jumps_back_leaves_a_cooldown_where_it_is_and_throws_nothing() {
        fixture.store.put(
                ITEM,
                StateItem.of(
                        Map.of("cd", Instant.parse("2026-11-21T00:10:00Z").toEpochMilli(), "q/b/hour1/1895000400", 7L),
                        Map.of("cw", "1;OVERLOADED;named")));

        Recovery recovery = denied(ledger.admit(fixture.ask(provider(requests("b", 5, Unit.HOUR)))))
                .recovery();

        assertThat(recovery)
                .isEqualTo(new Recovery(Instant.parse("2026-11-21T00:10:00Z"), false, Category.TEMPORARY_ERROR));
    }

    @Test
    void nonsense_in_an_item_is_read_safely() {
        TreeMap<String, Long> numbers = new TreeMap<>();
        for (String name : List.of("cd", "bf/m", "bo/m", "bp/m", "q/b/day1/1795219200", "t/b/day1/1795219200", "rr")) {
            numbers.put(name, 0L);
        }
        for (String odd : List.of(
                "q/",
                "q/b",
                "q/b/day1/x",
                "q/b/dayx/1",
                "t/b/month0/1",
                "q/b/week9/99999999999999999",
                "cd/",
                "bf/",
                "zz")) {
            numbers.put(odd, -3L);
        }
        Map<String, String> texts = Map.of(
                "r/",
                "",
                "r/a",
                "1;x",
                "r/b",
                "1;t/b/day1/1795219200=-99",
                "r/c",
                "x;t=1",
                "r/d",
                "1;t/b/day1/1795219200=9223372036854775807",
                "cw",
                "?");
        ProviderConfig limited = provider(LedgerFixture.limit("b", List.of("all"), 5L, 90L, Unit.DAY));
        for (long value : new long[] {Long.MIN_VALUE, -1, 0, 1, Long.MAX_VALUE}) {
            numbers.keySet().stream()
                    .filter(name -> numbers.getOrDefault(name, 0L) != -3L)
                    .toList()
                    .forEach(name -> {
                        TreeMap<String, Long> one = new TreeMap<>(numbers);
                        one.put(name, value);
                        fixture.store.put(ITEM, StateItem.of(one, texts));
                        SharedLedger fresh = fixture.ledger();
                        if (fresh.admit(fixture.ask(limited)) instanceof Granted granted) {
                            fresh.settle(granted, LedgerFixture.used(Long.MAX_VALUE, Long.MAX_VALUE));
                        }
                        assertThat(fixture.standing(fresh, limited).remaining()).isBetween(0.0, 1.0);
                    });
        }
    }
}
