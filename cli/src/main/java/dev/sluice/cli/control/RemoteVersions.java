package dev.sluice.cli.control;

import dev.sluice.cli.CommandFailure;
import dev.sluice.cli.store.VersionJson;
import dev.sluice.core.ports.ConfigVersions;
import dev.sluice.model.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The versions of the configuration that the running `start` has open.
final class RemoteVersions implements ConfigVersions {
    private final ControlClient client;

    RemoteVersions(ControlClient client) {
        this.client = client;
    }

    @Override
    public Optional<Version> head() {
        return version(client.ask(Json.object().put("op", "config.head").build()));
    }

    @Override
    public Optional<Version> byNumber(long number) {
        return version(client.ask(
                Json.object().put("op", "config.version").put("number", number).build()));
    }

    @Override
    public List<Version> history(int limit) {
        Json.Obj answer = client.ask(
                Json.object().put("op", "config.history").put("limit", limit).build());
        List<Version> versions = new ArrayList<>();
        for (Json item : answer.items("versions")) {
            if (item instanceof Json.Obj object) {
                VersionJson.decode(object).ifPresent(versions::add);
            }
        }
        return versions;
    }

    @Override
    public Write write(long expectedVersion, String document, String who, Instant when) {
        Json.Obj answer = client.ask(Json.object()
                .put("op", "config.write")
                .put("expected", expectedVersion)
                .put("document", document)
                .put("who", who)
                .put("when", when.toString())
                .build());
        Long conflict = answer.whole("conflict");
        return conflict != null
                ? new Write.Conflict(conflict)
                : new Write.Written(version(answer)
                        .orElseThrow(() -> CommandFailure.failed("the running start did not say what it wrote")));
    }

    private static Optional<Version> version(Json.Obj answer) {
        return Optional.ofNullable(answer.object("version")).flatMap(VersionJson::decode);
    }
}
