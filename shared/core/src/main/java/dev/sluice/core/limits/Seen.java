package dev.sluice.core.limits;

import dev.sluice.core.limits.AdmitStep.Gate;
import dev.sluice.core.limits.Buckets.Charge;
import dev.sluice.core.limits.SettleStep.Breaker;
import dev.sluice.core.ports.LimitStore.Reply;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// One item as this process knows it: as the store last told it, and what only happened here. Thread-safe; no method
/// waits.
final class Seen {
    private static final long FRESH_NANOS = Duration.ofSeconds(1).toNanos();

    private StateItem item = StateItem.EMPTY;
    private boolean isKnown;
    private Look look = new Look(0, 0);
    private long begun;
    private long lastEvent;
    /// The item as this process alone has led it on, since the store fell silent.
    private @Nullable StateItem local;
    /// What was used by leave of this process alone, and is not in the store.
    private final TreeMap<String, Long> own = new TreeMap<>();
    private final Aside aside = new Aside();

    /// A call that returns the item.
    ///
    /// @param event its place among all beginnings and ends of such calls
    record Look(long event, long nanos) {}

    synchronized Look begin(long nanos) {
        return new Look(++lastEvent, nanos);
    }

    /// A call has returned that item. Calls overlap, and may end in another order than the store took them in.
    synchronized void saw(StateItem newer, Look call) {
        if (isKnown && isOlder(newer, call)) {
            return;
        }
        item = newer;
        isKnown = true;
        look = new Look(++lastEvent, call.nanos());
        begun = call.event();
        local = null;
    }

    /// Of calls that overlap, the number of admissions tells; of as many admissions, the later beginning is the better
    /// guess. A call that began after the last one ended is newer, whatever stands in the item.
    private boolean isOlder(StateItem newer, Look call) {
        if (call.event() > look.event()) {
            return false;
        }
        long admissions = newer.number(StateNames.ADMISSIONS);
        long known = item.number(StateNames.ADMISSIONS);
        return admissions < known || (admissions == known && call.event() < begun);
    }

    /// The item, when the store told it less than a second ago.
    synchronized @Nullable StateItem fresh(long nanos) {
        return isKnown && local == null && nanos - look.nanos() < FRESH_NANOS ? item : null;
    }

    /// As the store last told it.
    synchronized StateItem item() {
        return item;
    }

    /// The item and what only happened here.
    synchronized StateItem view() {
        return aside.over(here());
    }

    private StateItem here() {
        if (local != null || own.isEmpty()) {
            return local == null ? item : local;
        }
        TreeMap<String, Long> numbers = new TreeMap<>(item.numbers());
        own.forEach((counter, amount) -> numbers.merge(counter, amount, Saturated::sum));
        return new StateItem(numbers, item.texts());
    }

    /// What of a counter was used by leave of this process alone.
    synchronized long elsewhere(String counter) {
        return own.getOrDefault(counter, 0L);
    }

    synchronized void hold(Map<String, Long> amounts, Instant now) {
        own.keySet().removeIf(counter -> Past.isOver(counter, now));
        amounts.forEach((counter, amount) -> own.merge(counter, Math.max(0, amount), Saturated::sum));
    }

    synchronized void release(Map<String, Long> amounts) {
        amounts.forEach((counter, amount) -> own.computeIfPresent(
                counter, (name, held) -> held <= Math.max(0, amount) ? null : held - Math.max(0, amount)));
    }

    /// What was decided here.
    ///
    /// @param item as it is afterwards
    record Decision(boolean passed, StateItem item) {}

    /// Admits by what this process knows, in the step that the rule makes of it.
    ///
    /// @param isOwn whether the store has surely not counted it
    synchronized Decision admitHere(Function<StateItem, AdmitStep> rule, boolean isOwn) {
        StateItem before = here();
        AdmitStep step = rule.apply(before);
        if (!(StateRules.admit(before, step) instanceof Reply.Done(StateItem after))) {
            return new Decision(false, before);
        }
        local = after;
        if (isOwn) {
            TreeMap<String, Long> amounts = new TreeMap<>();
            step.takes().forEach(take -> amounts.merge(take.counter(), take.amount(), Saturated::sum));
            hold(amounts, step.now());
        }
        return new Decision(true, after);
    }

    /// A settlement that the store has not heard.
    ///
    /// @param isLate whether it was noted here before: then only an item that the store has told since does not hold it
    synchronized void settleHere(Settling settling, boolean isLate, Instant now) {
        StateItem before = here();
        TreeMap<String, Long> numbers = new TreeMap<>(before.numbers());
        TreeMap<String, String> texts = new TreeMap<>(before.texts());
        Receipt receipt = settling.receipt();
        AdmitStep.Reservation reservation = receipt.reservation();
        boolean isGone = reservation != null && texts.remove(StateNames.reservation(reservation.id())) == null;
        if (isLate && isGone) {
            return;
        }
        boolean isCounted = receipt.booked() == Receipt.Booked.HERE || !isGone;
        for (Charge charge : receipt.intent().charges()) {
            long change =
                    isCounted || !charge.cap().isOfTokens() ? settling.correction(charge) : settling.actual(charge);
            numbers.merge(charge.cap().counter(), change, (held, d) -> Math.max(0, Saturated.sum(held, d)));
        }
        local = healthier(new StateItem(numbers, texts), settling.breaker(), now);
    }

    private static StateItem healthier(StateItem item, Breaker breaker, Instant now) {
        SettleStep step = new SettleStep("", new TreeMap<>(), null, breaker, now);
        return StateRules.settle(item, step) instanceof Reply.Done(StateItem after) ? after : item;
    }

    synchronized void coolHere(CoolStep step) {
        if (StateRules.cool(here(), step) instanceof Reply.Done(StateItem after)) {
            local = after;
        }
    }

    /// Whether that model's health stays in this process: clients choose models' names, and the item is full of them.
    synchronized boolean keepsAside(String model) {
        return aside.holds(model) || aside.isNeededBeside(item, model);
    }

    synchronized void settleAside(String model, Breaker breaker, Instant now) {
        aside.settle(model, breaker, now);
    }

    synchronized void coolAside(String model, CoolStep step) {
        aside.cool(model, step);
    }

    /// What of the model's health is kept aside lets an attempt through, or how not.
    synchronized Aside.Passage passAside(Gate gate, Instant now) {
        return aside.pass(gate, now);
    }

    /// For steps of which the counters matter alone.
    static Map<String, Long> amounts(List<Charge> charges) {
        TreeMap<String, Long> amounts = new TreeMap<>();
        charges.forEach(charge -> amounts.put(charge.cap().counter(), charge.amount()));
        return amounts;
    }
}
