package dev.sluice.testkit.rotation;

import dev.sluice.core.access.KeyRecord;
import dev.sluice.core.access.WorkerKeyChange;
import dev.sluice.core.access.WorkerKeyChange.Changed;
import dev.sluice.core.access.WorkerKeyState;
import dev.sluice.core.ports.WorkerKeys;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;

/// A place of the master key that is reached over crossings.
///
/// @param written told each record that was written
/// @param changed told the state before and after
record CrossedKeys(
        WorkerKeys inner,
        Crossings crossings,
        Consumer<KeyRecord> written,
        BiConsumer<WorkerKeyState, WorkerKeyState> changed)
        implements WorkerKeys {
    @Override
    public WorkerKeyState state() {
        return crossings.call(inner::state);
    }

    @Override
    public WorkerKeyChange change(Function<WorkerKeyState, WorkerKeyChange> rule) {
        return crossings.call(() -> {
            WorkerKeyState before = inner.state();
            WorkerKeyChange change = inner.change(rule);
            if (change instanceof Changed(WorkerKeyState after, var keys)) {
                keys.forEach(written);
                changed.accept(before, after);
            }
            return change;
        });
    }
}
