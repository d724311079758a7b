package dev.sluice.cli.store;

import dev.sluice.core.access.Caller;
import dev.sluice.core.access.KeyRecord;
import dev.sluice.core.access.WorkerKeyChange;
import dev.sluice.core.access.WorkerKeyChange.Changed;
import dev.sluice.core.access.WorkerKeyChange.Refused;
import dev.sluice.core.access.WorkerKeyChange.Why;
import dev.sluice.core.access.WorkerKeyJson;
import dev.sluice.core.access.WorkerKeyState;
import dev.sluice.core.ports.WorkerKeys;
import dev.sluice.model.Json;
import dev.sluice.protocol.json.JsonText;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The master key's place in the embedded store, for one secret key. It is read once and kept in memory; a change is on
/// the disk when the method returns, and holds from then on. Thread-safe.
///
/// The hash that holds is also kept where an earlier version of Sluice looks for it, and is taken from there when such
/// a version has made the key.
public final class EmbeddedWorkerKeys implements WorkerKeys {
    private static final String STATE = "worker#";
    private static final String MASTER = "master#";
    private static final String FIRST = "first";
    private static final String NAME = "master";

    private final Map<String, String> kept;
    private final String fingerprint;
    private final EmbeddedKeys callers;
    private final Runnable commit;
    private final Map<String, KeyRecord> records = new ConcurrentHashMap<>();
    private volatile WorkerKeyState state;

    /// @param callers the clients' keys beside it
    /// @param commit brings what was put to the disk
    /// @param notes told when what is kept is damaged
    EmbeddedWorkerKeys(
            Map<String, String> kept,
            String fingerprint,
            EmbeddedKeys callers,
            Runnable commit,
            Consumer<String> notes) {
        this.kept = kept;
        this.fingerprint = fingerprint;
        this.callers = callers;
        this.commit = commit;
        this.state = read(kept.get(STATE + fingerprint), notes);
        Stream.of(state.current(), state.previous(), state.pending())
                .flatMap(Optional::stream)
                .forEach(this::know);
    }

    private void know(WorkerKeyState.Key key) {
        records.put(
                key.hash(),
                new KeyRecord(
                        key.hash(), NAME, Caller.Kind.MASTER, false, key.since(), key.until(), Set.of(), List.of()));
    }

    private WorkerKeyState read(@Nullable String text, Consumer<String> notes) {
        if (text == null) {
            return ofEarlierVersion();
        }
        Json.Obj object = JsonText.objectOrNull(text);
        return (object == null ? Optional.<WorkerKeyState>empty() : WorkerKeyJson.decode(object)).orElseGet(() -> {
            notes.accept("in the store, what is known of the master key's rotation is damaged: only the key that holds"
                    + " is left");
            return ofEarlierVersion();
        });
    }

    /// It kept one hash, and not since when.
    private WorkerKeyState ofEarlierVersion() {
        String hash = kept.get(MASTER + fingerprint);
        return hash == null ? WorkerKeyState.NONE : first(hash, Instant.EPOCH, Optional.empty());
    }

    private static WorkerKeyState first(String hash, Instant since, Optional<Instant> rotated) {
        return new WorkerKeyState(
                Optional.of(new WorkerKeyState.Key(FIRST, hash, since, null)),
                Optional.empty(),
                Optional.empty(),
                WorkerKeyState.USUAL_GRACE,
                rotated,
                List.of());
    }

    @Override
    public WorkerKeyState state() {
        return state;
    }

    /// Whether a key of that hash opens everything now. For every request: what is in memory answers.
    public boolean opens(String hash, Instant now) {
        return record(hash).filter(record -> record.isValid(now)).isPresent();
    }

    /// What a request with a key of that hash is known by.
    Optional<KeyRecord> record(String hash) {
        return Optional.ofNullable(records.get(hash));
    }

    /// The very first key, which nothing was before.
    public synchronized void begin(String hash, Instant now) {
        keep(first(hash, now, Optional.of(now)));
        state.current().ifPresent(this::know);
    }

    @Override
    public synchronized WorkerKeyChange change(Function<WorkerKeyState, WorkerKeyChange> rule) {
        WorkerKeyChange change = rule.apply(state);
        if (change instanceof Changed(WorkerKeyState after, var changed)) {
            if (!callers.among(changed.stream().map(KeyRecord::hash).collect(Collectors.toSet()))
                    .isEmpty()) {
                return new Refused(Why.KEY_IN_USE);
            }
            keep(after);
            changed.forEach(record -> records.put(record.hash(), record));
        }
        return change;
    }

    private void keep(WorkerKeyState next) {
        Map<String, String> values = new HashMap<>();
        values.put(STATE + fingerprint, JsonText.print(WorkerKeyJson.encode(next)));
        next.current().ifPresent(key -> values.put(MASTER + fingerprint, key.hash()));
        Kept.put(kept, values, commit);
        state = next;
    }
}
