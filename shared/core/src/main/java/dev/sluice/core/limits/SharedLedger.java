package dev.sluice.core.limits;

import dev.sluice.core.access.Caller;
import dev.sluice.core.config.ConfigSnapshot;
import dev.sluice.core.config.ProviderConfig;
import dev.sluice.core.limits.AdmitStep.Gate;
import dev.sluice.core.limits.Buckets.Cap;
import dev.sluice.core.limits.Buckets.Charge;
import dev.sluice.core.limits.Receipt.Booked;
import dev.sluice.core.ports.Ledger;
import dev.sluice.core.ports.LimitStore;
import dev.sluice.core.ports.LimitStore.Reply;
import dev.sluice.core.ports.Time;
import dev.sluice.core.resilience.StoreBreaker;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;

/// The ledger of one process over a store that others share (ADMISSION.md).
///
/// One step in the store per admission, and none where no bucket holds and the item was seen less than a second ago. While
/// the store is silent the item as last seen decides, less what this process took since; what the store surely has not
/// heard is told when it answers again. Thread-safe; no lock is held while the store is asked.
public final class SharedLedger implements Ledger {
    private static final int TOLD_BEFORE_AN_ANSWER = 1;
    private static final int TOLD_AFTER_AN_ANSWER = 4;

    private final StoreCalls calls;
    private final Outbox outbox = new Outbox();
    private final Admissions admissions;
    private final Settlements settlements;
    private final Time time;

    /// @param random of which the names of reservations are made: no two processes may hold the same
    public SharedLedger(LimitStore store, StoreBreaker breaker, Time time, RandomGenerator random) {
        this.calls = new StoreCalls(store, breaker, time);
        this.settlements = new Settlements(calls, outbox, time);
        this.admissions = new Admissions(calls, outbox, settlements, time, random);
        this.time = time;
    }

    @Override
    public Admission admit(Ask ask) {
        return told(admissions.admit(intent(ask, time.now())));
    }

    @Override
    public Admission admitCaller(Caller caller, Reserve reserve, Duration lifetime) {
        List<Charge> charges = Buckets.charges(Buckets.matching(caller.limits(), null, time.now()), reserve);
        Intent intent = new Intent(itemOfCaller(caller.keyHash()), null, Duration.ZERO, charges, lifetime);
        if (charges.isEmpty()) {
            return new Admission.Granted(new Receipt(intent, Booked.NOWHERE, null, false, null), false, false);
        }
        return told(admissions.admit(intent));
    }

    private Admission told(Admission admission) {
        boolean isLocal = switch (admission) {
            case Admission.Granted granted -> granted.isLocal();
            case Admission.Denied denied -> denied.isLocal();
        };
        if (!isLocal && !outbox.isEmpty()) {
            settlements.tell(TOLD_BEFORE_AN_ANSWER);
        }
        return admission;
    }

    @Override
    public void settle(Admission.Granted granted, Settlement settlement) {
        if (granted.ticket() instanceof Receipt receipt
                && receipt.settleOnce()
                && settlements.settle(receipt, settlement)
                && !outbox.isEmpty()) {
            settlements.tell(TOLD_AFTER_AN_ANSWER);
        }
    }

    @Override
    public OptionalLong position(String alias) {
        return calls.position(alias);
    }

    @Override
    public OptionalLong peek(String alias) {
        return calls.peek(alias);
    }

    @Override
    public Standing standing(ConfigSnapshot config, ProviderConfig provider, String model) {
        Seen seen = calls.seen(item(provider));
        List<Cap> caps = Buckets.matching(provider.rateLimits(), model, time.now());
        return standing(seen.view(), caps, gate(config, model, true), seen.fresh(time.nanos()) != null, time.now());
    }

    /// @param isFresh whether the item is the store's own word of this moment
    static Standing standing(StateItem view, List<Cap> caps, Gate gate, boolean isFresh, Instant now) {
        List<Fill> fills = new ArrayList<>();
        for (Cap cap : caps) {
            fills.add(fill(view, cap));
        }
        int failures = Math.clamp(view.number(StateNames.failures(gate.model())), 0, Integer.MAX_VALUE);
        Recovery recovery = isFresh ? Denials.recovery(view, gate, now) : Denials.likelyRecovery(view, gate, now);
        return new Standing(fills, failures, recovery);
    }

    static Fill fill(StateItem view, Cap cap) {
        long used = Math.max(0, view.number(cap.counter()));
        return new Fill(cap.bucket(), cap.unit(), used, cap.most(), cap.resets());
    }

    @Override
    public void refresh(Collection<ProviderConfig> providers) {
        flush();
        for (ProviderConfig provider : providers) {
            if (calls.read(item(provider)) instanceof Reply.Silent) {
                return;
            }
        }
    }

    /// Tells the store all that it has not heard, as far as it answers: before this process ends, and for previews.
    public void flush() {
        while (!outbox.isEmpty() && settlements.tell(TOLD_AFTER_AN_ANSWER)) {
            // each round takes some out
        }
    }

    /// How much of what the store should have heard was given up, because it was silent for too long.
    public long forgotten() {
        return outbox.forgotten();
    }

    private static Intent intent(Ask ask, Instant now) {
        List<Cap> caps = Buckets.matching(ask.provider().rateLimits(), ask.model(), now);
        return new Intent(
                item(ask.provider()),
                gate(ask.config(), ask.model(), ask.passage() == Passage.CHECKED),
                ask.config().breaker().open(),
                Buckets.charges(caps, ask.reserve()),
                ask.lifetime());
    }

    static Gate gate(ConfigSnapshot config, String model, boolean isEnforced) {
        Duration lease = config.timeouts().firstByte().plus(config.timeouts().idle());
        return new Gate(model, config.breaker().failures(), lease, isEnforced);
    }

    static String item(ProviderConfig provider) {
        return "provider#" + provider.id();
    }

    static String itemOfCaller(String keyHash) {
        return "caller#" + keyHash;
    }
}
