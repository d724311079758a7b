package dev.sluice.cli.store;

import dev.sluice.core.access.WorkerKeyState;
import dev.sluice.core.ports.WorkerKeys;
import dev.sluice.model.Json;
import dev.sluice.protocol.json.JsonText;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
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

    private final Map<String, String> kept;
    private final String fingerprint;
    private final Runnable commit;
    private volatile WorkerKeyState state;

    /// @param commit brings what was put to the disk
    /// @param notes told when what is kept is damaged
    EmbeddedWorkerKeys(Map<String, String> kept, String fingerprint, Runnable commit, Consumer<String> notes) {
        this.kept = kept;
        this.fingerprint = fingerprint;
        this.commit = commit;
        this.state = read(kept.get(STATE + fingerprint), notes);
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
                rotated);
    }

    @Override
    public WorkerKeyState state() {
        return state;
    }

    /// Whether a key of that hash opens everything now. For every request: what is in memory answers.
    public boolean opens(String hash, Instant now) {
        WorkerKeyState seen = state;
        return Stream.of(seen.current(), seen.previous(), seen.pending())
                .flatMap(Optional::stream)
                .anyMatch(key -> key.hash().equals(hash) && lives(key, now));
    }

    private static boolean lives(WorkerKeyState.Key key, Instant now) {
        return key.until() == null || now.isBefore(key.until());
    }

    /// The very first key, which nothing was before.
    public synchronized void begin(String hash, Instant now) {
        keep(first(hash, now, Optional.of(now)));
    }

    @Override
    public synchronized void wish(Duration grace) {
        keep(new WorkerKeyState(state.current(), state.previous(), state.pending(), grace, state.rotated()));
    }

    @Override
    public synchronized void pend(String version, String hash, Instant now, Instant until) {
        if (isCurrent(version)
                || state.pending().filter(key -> isSame(key, version, hash)).isPresent()) {
            return;
        }
        WorkerKeyState.Key pending = new WorkerKeyState.Key(version, hash, now, until);
        keep(new WorkerKeyState(
                state.current(), state.previous(), Optional.of(pending), state.grace(), state.rotated()));
    }

    private static boolean isSame(WorkerKeyState.Key key, String version, String hash) {
        return key.version().equals(version) && key.hash().equals(hash);
    }

    private boolean isCurrent(String version) {
        return state.current().filter(key -> key.version().equals(version)).isPresent();
    }

    @Override
    public synchronized boolean promote(String version, Instant now) {
        if (isCurrent(version)) {
            return true;
        }
        Optional<WorkerKeyState.Key> pending =
                state.pending().filter(key -> key.version().equals(version) && lives(key, now));
        if (pending.isEmpty()) {
            return false;
        }
        WorkerKeyState.Key current =
                new WorkerKeyState.Key(version, pending.get().hash(), now, null);
        Optional<WorkerKeyState.Key> previous = state.current()
                .filter(key -> !key.hash().equals(current.hash()))
                .map(key -> new WorkerKeyState.Key(key.version(), key.hash(), key.since(), now.plus(state.grace())))
                .filter(key -> lives(key, now));
        keep(new WorkerKeyState(
                Optional.of(current), previous, Optional.empty(), WorkerKeyState.USUAL_GRACE, Optional.of(now)));
        return true;
    }

    @Override
    public synchronized boolean revokePrevious(Instant now) {
        boolean lived = state.previous().filter(key -> lives(key, now)).isPresent();
        if (state.previous().isPresent()) {
            keep(new WorkerKeyState(
                    state.current(), Optional.empty(), state.pending(), state.grace(), state.rotated()));
        }
        return lived;
    }

    private void keep(WorkerKeyState next) {
        kept.put(STATE + fingerprint, JsonText.print(WorkerKeyJson.encode(next)));
        next.current().ifPresent(key -> kept.put(MASTER + fingerprint, key.hash()));
        commit.run();
        state = next;
    }
}
