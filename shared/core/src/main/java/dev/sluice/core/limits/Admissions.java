package dev.sluice.core.limits;

import dev.sluice.core.limits.AdmitStep.Gate;
import dev.sluice.core.limits.AdmitStep.Reservation;
import dev.sluice.core.limits.Receipt.Booked;
import dev.sluice.core.ports.Ledger.Admission;
import dev.sluice.core.ports.Ledger.Admission.Denied;
import dev.sluice.core.ports.Ledger.Admission.Granted;
import dev.sluice.core.ports.LimitStore.Reply;
import dev.sluice.core.ports.Time;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Brings an admission to the store, or decides it here when the store is silent or need not be asked.
final class Admissions {
    private static final int MOST_TRIPS = 8;
    private static final int SWEPT_IN_PASSING = 8;
    private static final int SWEPT_IN_NEED = 32;

    private final StoreCalls calls;
    private final Outbox outbox;
    private final Settlements settlements;
    private final Time time;
    private final RandomGenerator random;

    Admissions(StoreCalls calls, Outbox outbox, Settlements settlements, Time time, RandomGenerator random) {
        this.calls = calls;
        this.outbox = outbox;
        this.settlements = settlements;
        this.time = time;
        this.random = random;
    }

    Admission admit(Intent intent) {
        if (intent.neverFits()) {
            return Denials.never();
        }
        Seen seen = calls.seen(intent.item());
        Gate gate = intent.gate();
        if (gate == null) {
            return byShared(intent, seen, Aside.Passage.FREE);
        }
        Aside.Passage passage = seen.passAside(gate, time.now());
        if (passage.denied() != null) {
            return passage.denied();
        }
        Admission admission = byShared(intent, seen, passage);
        if (admission instanceof Denied && passage.probedAt() != null) {
            SettleStep.Breaker returned = new SettleStep.Breaker.ProbeReturned(gate.model(), passage.probedAt());
            seen.settleAside(gate.model(), returned, time.now());
        }
        return admission;
    }

    private Admission byShared(Intent intent, Seen seen, Aside.Passage aside) {
        if (intent.charges().isEmpty()) {
            Admission known = withoutAsking(intent, seen, aside);
            if (known != null) {
                return known;
            }
        }
        return asked(intent, seen, aside);
    }

    /// What was seen a moment ago decides, where it leaves no doubt; whose the probe of a half-open breaker is, only the
    /// store knows.
    private @Nullable Admission withoutAsking(Intent intent, Seen seen, Aside.Passage aside) {
        StateItem item = intent.gate() == null ? StateItem.EMPTY : seen.fresh(time.nanos());
        if (item == null) {
            return null;
        }
        Instant now = time.now();
        Gate gate = intent.gate();
        if (gate != null && gate.isEnforced()) {
            Denied denied = Denials.health(item, gate, now, false);
            // the end of a lease is told by the store alone: the probe may have been returned
            if (denied != null) {
                return Denials.isHalfOpen(item, gate, now) && denied.reason().equals("breaker-open") ? null : denied;
            }
        }
        if (gate != null && Denials.isHalfOpen(item, gate, now)) {
            return null;
        }
        return granted(intent, Booked.NOWHERE, plain(intent, seen, now), item, aside, false);
    }

    private AdmitStep plain(Intent intent, Seen seen, Instant now) {
        return intent.step(id(), seen::elsewhere, now);
    }

    private String id() {
        synchronized (random) {
            return Long.toUnsignedString(random.nextLong(), 36) + Long.toUnsignedString(random.nextLong(), 36);
        }
    }

