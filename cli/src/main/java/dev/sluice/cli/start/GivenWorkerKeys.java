package dev.sluice.cli.start;

import dev.sluice.cli.CommandFailure;
import dev.sluice.core.access.WorkerKeyState;
import dev.sluice.core.ports.WorkerKeys;
import java.time.Duration;
import java.time.Instant;

/// The master key of a `start` that was given one in `SLUICE_MASTER_KEY`: nothing of it is kept, so nothing of it can be
/// changed from elsewhere.
final class GivenWorkerKeys implements WorkerKeys {
    @Override
    public WorkerKeyState state() {
        throw refused();
    }

    @Override
    public void wish(Duration grace) {
        throw refused();
    }

    @Override
    public void pend(String version, String hash, Instant now, Instant until) {
        throw refused();
    }

    @Override
    public boolean promote(String version, Instant now) {
        throw refused();
    }

    @Override
    public boolean revokePrevious(Instant now) {
        throw refused();
    }

    private static CommandFailure refused() {
        return CommandFailure.failed(
                "the running start goes by the key in its variable SLUICE_MASTER_KEY, which is kept"
                        + " nowhere: to rotate it, set the variable to another key and start again");
    }
}
