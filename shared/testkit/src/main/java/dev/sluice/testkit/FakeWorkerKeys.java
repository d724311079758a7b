package dev.sluice.testkit;

import dev.sluice.core.access.Caller;
import dev.sluice.core.access.KeyRecord;
import dev.sluice.core.access.WorkerKeyChange;
import dev.sluice.core.access.WorkerKeyChange.Changed;
import dev.sluice.core.access.WorkerKeyChange.Refused;
import dev.sluice.core.access.WorkerKeyChange.Why;
import dev.sluice.core.access.WorkerKeyState;
import dev.sluice.core.ports.WorkerKeys;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The master key's place in memory, with the keys' records beside it. Thread-safe.
public final class FakeWorkerKeys implements WorkerKeys {
    private final Map<String, KeyRecord> records = new HashMap<>();
    private WorkerKeyState state = WorkerKeyState.NONE;

    /// The record under that hash.
    public synchronized Optional<KeyRecord> record(String hash) {
        return Optional.ofNullable(records.get(hash));
    }

    /// All that is kept.
    public synchronized Map<String, KeyRecord> records() {
        return Map.copyOf(records);
    }

    /// A key that stands there beside the master's.
    public synchronized void put(KeyRecord key) {
        records.put(key.hash(), key);
    }

    @Override
    public synchronized WorkerKeyState state() {
        return state;
    }

    @Override
    public synchronized WorkerKeyChange change(Function<WorkerKeyState, WorkerKeyChange> rule) {
        WorkerKeyChange change = rule.apply(state);
        if (change instanceof Changed(WorkerKeyState after, var keys)) {
            if (keys.stream().anyMatch(key -> isForeign(records.get(key.hash())))) {
                return new Refused(Why.KEY_IN_USE);
            }
            state = after;
            keys.forEach(key -> records.put(key.hash(), key));
        }
        return change;
    }

    private static boolean isForeign(@Nullable KeyRecord key) {
        return key != null && key.kind() != Caller.Kind.MASTER;
    }
}
