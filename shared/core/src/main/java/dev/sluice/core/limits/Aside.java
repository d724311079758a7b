package dev.sluice.core.limits;

import dev.sluice.core.limits.AdmitStep.Gate;
import dev.sluice.core.limits.SettleStep.Breaker;
import dev.sluice.core.ports.Ledger.Admission.Denied;
import dev.sluice.core.ports.LimitStore.Reply;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The health of models for which the shared item has no room: kept by this process alone, and not without bound. Guarded
/// by whoever owns it.
final class Aside {
    private static final int MOST_SHARED = 300;
    private static final int MOST_MODELS = 1_000;

    private final LinkedHashSet<String> models = new LinkedHashSet<>();
    private StateItem item = StateItem.EMPTY;

    /// @param denied null: it may go
    /// @param showedFailures whether there is a row of failures to end
    /// @param probedAt when it is the one probe
    record Passage(
            @Nullable Denied denied,
            boolean showedFailures,
            @Nullable Instant probedAt) {
        static final Passage FREE = new Passage(null, false, null);
    }

    boolean holds(String model) {
        return knows(item, model);
    }

    boolean isNeededBeside(StateItem shared, String model) {
        return !knows(shared, model)
                && shared.numbers().keySet().stream()
                                .filter(StateNames::isHealthOfModel)
                                .count()
                        > MOST_SHARED;
    }

    private static boolean knows(StateItem item, String model) {
        return item.numbers().containsKey(StateNames.failures(model))
                || item.numbers().containsKey(StateNames.cooldown(model));
    }

    Passage pass(Gate gate, Instant now) {
        if (!knows(item, gate.model())) {
            return Passage.FREE;
        }
        Denied denied = gate.isEnforced() ? Denials.health(item, gate, now, true) : null;
        if (denied != null) {
            return new Passage(denied, false, null);
        }
        boolean isProbe = Denials.isHalfOpen(item, gate, now);
        boolean showedFailures = item.numbers().containsKey(StateNames.failures(gate.model()));
        take(StateRules.admit(item, new AdmitStep("", gate, List.of(), null, List.of(), List.of(), now)));
        return new Passage(null, showedFailures, isProbe ? now : null);
    }

    void settle(String model, Breaker breaker, Instant now) {
        makeRoom(model);
        take(StateRules.settle(item, new SettleStep("", new TreeMap<>(), null, breaker, now)));
    }

    void cool(String model, CoolStep step) {
        makeRoom(model);
        take(StateRules.cool(item, step));
    }

    private void take(Reply reply) {
        if (reply instanceof Reply.Done(StateItem after)) {
            item = after;
        }
    }

    /// The one whose health was told the longest ago makes room.
    private void makeRoom(String model) {
        models.remove(model);
        models.addLast(model);
        if (models.size() > MOST_MODELS) {
            String eldest = models.removeFirst();
            TreeMap<String, Long> numbers = new TreeMap<>(item.numbers());
            TreeMap<String, String> texts = new TreeMap<>(item.texts());
            numbers.keySet()
                    .removeAll(List.of(
                            StateNames.cooldown(eldest),
                            StateNames.failures(eldest),
                            StateNames.openUntil(eldest),
                            StateNames.probedAt(eldest)));
            texts.remove(StateNames.cause(StateNames.cooldown(eldest)));
            item = new StateItem(numbers, texts);
        }
    }

    /// The shared item with what is kept here.
    StateItem over(StateItem shared) {
        if (item.numbers().isEmpty()) {
            return shared;
        }
        TreeMap<String, Long> numbers = new TreeMap<>(item.numbers());
        numbers.putAll(shared.numbers());
        TreeMap<String, String> texts = new TreeMap<>(item.texts());
        texts.putAll(shared.texts());
        return new StateItem(numbers, texts);
    }
}
