package dev.sluice.core.access;

import dev.sluice.core.access.WorkerKeyChange.Changed;
import dev.sluice.core.access.WorkerKeyChange.Refused;
import dev.sluice.core.access.WorkerKeyChange.Unchanged;
import dev.sluice.core.access.WorkerKeyChange.Why;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// How the master key's place changes: pure, the same for every store.
///
/// At most three keys are valid: the current one, the one before it until its grace is over, and a pending one.
public final class WorkerKeyRules {
    private WorkerKeyRules() {}

    /// The grace of the next promotion; later ones have the usual one again.
    public static WorkerKeyChange wish(WorkerKeyState state, Duration grace) {
        return state.grace().equals(grace) ? new Unchanged() : new Changed(state.withGrace(grace), List.of());
    }

    /// Lets the key in as the pending one, in place of another that is not decided. A repetition moves its end.
    public static WorkerKeyChange pend(WorkerKeyState state, String version, String hash, Instant now, Instant until) {
        if (state.current().filter(key -> key.version().equals(version)).isPresent()) {
            return new Unchanged();
        }
        if (state.isUsed(hash)) {
            return new Refused(Why.KEY_IN_USE);
        }
        Optional<WorkerKeyState.Key> before = state.pending();
        if (state.decided().isPresent()) {
            boolean same = state.decided().get().equals(version) && isHash(before, hash);
            return same ? new Unchanged() : new Refused(Why.ANOTHER_IS_DECIDED);
        }
        boolean again = isHash(before, hash)
                && before.filter(key -> key.version().equals(version)).isPresent();
        Instant since = again ? before.get().since() : now;
        WorkerKeyState.Key pending = new WorkerKeyState.Key(version, hash, since, until);
        List<KeyRecord> keys = new ArrayList<>();
        before.filter(key -> !key.hash().equals(hash))
                .ifPresent(key -> keys.add(key.record().revoke()));
        keys.add(pending.record());
        return new Changed(state.withPending(Optional.of(pending)), keys);
    }

    /// The pending key no longer ends by itself, and nothing takes its place: from here on it will be the one that holds.
    public static WorkerKeyChange decide(WorkerKeyState state, String version) {
        if (isVersion(state.current(), version) || state.decided().equals(Optional.of(version))) {
            return new Unchanged();
        }
        if (!isVersion(state.pending(), version)) {
            return new Refused(Why.NOT_PENDING);
        }
        WorkerKeyState.Key decided = state.pending().orElseThrow().until(null);
        return new Changed(state.withPending(Optional.of(decided)), List.of(decided.record()));
    }

    /// The pending key holds; the one before it lives on for the wished grace, and the one before that one no longer.
    public static WorkerKeyChange promote(WorkerKeyState state, String version, Instant now) {
        if (isVersion(state.current(), version)) {
            return new Unchanged();
        }
        if (!isVersion(state.pending(), version)) {
            return new Refused(Why.NOT_PENDING);
        }
        List<KeyRecord> keys = new ArrayList<>();
        WorkerKeyState.Key current =
                new WorkerKeyState.Key(version, state.pending().orElseThrow().hash(), now, null);
        keys.add(current.record());
        Optional<WorkerKeyState.Key> previous = state.current().map(key -> key.until(now.plus(state.grace())));
        previous.map(WorkerKeyState.Key::record).ifPresent(keys::add);
        state.previous()
                .filter(key -> key.lives(now))
                .map(key -> key.record().revoke())
                .ifPresent(keys::add);
        WorkerKeyState after = new WorkerKeyState(
                Optional.of(current),
                previous,
                Optional.empty(),
                WorkerKeyState.USUAL_GRACE,
                Optional.of(now),
                retired(state));
        return new Changed(after, keys);
    }

    /// Ends the pending key of that version, decided or not: it will never hold.
    public static WorkerKeyChange abandon(WorkerKeyState state, String version) {
        if (!isVersion(state.pending(), version)) {
            return new Refused(Why.NOT_PENDING);
        }
        KeyRecord ended = state.pending().orElseThrow().record().revoke();
        return new Changed(state.withPending(Optional.empty()), List.of(ended));
    }

    /// Ends the key before the current one.
    public static WorkerKeyChange revokePrevious(WorkerKeyState state, Instant now) {
        Optional<WorkerKeyState.Key> previous = state.previous().filter(key -> key.lives(now));
        if (previous.isEmpty()) {
            return new Refused(Why.NOT_ALIVE);
        }
        WorkerKeyState.Key ended = previous.get().until(now);
        return new Changed(state.withPrevious(ended), List.of(ended.record().revoke()));
    }

    private static List<String> retired(WorkerKeyState state) {
        List<String> retired = new ArrayList<>(state.retired());
        state.current().ifPresent(key -> retired.addFirst(key.hash()));
        return retired;
    }

    private static boolean isHash(Optional<WorkerKeyState.Key> key, String hash) {
        return key.filter(one -> one.hash().equals(hash)).isPresent();
    }

    private static boolean isVersion(Optional<WorkerKeyState.Key> key, String version) {
        return key.filter(one -> one.version().equals(version)).isPresent();
    }
}