    private Admission asked(Intent intent, Seen seen, Aside.Passage aside) {
        Instant now = time.now();
        AdmitStep step = plain(intent, seen, now);
        if (isFullHere(step)) {
            // what waits to be told may be all that is in the way
            boolean answers = settlements.tell(1);
            step = plain(intent, seen, now);
            if (!answers) {
                return here(intent, seen, step, false, aside);
            }
        }
        step = inPassing(step, seen.item());
        for (int trip = 1; ; trip++) {
            if (isFullHere(step)) {
                return Denials.of(seen.item(), step, intent.charges(), true);
            }
            switch (calls.admit(step)) {
                case Reply.Done(StateItem item) -> {
                    return granted(intent, Booked.STORE, step, item, aside, false);
                }
                case Reply.Refused(StateItem item) -> {
                    AdmitStep again = passing(plain(intent, seen, time.now()), item);
                    if (again == null || trip == MOST_TRIPS) {
                        return Denials.of(item, step, intent.charges(), false);
                    }
                    step = again;
                }
                case Reply.Silent(boolean perhapsDone) -> {
                    return here(intent, seen, step, perhapsDone, aside);
                }
            }
        }
    }

    /// Whether what this process has let through by itself leaves no room, whatever the store holds.
    private static boolean isFullHere(AdmitStep step) {
        return step.takes().stream().anyMatch(take -> take.amount() > take.most());
    }

    private static AdmitStep inPassing(AdmitStep step, StateItem item) {
        List<Reservation> expired = Past.expired(item, step.now());
        return Intent.with(
                step,
                expired.subList(0, Math.min(SWEPT_IN_PASSING, expired.size())),
                Past.forgettable(item, step.gate(), step.now()));
    }

    /// The step that this item lets through: as it is (somebody else has swept), or with what has expired given back;
    /// null: there is none.
    private @Nullable AdmitStep passing(AdmitStep step, StateItem item) {
        if (passes(item, step)) {
            return step;
        }
        List<Reservation> expired = Past.expired(item, step.now());
        if (expired.isEmpty()) {
            return null;
        }
        // sweepers that begin at different places are seldom in each other's way
        int start = random(expired.size());
        List<Reservation> swept = new ArrayList<>();
        for (int i = 0; i < Math.min(SWEPT_IN_NEED, expired.size()); i++) {
            swept.add(expired.get((start + i) % expired.size()));
            AdmitStep sweeping = Intent.with(step, swept, List.of());
            if (passes(item, sweeping)) {
                return sweeping;
            }
        }
        return null;
    }

    private int random(int bound) {
        synchronized (random) {
            return random.nextInt(bound);
        }
    }

    private static boolean passes(StateItem item, AdmitStep step) {
        return StateRules.admit(item, step) instanceof Reply.Done;
    }

    /// By the item as last seen, less what this process took since.
    private Admission here(Intent intent, Seen seen, AdmitStep asked, boolean perhapsDone, Aside.Passage aside) {
        ToLongFunction<String> nowhereElse = counter -> 0;
        Reservation reservation = asked.reservation();
        AdmitStep plain = perhapsDone && reservation != null
                ? intent.step(reservation.id(), nowhereElse, asked.now())
                : intent.step(id(), nowhereElse, asked.now());
        Seen.Decision decision = seen.admitHere(
                item -> {
                    AdmitStep passing = passing(plain, item);
                    return passing == null ? plain : passing;
                },
                !perhapsDone);
        if (!decision.passed()) {
            giveBack(intent, asked, perhapsDone);
            return Denials.of(decision.item(), plain, intent.charges(), true);
        }
        return granted(intent, perhapsDone ? Booked.PERHAPS : booked(intent), plain, decision.item(), aside, true);
    }

    private static Booked booked(Intent intent) {
        return intent.charges().isEmpty() ? Booked.NOWHERE : Booked.HERE;
    }

    /// The store may have admitted what was refused here: its reservation tells, and takes it back.
    private void giveBack(Intent intent, AdmitStep asked, boolean perhapsDone) {
        if (perhapsDone && asked.reservation() != null) {
            Receipt receipt = new Receipt(intent, Booked.PERHAPS, asked.reservation(), false, null);
            outbox.add(new Outbox.Due.Guarded(new Settling(receipt, false, null, SettleStep.Breaker.UNCHANGED, false)));
        }
    }

    private static Granted granted(
            Intent intent, Booked booked, AdmitStep step, StateItem item, Aside.Passage aside, boolean isLocal) {
        Receipt receipt = Receipt.of(intent, booked, step, item, aside);
        return new Granted(receipt, receipt.probedAt() != null, isLocal);
    }
}
