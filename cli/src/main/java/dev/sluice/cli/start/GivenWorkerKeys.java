package dev.sluice.cli.start;

import dev.sluice.cli.CommandFailure;
import dev.sluice.core.access.WorkerKeyChange;
import dev.sluice.core.access.WorkerKeyState;
import dev.sluice.core.ports.WorkerKeys;
import java.util.function.Function;

/// The master key of a `start` that was given one in `SLUICE_MASTER_KEY`: nothing of it is kept, so nothing of it can be
/// changed from elsewhere.
final class GivenWorkerKeys implements WorkerKeys {
    @Override
    public WorkerKeyState state() {
        throw refused();
    }

    @Override
    public WorkerKeyChange change(Function<WorkerKeyState, WorkerKeyChange> rule) {
        throw refused();
    }

    private static CommandFailure refused() {
        return CommandFailure.failed(
                "the running start goes by the key in its variable SLUICE_MASTER_KEY, which is kept"
                        + " nowhere: to rotate it, set the variable to another key and start again");
    }
}
