package dev.sluice.cli.control;

import dev.sluice.cli.secret.CredentialStore;
import dev.sluice.model.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// The credentials that the running `start` has open.
final class RemoteCredentials implements CredentialStore {
    private final ControlClient client;

    RemoteCredentials(ControlClient client) {
        this.client = client;
    }

    @Override
    public List<Entry> list() {
        Json.Obj answer = client.ask(Json.object().put("op", "credential.list").build());
        List<Entry> entries = new ArrayList<>();
        for (Json item : answer.items("credentials")) {
            if (item instanceof Json.Obj entry) {
                entries.add(new Entry(entry.text("name", ""), Instant.parse(entry.text("setAt", ""))));
            }
        }
        return entries;
    }

    @Override
    public boolean set(String name, String secret, Instant when) {
        return client.ask(Json.object()
                        .put("op", "credential.set")
                        .put("name", name)
                        .put("value", secret)
                        .put("when", when.toString())
                        .build())
                .isTrue("replaced");
    }

    @Override
    public boolean remove(String name) {
        return client.ask(Json.object()
                        .put("op", "credential.remove")
                        .put("name", name)
                        .build())
                .isTrue("removed");
    }

    @Override
    public boolean takeBack(String name, String secret) {
        return client.ask(Json.object()
                        .put("op", "credential.takeback")
                        .put("name", name)
                        .put("value", secret)
                        .build())
                .isTrue("removed");
    }
}
