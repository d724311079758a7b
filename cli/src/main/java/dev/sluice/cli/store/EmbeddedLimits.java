package dev.sluice.cli.store;

import dev.sluice.core.limits.AdmitStep;
import dev.sluice.core.limits.CoolStep;
import dev.sluice.core.limits.SettleStep;
import dev.sluice.core.limits.StateItem;
import dev.sluice.core.limits.StateRules;
import dev.sluice.core.ports.LimitStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.h2.mvstore.MVMap;

/// State items and rotations of the process that has the embedded store open, in memory and in the file.
///
/// A step that was carried out is in the file before its reply: it outlives the process, however that ends. A power
/// failure may take back what came after the last [EmbeddedStore#sync]. Steps that wait together are written together.
final class EmbeddedLimits implements LimitStore {
    private final MVMap<String, String> keptItems;
    private final MVMap<String, Long> keptPositions;
    private final StoreWriter writer;
    private final Runnable commit;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, StateItem> items = new HashMap<>();
    private final Map<String, Long> positions = new HashMap<>();
    private final Set<String> changedItems = new HashSet<>();
    private final Set<String> changedPositions = new HashSet<>();

    /// @param commit hands what was put to the operating system
    /// @param notes told what of the file cannot be read
    EmbeddedLimits(
            MVMap<String, String> keptItems,
            MVMap<String, Long> keptPositions,
            StoreWriter writer,
            Runnable commit,
            Consumer<String> notes) {
        this.keptItems = keptItems;
        this.keptPositions = keptPositions;
        this.writer = writer;
        this.commit = commit;
        keptItems.forEach((name, text) -> items.put(name, read(name, text, notes)));
        positions.putAll(keptPositions);
    }

    private static StateItem read(String name, String text, Consumer<String> notes) {
        List<String> damaged = new ArrayList<>();
        StateItem item = StateItemJson.parse(text, damaged::add);
        if (!damaged.isEmpty()) {
            notes.accept("in the store, the limits of " + name + " are damaged: left out and counted anew: "
                    + String.join(", ", damaged));
        }
        return item;
    }

    @Override
    public Reply admit(AdmitStep step) {
        return change(step.item(), item -> StateRules.admit(item, step));
    }

    @Override
    public Reply settle(SettleStep step) {
        return change(step.item(), item -> StateRules.settle(item, step));
    }

    @Override
    public Reply cool(CoolStep step) {
        return change(step.item(), item -> StateRules.cool(item, step));
    }

    /// A step's rule.
    @FunctionalInterface
    private interface Rule {
        Reply of(StateItem item);
    }

    private Reply change(String name, Rule rule) {
        Reply reply;
        lock.lock();
        try {
            reply = rule.of(items.getOrDefault(name, StateItem.EMPTY));
            if (!(reply instanceof Reply.Done(StateItem after))) {
                return reply;
            }
            items.put(name, after);
            changedItems.add(name);
        } finally {
            lock.unlock();
        }
        return writer.write(this::writeChanged) ? reply : new Reply.Silent(true);
    }

    @Override
    public Reply read(String item) {
        lock.lock();
        try {
            return new Reply.Done(items.getOrDefault(item, StateItem.EMPTY));
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Position advance(String alias) {
        long position;
        lock.lock();
        try {
            position = positions.getOrDefault(alias, 0L);
            positions.put(alias, position + 1);
            changedPositions.add(alias);
        } finally {
            lock.unlock();
        }
        return writer.write(this::writeChanged) ? new Position.At(position) : new Position.Silent();
    }

    @Override
    public Position peek(String alias) {
        lock.lock();
        try {
            return new Position.At(positions.getOrDefault(alias, 0L));
        } finally {
            lock.unlock();
        }
    }

    /// On the writer's thread. What has failed is tried again with the next write.
    private void writeChanged() {
        Map<String, StateItem> nextItems = new HashMap<>();
        Map<String, Long> nextPositions = new HashMap<>();
        lock.lock();
        try {
            changedItems.forEach(name -> nextItems.put(name, items.get(name)));
            changedPositions.forEach(alias -> nextPositions.put(alias, positions.get(alias)));
            changedItems.clear();
            changedPositions.clear();
        } finally {
            lock.unlock();
        }
        if (nextItems.isEmpty() && nextPositions.isEmpty()) {
            return; // an earlier write took it along
        }
        boolean written = false;
        try {
            nextItems.forEach((name, item) -> keptItems.put(name, StateItemJson.format(item)));
            keptPositions.putAll(nextPositions);
            commit.run();
            written = true;
        } finally {
            if (!written) {
                markChanged(nextItems.keySet(), nextPositions.keySet());
            }
        }
    }

    private void markChanged(Set<String> itemsAgain, Set<String> positionsAgain) {
        lock.lock();
        try {
            changedItems.addAll(itemsAgain);
            changedPositions.addAll(positionsAgain);
        } finally {
            lock.unlock();
        }
    }
}
