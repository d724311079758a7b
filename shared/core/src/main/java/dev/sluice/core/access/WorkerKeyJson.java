package dev.sluice.core.access;

import dev.sluice.model.Json;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The state of the master key as JSON: the one form it has in every store. Fields of later versions are left alone.
public final class WorkerKeyJson {
    private WorkerKeyJson() {}

    public static Json.Obj encode(WorkerKeyState state) {
        return Json.object()
                .putIf("current", state.current().map(WorkerKeyJson::encode).orElse(null))
                .putIf("previous", state.previous().map(WorkerKeyJson::encode).orElse(null))
                .putIf("pending", state.pending().map(WorkerKeyJson::encode).orElse(null))
                .put("grace", state.grace().toString())
                .putIf("rotated", state.rotated().map(Instant::toString).orElse(null))
                .put("retired", Json.strings(state.retired()))
                .build();
    }

    private static Json encode(WorkerKeyState.Key key) {
        return Json.object()
                .put("version", key.version())
                .put("hash", key.hash())
                .put("since", key.since().toString())
                .putIf("until", key.until() == null ? null : key.until().toString())
                .build();
    }

    /// The state; empty when it cannot be read as a whole.
    public static Optional<WorkerKeyState> decode(Json.Obj object) {
        try {
            return Optional.of(new WorkerKeyState(
                    key(object, "current"),
                    key(object, "previous"),
                    key(object, "pending"),
                    Duration.parse(object.text("grace", "")),
                    Optional.ofNullable(instant(object, "rotated")),
                    retired(object)));
        } catch (DateTimeException damaged) {
            return Optional.empty();
        }
    }

    private static List<String> retired(Json.Obj object) {
        List<String> retired = new ArrayList<>();
        for (Json hash : object.items("retired")) {
            if (!(hash instanceof Json.Str(String text))) {
                throw new DateTimeException("retired");
            }
            retired.add(text);
        }
        return retired;
    }

    private static Optional<WorkerKeyState.Key> key(Json.Obj object, String name) {
        if (object.present(name) == null) {
            return Optional.empty();
        }
        Json.Obj key = object.object(name);
        String version = key == null ? "" : key.text("version", "");
        String hash = key == null ? "" : key.text("hash", "");
        Instant since = key == null ? null : instant(key, "since");
        if (key == null || version.isEmpty() || hash.isEmpty() || since == null) {
            throw new DateTimeException(name);
        }
        return Optional.of(new WorkerKeyState.Key(version, hash, since, instant(key, "until")));
    }

    private static @Nullable Instant instant(Json.Obj object, String name) {
        Json value = object.present(name);
        if (value == null) {
            return null;
        }
        return Instant.parse(value instanceof Json.Str(String text) ? text : "");
    }
}
