package dev.sluice.core.limits;

import dev.sluice.core.limits.AdmitStep.Gate;
import dev.sluice.core.limits.Receipt.Booked;
import dev.sluice.core.limits.SettleStep.Breaker;
import dev.sluice.core.ports.Ledger.Cooldown;
import dev.sluice.core.ports.Ledger.Settlement;
import dev.sluice.core.ports.Ledger.Word;
import dev.sluice.core.ports.LimitStore.Reply;
import dev.sluice.core.ports.Time;
import dev.sluice.model.Failure;
import dev.sluice.model.Usage;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Brings settlements to the store; what it surely has not heard is kept and told later.
final class Settlements {
    private static final int MOST_TRIPS = 4;

    private final StoreCalls calls;
    private final Outbox outbox;
    private final Time time;

    Settlements(StoreCalls calls, Outbox outbox, Time time) {
        this.calls = calls;
        this.outbox = outbox;
        this.time = time;
    }

    /// @return whether the store answered, as far as it was asked
    boolean settle(Receipt receipt, Settlement settlement) {
        Instant now = time.now();
        Breaker breaker = breaker(receipt, settlement.word(), now);
        Gate gate = receipt.intent().gate();
        Seen seen = calls.seen(receipt.intent().item());
        if (gate != null && !(breaker instanceof Breaker.Unchanged) && seen.keepsAside(gate.model())) {
            seen.settleAside(gate.model(), breaker, now);
            breaker = Breaker.UNCHANGED;
        }
        boolean answered = send(new Settling(receipt, settlement.reached(), tokens(settlement), breaker, false), false);
        CoolStep cooling = cooling(receipt, settlement.word(), now);
        return cooling == null ? answered : cool(cooling, seen, answered) && answered;
    }

    private static @Nullable Long tokens(Settlement settlement) {
        Usage usage = settlement.usage();
        if (usage == null || !usage.isReported()) {
            return null;
        }
        return Math.max(0, Saturated.sum(usage.prompt(), usage.outputOr0()));
    }

    private static Breaker breaker(Receipt receipt, Word word, Instant now) {
        Gate gate = receipt.intent().gate();
        if (gate == null || gate.threshold() == 0) {
            return Breaker.UNCHANGED;
        }
        return switch (word) {
            case Word.Well _ -> receipt.showedFailures() ? new Breaker.Closed(gate.model()) : Breaker.UNCHANGED;
            case Word.Ill(boolean opensBreaker, Cooldown _)
            when opensBreaker ->
                new Breaker.Failed(
                        gate.model(), now.plus(Saturated.length(receipt.intent().open())));
            case Word.Ill _, Word.Nothing _ -> Settling.returned(receipt);
        };
    }

    private static @Nullable CoolStep cooling(Receipt receipt, Word word, Instant now) {
        Gate gate = receipt.intent().gate();
        if (gate == null
                || !(word instanceof Word.Ill(boolean _, Cooldown cooldown))
                || cooldown == null
                || cooldown.scope() == Failure.Scope.NONE) {
            return null;
        }
        String model = cooldown.scope() == Failure.Scope.MODEL ? gate.model() : null;
        Instant until = now.plus(Saturated.length(cooldown.length()));
        return new CoolStep(receipt.intent().item(), model, until, cooldown.category(), cooldown.named(), now);
    }

    /// @param answers false: the store has just been silent, and is not waited for again
    private boolean cool(CoolStep step, Seen seen, boolean answers) {
        String model = step.model();
        if (model != null && seen.keepsAside(model)) {
            seen.coolAside(model, step);
            return true;
        }
        if (!answers || calls.cool(step) instanceof Reply.Silent) {
            // told twice, it says the same
            seen.coolHere(step);
            outbox.add(new Outbox.Due.Cooling(step));
            return false;
        }
        return true;
    }

    /// @param isLate whether this process has taken note of it before
    private boolean send(Settling settling, boolean isLate) {
        Instant now = time.now();
        Seen seen = calls.seen(settling.receipt().intent().item());
        SettleStep step = settling.step(now);
        for (int trip = 0; step != null && trip < MOST_TRIPS; trip++) {
            switch (calls.settle(step)) {
                case Reply.Done _ -> step = null;
                case Reply.Refused(StateItem item) -> step = settling.after(step, item, now);
                case Reply.Silent(boolean perhapsDone) -> {
                    seen.settleHere(settling, isLate, now);
                    releaseTakes(settling, seen);
                    keep(step, settling, perhapsDone, seen);
                    return false;
                }
            }
        }
        releaseTakes(settling, seen);
        return true;
    }

