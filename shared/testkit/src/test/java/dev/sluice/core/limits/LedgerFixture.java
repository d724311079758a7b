package dev.sluice.core.limits;

import dev.sluice.core.config.ConfigSnapshot;
import dev.sluice.core.config.PolicySwitches;
import dev.sluice.core.config.ProviderConfig;
import dev.sluice.core.config.RateLimitConfig;
import dev.sluice.core.config.RateLimitConfig.Unit;
import dev.sluice.core.config.RateLimitConfig.Window;
import dev.sluice.core.ports.Ledger.Admission;
import dev.sluice.core.ports.Ledger.Admission.Denied;
import dev.sluice.core.ports.Ledger.Admission.Granted;
import dev.sluice.core.ports.Ledger.Ask;
import dev.sluice.core.ports.Ledger.Cooldown;
import dev.sluice.core.ports.Ledger.Passage;
import dev.sluice.core.ports.Ledger.Reserve;
import dev.sluice.core.ports.Ledger.Settlement;
import dev.sluice.core.ports.Ledger.Standing;
import dev.sluice.core.ports.Ledger.Word;
import dev.sluice.core.resilience.StoreBreaker;
import dev.sluice.model.Failure;
import dev.sluice.model.Headers;
import dev.sluice.model.Usage;
import dev.sluice.testkit.FakeLimitStore;
import dev.sluice.testkit.VirtualTime;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/// One store, and processes with a ledger each over it.
final class LedgerFixture {
    static final String ITEM = "provider#p";
    static final Duration LIFETIME = Duration.ofMinutes(15);
    static final Word ILL = new Word.Ill(true, null);

    final VirtualTime time = new VirtualTime();
    final FakeLimitStore store = new FakeLimitStore();
    final ConfigSnapshot config = ConfigSnapshot.empty();
    private final SplittableRandom seeds = new SplittableRandom(7);

    /// Another process.
    SharedLedger ledger() {
        return new SharedLedger(store, new StoreBreaker(), time, seeds.split());
    }

    static ProviderConfig provider(RateLimitConfig... limits) {
        return new ProviderConfig(
                "p",
                "P",
                true,
                Map.of(),
                null,
                null,
                Headers.NONE,
                false,
                1,
                true,
                List.of(),
                List.of(limits),
                PolicySwitches.NONE);
    }

    static RateLimitConfig requests(String id, long cap, Unit unit) {
        return limit(id, List.of("all"), cap, null, unit);
    }

    static RateLimitConfig tokens(String id, long cap, Unit unit) {
        return limit(id, List.of("all"), null, cap, unit);
    }

    static RateLimitConfig limit(String id, List<String> models, Long requests, Long tokens, Unit unit) {
        return new RateLimitConfig(id, id, models, requests, tokens, null, new Window(unit, 1), BigDecimal.ZERO);
    }

    Ask ask(ProviderConfig provider, long prompt, long output) {
        return new Ask(config, provider, "m", new Reserve(prompt, output), Passage.CHECKED, LIFETIME);
    }

    Ask ask(ProviderConfig provider) {
        return ask(provider, 10, 20);
    }

    Ask overriding(ProviderConfig provider) {
        return new Ask(config, provider, "m", new Reserve(10, 20), Passage.OVERRIDDEN, LIFETIME);
    }

    static Granted granted(Admission admission) {
        if (admission instanceof Granted granted) {
            return granted;
        }
        throw new AssertionError("not granted: " + admission);
    }

    static Denied denied(Admission admission) {
        if (admission instanceof Denied denied) {
            return denied;
        }
        throw new AssertionError("not denied: " + admission);
    }

    /// How many of so many attempts in a row are granted.
    int grantedOf(int attempts, SharedLedger ledger, ProviderConfig provider) {
        int granted = 0;
        for (int i = 0; i < attempts; i++) {
            if (ledger.admit(ask(provider)) instanceof Granted) {
                granted++;
            }
        }
        return granted;
    }

    static Settlement used(long input, long output) {
        return new Settlement(true, Usage.of(input, output), Word.NOTHING);
    }

    static Settlement said(Word word) {
        return new Settlement(true, null, word);
    }

    static Word.Ill cooling(Duration length, Failure.Scope scope, boolean named) {
        return new Word.Ill(false, new Cooldown(length, scope, named, Failure.Category.RATE_LIMITED));
    }

    /// The number in the shared item under the only name that begins so.
    long shared(String prefix) {
        return store.item(ITEM).numbers().entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(prefix))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    long reservations() {
        return store.item(ITEM).texts().keySet().stream()
                .filter(StateNames::isReservation)
                .count();
    }

    Standing standing(SharedLedger ledger, ProviderConfig provider) {
        return ledger.standing(config, provider, "m");
    }

    Instant now() {
        return time.now();
    }
}
