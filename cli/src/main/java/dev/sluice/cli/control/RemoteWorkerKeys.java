package dev.sluice.cli.control;

import dev.sluice.cli.CommandFailure;
import dev.sluice.cli.store.WorkerKeyJson;
import dev.sluice.core.access.WorkerKeyState;
import dev.sluice.core.ports.WorkerKeys;
import dev.sluice.model.Json;
import java.time.Duration;
import java.time.Instant;

/// The master key's place in what the running `start` has open. Hashes cross the channel, never a key.
final class RemoteWorkerKeys implements WorkerKeys {
    private final ControlClient client;

    RemoteWorkerKeys(ControlClient client) {
        this.client = client;
    }

    private static Json.Builder question(String verb) {
        return Json.object().put("op", "worker-key." + verb);
    }

    @Override
    public WorkerKeyState state() {
        return WorkerKeyJson.decode(client.ask(question("state").build()))
                .orElseThrow(() -> CommandFailure.failed("the running start did not say what it knows of the key"));
    }

    @Override
    public void wish(Duration grace) {
        client.ask(question("wish").put("graceSeconds", grace.toSeconds()).build());
    }

    @Override
    public void pend(String version, String hash, Instant now, Instant until) {
        client.ask(question("pend")
                .put("version", version)
                .put("hash", hash)
                .put("when", now.toString())
                .put("until", until.toString())
                .build());
    }

    @Override
    public boolean promote(String version, Instant now) {
        return client.ask(question("promote")
                        .put("version", version)
                        .put("when", now.toString())
                        .build())
                .isTrue("done");
    }

    @Override
    public boolean revokePrevious(Instant now) {
        return client.ask(
                        question("revoke-previous").put("when", now.toString()).build())
                .isTrue("done");
    }
}
