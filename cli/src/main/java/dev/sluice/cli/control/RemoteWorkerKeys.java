package dev.sluice.cli.control;

import dev.sluice.cli.CommandFailure;
import dev.sluice.core.access.KeyJson;
import dev.sluice.core.access.WorkerKeyChange;
import dev.sluice.core.access.WorkerKeyChange.Changed;
import dev.sluice.core.access.WorkerKeyChange.Refused;
import dev.sluice.core.access.WorkerKeyChange.Why;
import dev.sluice.core.access.WorkerKeyJson;
import dev.sluice.core.access.WorkerKeyState;
import dev.sluice.core.ports.WorkerKeys;
import dev.sluice.model.Json;
import java.util.function.Function;

/// The master key's place in what the running `start` has open. Hashes cross the channel, never a key.
final class RemoteWorkerKeys implements WorkerKeys {
    private static final int TRIES = 32;

    private final ControlClient client;

    RemoteWorkerKeys(ControlClient client) {
        this.client = client;
    }

    @Override
    public WorkerKeyState state() {
        return WorkerKeyJson.decode(
                        client.ask(Json.object().put("op", KeyDesk.STATE).build()))
                .orElseThrow(() -> CommandFailure.failed("the running start did not say what it knows of the key"));
    }

    @Override
    public WorkerKeyChange change(Function<WorkerKeyState, WorkerKeyChange> rule) {
        for (int tries = 0; tries < TRIES; tries++) {
            WorkerKeyState before = state();
            WorkerKeyChange change = rule.apply(before);
            if (!(change instanceof Changed changed)) {
                return change;
            }
            switch (replace(before, changed)) {
                case KeyDesk.DONE -> {
                    return change;
                }
                case KeyDesk.IN_USE -> {
                    return new Refused(Why.KEY_IN_USE);
                }
                default -> {} // others were faster
            }
        }
        throw CommandFailure.failed("others change the master key all the time: try again");
    }

    private String replace(WorkerKeyState before, Changed changed) {
        return client.ask(Json.object()
                        .put("op", KeyDesk.REPLACE)
                        .put("before", WorkerKeyJson.encode(before))
                        .put("after", WorkerKeyJson.encode(changed.state()))
                        .put(
                                "keys",
                                Json.array(changed.keys().stream()
                                        .map(KeyJson::encode)
                                        .toList()))
                        .build())
                .text("result", "");
    }
}
