package dev.sluice.cli.control;

import dev.sluice.cli.CommandFailure;
import dev.sluice.core.access.Caller;
import dev.sluice.core.access.KeyJson;
import dev.sluice.core.access.KeyRecord;
import dev.sluice.core.access.WorkerKeyChange;
import dev.sluice.core.access.WorkerKeyChange.Changed;
import dev.sluice.core.access.WorkerKeyChange.Refused;
import dev.sluice.core.access.WorkerKeyChange.Unchanged;
import dev.sluice.core.access.WorkerKeyChange.Why;
import dev.sluice.core.access.WorkerKeyJson;
import dev.sluice.core.access.WorkerKeyState;
import dev.sluice.model.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Answers the questions of [RemoteKeys] and [RemoteWorkerKeys].
final class KeyDesk {
    static final String CREATE = "key.create";
    static final String LIST = "key.list";
    static final String REVOKE = "key.revoke";
    static final String STATE = "worker-key.state";
    static final String REPLACE = "worker-key.replace";
    static final String DONE = "done";
    static final String IN_USE = "in-use";
    private static final String MOVED_ON = "moved-on";
    private static final int HASH = 64;

    private final Holdings holdings;

    KeyDesk(Holdings holdings) {
        this.holdings = holdings;
    }

    static boolean knows(String operation) {
        return List.of(CREATE, LIST, REVOKE, STATE, REPLACE).contains(operation);
    }

    Json.Obj answer(Json.Obj question) {
        return switch (question.text("op", "")) {
            case CREATE -> done(holdings.keys().create(key(question.object("key"), Caller.Kind.CLIENT)));
            case LIST -> list();
            case REVOKE -> done(holdings.keys().revoke(ControlDesk.text(question, "name")));
            case STATE -> WorkerKeyJson.encode(holdings.workerKeys().state());
            case REPLACE -> replace(question);
            default -> throw ControlDesk.unknown();
        };
    }

    private Json.Obj list() {
        return Json.object()
                .put(
                        "keys",
                        Json.array(holdings.keys().list().stream()
                                .map(KeyJson::encode)
                                .toList()))
                .build();
    }

    private static Json.Obj done(boolean done) {
        return Json.object().put(DONE, done).build();
    }

    private static KeyRecord key(Json.@Nullable Obj object, Caller.Kind kind) {
        return (object == null ? Optional.<KeyRecord>empty() : KeyJson.decode(object))
                .filter(key -> key.kind() == kind && key.hash().length() == HASH)
                .orElseThrow(() -> CommandFailure.failed("the question has no such key"));
    }

    /// The change holds only for the state that it was worked out on.
    private Json.Obj replace(Json.Obj question) {
        WorkerKeyState before = state(question, "before");
        Changed changed = new Changed(state(question, "after"), masters(question));
        WorkerKeyChange change = holdings.workerKeys().change(seen -> seen.equals(before) ? changed : new Unchanged());
        String result = switch (change) {
            case Changed _ -> DONE;
            case Unchanged _ -> MOVED_ON;
            case Refused(Why why) -> why == Why.KEY_IN_USE ? IN_USE : MOVED_ON;
        };
        return Json.object().put("result", result).build();
    }

    private static List<KeyRecord> masters(Json.Obj question) {
        List<KeyRecord> keys = new ArrayList<>();
        for (Json item : question.items("keys")) {
            keys.add(key(item instanceof Json.Obj object ? object : null, Caller.Kind.MASTER));
        }
        return keys;
    }

    private static WorkerKeyState state(Json.Obj question, String name) {
        Json.Obj object = question.object(name);
        return (object == null ? Optional.<WorkerKeyState>empty() : WorkerKeyJson.decode(object))
                .orElseThrow(() -> CommandFailure.failed("the question has no state " + name));
    }
}