    /// What it took by leave of this process alone is settled now, one way or the other.
    private static void releaseTakes(Settling settling, Seen seen) {
        if (settling.receipt().booked() == Booked.HERE) {
            seen.release(Seen.amounts(settling.receipt().intent().charges()));
        }
    }

    /// With a guard nothing is done twice; without one only what was surely not heard is told again.
    private void keep(SettleStep step, Settling settling, boolean perhapsDone, Seen seen) {
        if (step.guard() != null) {
            outbox.add(new Outbox.Due.Guarded(settling.told(step.breaker(), perhapsDone)));
            return;
        }
        if (!perhapsDone) {
            keep(step, seen);
        }
        if (Settling.returned(settling.receipt()) instanceof Breaker.ProbeReturned returned
                && !(step.breaker() instanceof Breaker.Unchanged)) {
            outbox.add(new Outbox.Due.Plain(new SettleStep(step.item(), new TreeMap<>(), null, returned, step.now())));
        }
    }

    /// What was used is merged with what waits already; what is given back, and a failure, waits for itself.
    private void keep(SettleStep step, Seen seen) {
        TreeMap<String, Long> used = new TreeMap<>(step.changes());
        used.values().removeIf(change -> change <= 0);
        if (!used.isEmpty() && outbox.add(step.item(), used, step.now())) {
            seen.hold(used, step.now());
        }
        TreeMap<String, Long> returned = new TreeMap<>(step.changes());
        returned.values().removeIf(change -> change >= 0);
        Breaker health = step.breaker() instanceof Breaker.Failed failed ? failed : Breaker.UNCHANGED;
        if (!returned.isEmpty() || health instanceof Breaker.Failed) {
            outbox.add(new Outbox.Due.Plain(new SettleStep(step.item(), returned, null, health, step.now())));
        }
    }

    /// Tells the store some of what it has not heard.
    ///
    /// @return false: it is silent
    boolean tell(int most) {
        boolean answers = true;
        for (int i = 0; answers && i < most; i++) {
            Outbox.Due due = outbox.poll(time.now());
            if (due == null) {
                return true;
            }
            answers = switch (due) {
                case Outbox.Due.Guarded(Settling settling) -> send(settling.later(time.now()), true);
                case Outbox.Due.Plain(SettleStep step) -> tell(step);
                case Outbox.Due.Cooling(CoolStep step) -> tell(step);
            };
        }
        return answers;
    }

    private boolean tell(SettleStep late) {
        Seen seen = calls.seen(late.item());
        SettleStep step = inTime(late, time.now());
        if (step == null) {
            return true;
        }
        switch (calls.settle(step)) {
            case Reply.Done _ -> release(step, seen);
            case Reply.Refused _ -> {
                SettleStep rest = Settling.withoutReturns(step);
                return rest == null || tell(rest);
            }
            case Reply.Silent(boolean perhapsDone) -> {
                release(step, seen);
                if (step.breaker() instanceof Breaker.ProbeReturned) {
                    // told twice, it says the same
                    outbox.add(new Outbox.Due.Plain(step));
                } else if (!perhapsDone) {
                    keep(step, seen);
                }
                return false;
            }
        }
        return true;
    }

    private static void release(SettleStep step, Seen seen) {
        Map<String, Long> used = new TreeMap<>(step.changes());
        used.values().removeIf(change -> change <= 0);
        seen.release(used);
    }

    /// Health that time has overtaken is not told any more, nor are windows that are over.
    private static @Nullable SettleStep inTime(SettleStep step, Instant now) {
        Breaker breaker =
                step.breaker() instanceof Breaker.Failed(String _, Instant openUntil) && !openUntil.isAfter(now)
                        ? Breaker.UNCHANGED
                        : step.breaker();
        TreeMap<String, Long> changes = new TreeMap<>(step.changes());
        changes.keySet().removeIf(counter -> Past.isOver(counter, now));
        return changes.isEmpty() && breaker instanceof Breaker.Unchanged
                ? null
                : new SettleStep(step.item(), changes, null, breaker, now);
    }

    private boolean tell(CoolStep step) {
        if (!step.until().isAfter(time.now())) {
            return true;
        }
        boolean answers = !(calls.cool(step) instanceof Reply.Silent);
        if (!answers) {
            outbox.add(new Outbox.Due.Cooling(step));
        }
        return answers;
    }
}
