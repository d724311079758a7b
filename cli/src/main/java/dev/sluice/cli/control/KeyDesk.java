package dev.sluice.cli.control;

import dev.sluice.cli.CommandFailure;
import dev.sluice.cli.store.WorkerKeyJson;
import dev.sluice.core.access.Caller;
import dev.sluice.core.access.KeyJson;
import dev.sluice.core.access.KeyRecord;
import dev.sluice.model.Json;
import java.time.Duration;
import java.util.Optional;

/// Answers the questions of [RemoteKeys] and [RemoteWorkerKeys].
final class KeyDesk {
    private static final String MINE = "key.";
    private static final String MASTERS = "worker-key.";
    private static final int HASH = 64;

    private final Holdings holdings;

    KeyDesk(Holdings holdings) {
        this.holdings = holdings;
    }

    static boolean knows(String operation) {
        return operation.startsWith(MINE) || operation.startsWith(MASTERS);
    }

    Json.Obj answer(Json.Obj question) {
        return switch (question.text("op", "")) {
            case MINE + "create" -> done(holdings.keys().create(key(question)));
            case MINE + "list" ->
                Json.object()
                        .put(
                                "keys",
                                Json.array(holdings.keys().list().stream()
                                        .map(KeyJson::encode)
                                        .toList()))
                        .build();
            case MINE + "revoke" -> done(holdings.keys().revoke(ControlDesk.text(question, "name")));
            case MASTERS + "state" -> WorkerKeyJson.encode(holdings.workerKeys().state());
            case MASTERS + "wish" -> wish(question);
            case MASTERS + "pend" -> pend(question);
            case MASTERS + "promote" ->
                done(holdings.workerKeys()
                        .promote(ControlDesk.text(question, "version"), ControlDesk.when(question, "when")));
            case MASTERS + "revoke-previous" ->
                done(holdings.workerKeys().revokePrevious(ControlDesk.when(question, "when")));
            default -> throw ControlDesk.unknown();
        };
    }

    /// A client's: the master key has its own questions.
    private static KeyRecord key(Json.Obj question) {
        Json.Obj object = question.object("key");
        return (object == null ? Optional.<KeyRecord>empty() : KeyJson.decode(object))
                .filter(key -> key.kind() == Caller.Kind.CLIENT && key.hash().length() == HASH)
                .orElseThrow(() -> CommandFailure.failed("the question has no client's key"));
    }

    private Json.Obj wish(Json.Obj question) {
        long seconds = ControlDesk.number(question, "graceSeconds");
        if (seconds < 0) {
            throw CommandFailure.failed("the question has no grace");
        }
        holdings.workerKeys().wish(Duration.ofSeconds(seconds));
        return Json.Obj.EMPTY;
    }

    private Json.Obj pend(Json.Obj question) {
        String hash = ControlDesk.text(question, "hash");
        if (hash.length() != HASH) {
            throw CommandFailure.failed("the question has no hash");
        }
        holdings.workerKeys()
                .pend(
                        ControlDesk.text(question, "version"),
                        hash,
                        ControlDesk.when(question, "when"),
                        ControlDesk.when(question, "until"));
        return Json.Obj.EMPTY;
    }

    private static Json.Obj done(boolean done) {
        return Json.object().put("done", done).build();
    }
}
