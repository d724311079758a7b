package dev.sluice.cli.store;

import dev.sluice.core.access.WorkerKeyState;
import dev.sluice.model.Json;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The master key's state as JSON, in the store and on the control channel: hashes and times, never a key.
public final class WorkerKeyJson {
    private static final String CURRENT = "current";
    private static final String PREVIOUS = "previous";
    private static final String PENDING = "pending";
    private static final String GRACE = "graceSeconds";
    private static final String ROTATED = "rotated";

    private WorkerKeyJson() {}

    public static Json.Obj encode(WorkerKeyState state) {
        return Json.object()
                .putIf(CURRENT, state.current().map(WorkerKeyJson::key).orElse(null))
                .putIf(PREVIOUS, state.previous().map(WorkerKeyJson::key).orElse(null))
                .putIf(PENDING, state.pending().map(WorkerKeyJson::key).orElse(null))
                .put(GRACE, state.grace().toSeconds())
                .putIf(ROTATED, state.rotated().map(Instant::toString).orElse(null))
                .build();
    }

    private static Json.Obj key(WorkerKeyState.Key key) {
        return Json.object()
                .put("version", key.version())
                .put("hash", key.hash())
                .put("since", key.since().toString())
                .putIf("until", key.until() == null ? null : key.until().toString())
                .build();
    }

    /// The state; empty when any part of the object cannot be read.
    public static Optional<WorkerKeyState> decode(Json.Obj object) {
        Long grace = object.whole(GRACE);
        if (grace == null || grace < 0) {
            return Optional.empty();
        }
        try {
            return Optional.of(new WorkerKeyState(
                    key(object, CURRENT),
                    key(object, PREVIOUS),
                    key(object, PENDING),
                    Duration.ofSeconds(grace),
                    Optional.ofNullable(instant(object, ROTATED))));
        } catch (DateTimeParseException | IllegalArgumentException damaged) {
            return Optional.empty();
        }
    }

    private static Optional<WorkerKeyState.Key> key(Json.Obj state, String name) {
        if (state.present(name) == null) {
            return Optional.empty();
        }
        Json.Obj key = state.object(name);
        String version = key == null ? null : key.text("version");
        String hash = key == null ? null : key.text("hash");
        Instant since = key == null ? null : instant(key, "since");
        if (key == null || version == null || hash == null || since == null) {
            throw new IllegalArgumentException(name);
        }
        return Optional.of(new WorkerKeyState.Key(version, hash, since, instant(key, "until")));
    }

    private static @Nullable Instant instant(Json.Obj object, String name) {
        if (object.present(name) == null) {
            return null;
        }
        return Instant.parse(object.text(name, ""));
    }
}
