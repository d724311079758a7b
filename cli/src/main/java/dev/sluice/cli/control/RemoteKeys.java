package dev.sluice.cli.control;

import dev.sluice.core.access.KeyJson;
import dev.sluice.core.access.KeyRecord;
import dev.sluice.core.ports.KeyBook;
import dev.sluice.model.Json;
import java.util.ArrayList;
import java.util.List;

/// The callers' keys that the running `start` has open.
final class RemoteKeys implements KeyBook {
    private final ControlClient client;

    RemoteKeys(ControlClient client) {
        this.client = client;
    }

    @Override
    public boolean create(KeyRecord key) {
        return client.ask(Json.object()
                        .put("op", KeyDesk.CREATE)
                        .put("key", KeyJson.encode(key))
                        .build())
                .isTrue(KeyDesk.DONE);
    }

    @Override
    public List<KeyRecord> list() {
        Json.Obj answer = client.ask(Json.object().put("op", KeyDesk.LIST).build());
        List<KeyRecord> keys = new ArrayList<>();
        for (Json item : answer.items("keys")) {
            if (item instanceof Json.Obj object) {
                KeyJson.decode(object).ifPresent(keys::add);
            }
        }
        return keys;
    }

    @Override
    public boolean revoke(String name) {
        return client.ask(Json.object()
                        .put("op", KeyDesk.REVOKE)
                        .put("name", name)
                        .build())
                .isTrue(KeyDesk.DONE);
    }
}
