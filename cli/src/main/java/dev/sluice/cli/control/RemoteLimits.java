package dev.sluice.cli.control;

import dev.sluice.cli.store.StateItemJson;
import dev.sluice.core.ports.LimitStore.Reply;
import dev.sluice.model.Json;

/// The shared ledger's items in what the running `start` has open, to be read only.
final class RemoteLimits implements LimitReading {
    static final String OP = "limit.read";
    static final String ITEM = "item";

    private final ControlClient client;

    RemoteLimits(ControlClient client) {
        this.client = client;
    }

    /// Whatever of the item cannot be read is left out, as by the store itself.
    @Override
    public Reply read(String item) {
        String told = client.ask(Json.object().put("op", OP).put("name", item).build())
                .text(ITEM);
        return told == null ? new Reply.Silent(false) : new Reply.Done(StateItemJson.parse(told, _ -> {}));
    }
}
