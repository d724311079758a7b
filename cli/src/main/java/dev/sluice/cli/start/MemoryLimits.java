package dev.sluice.cli.start;

import dev.sluice.core.limits.AdmitStep;
import dev.sluice.core.limits.CoolStep;
import dev.sluice.core.limits.SettleStep;
import dev.sluice.core.limits.StateItem;
import dev.sluice.core.limits.StateRules;
import dev.sluice.core.ports.LimitStore;
import java.util.HashMap;
import java.util.Map;

/// State items in the memory of this process: what it does not keep, nobody shares. Thread-safe.
final class MemoryLimits implements LimitStore {
    private final Map<String, StateItem> items = new HashMap<>();
    private final Map<String, Long> positions = new HashMap<>();

    @Override
    public Reply admit(AdmitStep step) {
        return changed(step.item(), item -> StateRules.admit(item, step));
    }

    @Override
    public Reply settle(SettleStep step) {
        return changed(step.item(), item -> StateRules.settle(item, step));
    }

    @Override
    public Reply cool(CoolStep step) {
        return changed(step.item(), item -> StateRules.cool(item, step));
    }

    /// What a step makes of an item.
    private interface Rule {
        Reply of(StateItem item);
    }

    private synchronized Reply changed(String name, Rule rule) {
        Reply reply = rule.of(items.getOrDefault(name, StateItem.EMPTY));
        if (reply instanceof Reply.Done(StateItem after)) {
            items.put(name, after);
        }
        return reply;
    }

    @Override
    public synchronized Reply read(String item) {
        return new Reply.Done(items.getOrDefault(item, StateItem.EMPTY));
    }

    @Override
    public synchronized Position advance(String alias) {
        return new Position.At(positions.merge(alias, 1L, Long::sum) - 1);
    }

    @Override
    public synchronized Position peek(String alias) {
        return new Position.At(positions.getOrDefault(alias, 0L));
    }
}
