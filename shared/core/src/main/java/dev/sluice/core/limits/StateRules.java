package dev.sluice.core.limits;

import dev.sluice.core.limits.AdmitStep.Gate;
import dev.sluice.core.limits.AdmitStep.Reservation;
import dev.sluice.core.limits.AdmitStep.Take;
import dev.sluice.core.limits.SettleStep.Breaker;
import dev.sluice.core.ports.LimitStore.Reply;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/// What each step does to a state item (ADMISSION.md 3 to 5). Pure: the stores of one process apply it, the shared table
/// says the same in its update expressions, and one contract test holds both to it.
public final class StateRules {
    private StateRules() {}

    public static Reply admit(StateItem item, AdmitStep step) {
        return isAdmitted(item, step) ? new Reply.Done(admitted(item, step)) : new Reply.Refused(item);
    }

    private static boolean isAdmitted(StateItem item, AdmitStep step) {
        Gate gate = step.gate();
        if (gate != null && gate.isEnforced() && !passes(item, gate, step.now())) {
            return false;
        }
        Map<String, Long> swept = swept(step);
        for (Take take : step.takes()) {
            long room = Saturated.sum(
                    Saturated.difference(take.most(), take.amount()), swept.getOrDefault(take.counter(), 0L));
            boolean isAbsent = !item.numbers().containsKey(take.counter());
            if (take.amount() > take.most() || (!isAbsent && item.number(take.counter()) > room)) {
                return false;
            }
        }
        Reservation own = step.reservation();
        return (own == null || !holds(item, own)) && step.sweeps().stream().allMatch(sweep -> holds(item, sweep));
    }

    private static boolean holds(StateItem item, Reservation reservation) {
        return item.texts().containsKey(StateNames.reservation(reservation.id()));
    }

    /// Whether neither a cooldown nor the breaker stands in the way.
    static boolean passes(StateItem item, Gate gate, Instant now) {
        long time = now.toEpochMilli();
        boolean isCool =
                item.number(StateNames.cooldown()) > time || item.number(StateNames.cooldown(gate.model())) > time;
        return !isCool && breakerPasses(item, gate, time);
    }

    private static boolean breakerPasses(StateItem item, Gate gate, long time) {
        if (gate.threshold() == 0 || item.number(StateNames.failures(gate.model())) < gate.threshold()) {
            return true;
        }
        long openUntil = item.number(StateNames.openUntil(gate.model()));
        Long probedAt = item.numbers().get(StateNames.probedAt(gate.model()));
        boolean isFree = probedAt == null
                || probedAt < openUntil
                || probedAt <= time - Saturated.length(gate.lease()).toMillis();
        return openUntil <= time && isFree;
    }

    private static StateItem admitted(StateItem item, AdmitStep step) {
        TreeMap<String, Long> numbers = new TreeMap<>(item.numbers());
        TreeMap<String, String> texts = new TreeMap<>(item.texts());
        for (String name : step.forget()) {
            numbers.remove(name);
            texts.remove(name);
        }
        step.sweeps().forEach(sweep -> texts.remove(StateNames.reservation(sweep.id())));
        changes(step).forEach((counter, change) -> numbers.merge(counter, change, Saturated::sum));
        Reservation own = step.reservation();
        if (own != null) {
            texts.put(StateNames.reservation(own.id()), ReservationText.format(own));
        }
        Gate gate = step.gate();
        if (gate != null && numbers.containsKey(StateNames.failures(gate.model()))) {
            numbers.put(StateNames.probedAt(gate.model()), step.now().toEpochMilli());
        }
        numbers.merge(StateNames.ADMISSIONS, 1L, Saturated::sum);
        return new StateItem(numbers, texts);
    }

    /// What an admission changes, by counter: its takes less what it sweeps; nothing in windows that it forgets.
    public static Map<String, Long> changes(AdmitStep step) {
        Map<String, Long> changes = new TreeMap<>();
        step.takes().forEach(take -> changes.merge(take.counter(), take.amount(), Saturated::sum));
        swept(step)
                .forEach((counter, amount) -> changes.merge(counter, Saturated.difference(0, amount), Saturated::sum));
        return changes;
    }

    /// What an admission gives back of expired reservations, by counter.
    public static Map<String, Long> swept(AdmitStep step) {
        Map<String, Long> swept = new TreeMap<>();
        for (Reservation sweep : step.sweeps()) {
            sweep.amounts().forEach((counter, amount) -> {
                if (!step.forget().contains(counter)) {
                    swept.merge(counter, amount, Saturated::sum);
                }
            });
        }
        return swept;
    }

    public static Reply settle(StateItem item, SettleStep step) {
        if (!isSettled(item, step)) {
            return new Reply.Refused(item);
        }
        TreeMap<String, Long> numbers = new TreeMap<>(item.numbers());
        TreeMap<String, String> texts = new TreeMap<>(item.texts());
        step.changes().forEach((counter, change) -> numbers.merge(counter, change, Saturated::sum));
        if (step.guard() != null) {
            texts.remove(StateNames.reservation(step.guard()));
        }
        switch (step.breaker()) {
            case Breaker.Unchanged _ -> {}
            case Breaker.Failed(String model, Instant openUntil) -> {
                numbers.merge(StateNames.failures(model), 1L, Saturated::sum);
                numbers.put(StateNames.openUntil(model), openUntil.toEpochMilli());
            }
            case Breaker.Closed(String model) -> {
                numbers.remove(StateNames.failures(model));
                numbers.remove(StateNames.openUntil(model));
                numbers.remove(StateNames.probedAt(model));
            }
            case Breaker.ProbeReturned(String model, Instant _) -> numbers.remove(StateNames.probedAt(model));
        }
        return new Reply.Done(new StateItem(numbers, texts));
    }

    private static boolean isSettled(StateItem item, SettleStep step) {
        if (step.breaker() instanceof Breaker.ProbeReturned(String model, Instant probedAt)
                && item.number(StateNames.probedAt(model)) != probedAt.toEpochMilli()) {
            return false;
        }
        if (step.guard() != null) {
            return item.texts().containsKey(StateNames.reservation(step.guard()));
        }
        return step.changes().entrySet().stream()
                .allMatch(change -> change.getValue() >= 0
                        || item.number(change.getKey()) >= Saturated.difference(0, change.getValue()));
    }

    /// Never shortens.
    public static Reply cool(StateItem item, CoolStep step) {
        String name = step.model() == null ? StateNames.cooldown() : StateNames.cooldown(step.model());
        long until = step.until().toEpochMilli();
        if (item.number(name) >= until) {
            return new Reply.Refused(item);
        }
        TreeMap<String, Long> numbers = new TreeMap<>(item.numbers());
        TreeMap<String, String> texts = new TreeMap<>(item.texts());
        numbers.put(name, until);
        texts.put(StateNames.cause(name), cause(step));
        return new Reply.Done(new StateItem(numbers, texts));
    }

    /// Why a cooldown is there, as it is kept beside it.
    public static String cause(CoolStep step) {
        return step.until().toEpochMilli() + ";" + step.category().name() + (step.named() ? ";named" : "");
    }
}
