package dev.sluice.aws.dynamodb;

import dev.sluice.core.limits.AdmitStep;
import dev.sluice.core.limits.AdmitStep.Gate;
import dev.sluice.core.limits.AdmitStep.Reservation;
import dev.sluice.core.limits.CoolStep;
import dev.sluice.core.limits.ReservationText;
import dev.sluice.core.limits.SettleStep;
import dev.sluice.core.limits.SettleStep.Breaker;
import dev.sluice.core.limits.StateNames;
import dev.sluice.core.limits.StateRules;
import java.time.Instant;
import java.util.Map;

/// The steps of `StateRules` as update expressions (ADMISSION.md 3 to 5).
final class StateUpdates {
    private StateUpdates() {}

    /// An admission.
    ///
    /// An expression cannot set an attribute only if another is there. So the mark of an admission while there are
    /// failures (`bp`), which makes one a probe, is set or left out as a whole; left out, a breaker that would need it
    /// refuses. Set without failures it would stay in the item for good, so then they have to be there.
    ///
    /// @param marks whether failures are thought to be there
    static Update admit(AdmitStep step, boolean marks) {
        Update update = new Update();
        Gate gate = step.gate();
        if (gate != null) {
            if (gate.isEnforced()) {
                requirePassage(update, gate, step.now(), marks);
            }
            if (marks && !step.forget().contains(StateNames.failures(gate.model()))) {
                update.require(update.isThere(StateNames.failures(gate.model())));
                update.set(StateNames.probedAt(gate.model()), step.now().toEpochMilli());
            }
        }
        Map<String, Long> swept = StateRules.swept(step);
        for (AdmitStep.Take take : step.takes()) {
            long room = take.most() - take.amount() + swept.getOrDefault(take.counter(), 0L);
            update.require(
                    "(" + update.isAbsent(take.counter()) + " OR " + update.isAtMost(take.counter(), room) + ")");
        }
        StateRules.changes(step).forEach(update::add);
        update.add(StateNames.ADMISSIONS, 1);
        Reservation own = step.reservation();
        if (own != null) {
            String name = StateNames.reservation(own.id());
            update.require(update.isAbsent(name));
            update.set(name, ReservationText.format(own));
        }
        for (Reservation sweep : step.sweeps()) {
            String name = StateNames.reservation(sweep.id());
            update.require(update.isThere(name));
            update.remove(name);
        }
        step.forget().forEach(update::remove);
        return update;
    }

    private static void requirePassage(Update update, Gate gate, Instant now, boolean mayProbe) {
        long time = now.toEpochMilli();
        for (String cooldown : new String[] {StateNames.cooldown(), StateNames.cooldown(gate.model())}) {
            update.require("(" + update.isAbsent(cooldown) + " OR " + update.isAtMost(cooldown, time) + ")");
        }
        if (gate.threshold() == 0) {
            return;
        }
        String failures = StateNames.failures(gate.model());
        String closed = update.isAbsent(failures) + " OR " + update.isLess(failures, gate.threshold());
        if (!mayProbe) {
            update.require("(" + closed + ")");
            return;
        }
        String openUntil = StateNames.openUntil(gate.model());
        String probedAt = StateNames.probedAt(gate.model());
        String isOver = "(" + update.isAbsent(openUntil) + " OR " + update.isAtMost(openUntil, time) + ")";
        String isFree = "(" + update.isAbsent(probedAt) + " OR " + update.isLess(probedAt, openUntil) + " OR "
                + update.isAtMost(probedAt, time - gate.lease().toMillis()) + ")";
        update.require("(" + closed + " OR (" + isOver + " AND " + isFree + "))");
    }

    static Update settle(SettleStep step) {
        Update update = new Update();
        step.changes().forEach(update::add);
        String guard = step.guard();
        if (guard != null) {
            update.require(update.isThere(StateNames.reservation(guard)));
            update.remove(StateNames.reservation(guard));
        } else {
            step.changes().forEach((counter, change) -> {
                if (change < 0) {
                    update.require(update.isAtLeast(counter, -change));
                }
            });
        }
        switch (step.breaker()) {
            case Breaker.Unchanged _ -> {}
            case Breaker.Failed(String model, Instant openUntil) -> {
                update.add(StateNames.failures(model), 1);
                update.set(StateNames.openUntil(model), openUntil.toEpochMilli());
            }
            case Breaker.Closed(String model) -> {
                update.remove(StateNames.failures(model));
                update.remove(StateNames.openUntil(model));
                update.remove(StateNames.probedAt(model));
            }
            case Breaker.ProbeReturned(String model, Instant probedAt) -> {
                update.require(update.is(StateNames.probedAt(model), probedAt.toEpochMilli()));
                update.remove(StateNames.probedAt(model));
            }
        }
        return update;
    }

    static Update cool(CoolStep step) {
        Update update = new Update();
        String cooldown = step.model() == null ? StateNames.cooldown() : StateNames.cooldown(step.model());
        long until = step.until().toEpochMilli();
        update.require("(" + update.isAbsent(cooldown) + " OR " + update.isLess(cooldown, until) + ")");
        update.set(cooldown, until);
        update.set(StateNames.cause(cooldown), StateRules.cause(step));
        return update;
    }
}
