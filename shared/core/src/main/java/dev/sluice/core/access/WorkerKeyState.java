package dev.sluice.core.access;

import dev.sluice.core.config.RateLimitConfig;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What is known of the master key and its rotation: hashes and times, never a key.
///
/// @param current the key that holds; empty until the first rotation has made one
/// @param previous the key before it, with the end of its grace, which may be over ([Key#lives])
/// @param pending stored by a rotation that has not ended; without an end once it is decided that it will hold
/// @param grace how long the next promotion lets the key before it live on
/// @param rotated when the last promotion was
/// @param retired hashes of the keys that held before, the latest first: they never hold again
public record WorkerKeyState(
        Optional<Key> current,
        Optional<Key> previous,
        Optional<Key> pending,
        Duration grace,
        Optional<Instant> rotated,
        List<String> retired) {
    private static final int MOST_RETIRED = 32;

    /// As long as the owner's tools may need to be told the new key.
    public static final Duration USUAL_GRACE = Duration.ofHours(24);

    /// Nothing was ever rotated.
    public static final WorkerKeyState NONE = new WorkerKeyState(
            Optional.empty(), Optional.empty(), Optional.empty(), USUAL_GRACE, Optional.empty(), List.of());

    private static final String NAME = "master";

    public WorkerKeyState {
        retired = retired.stream().limit(MOST_RETIRED).toList();
    }

    /// No key held before.
    public WorkerKeyState(
            Optional<Key> current,
            Optional<Key> previous,
            Optional<Key> pending,
            Duration grace,
            Optional<Instant> rotated) {
        this(current, previous, pending, grace, rotated, List.of());
    }

    /// One key of the master's.
    ///
    /// @param version of the secret that holds it: the rotation's request token
    /// @param hash HMAC of the key, hex
    /// @param until null: without end
    public record Key(
            String version,
            String hash,
            Instant since,
            @Nullable Instant until) {
        /// Whether calls with it succeed.
        public boolean lives(Instant now) {
            return until == null || now.isBefore(until);
        }

        Key until(@Nullable Instant other) {
            return new Key(version, hash, since, other);
        }

        /// The record by which callers with this key are known: the owner, without limits.
        KeyRecord record() {
            List<RateLimitConfig> none = List.of();
            return new KeyRecord(hash, NAME, Caller.Kind.MASTER, false, since, until, Set.of(), none);
        }
    }

    /// The pending key's version, when it is decided that it will be the one that holds.
    public Optional<String> decided() {
        return pending.filter(key -> key.until() == null).map(Key::version);
    }

    /// Whether a key with that hash holds, or held before.
    public boolean isUsed(String hash) {
        return retired.contains(hash)
                || current.filter(key -> key.hash().equals(hash)).isPresent();
    }

    WorkerKeyState withPending(Optional<Key> other) {
        return new WorkerKeyState(current, previous, other, grace, rotated, retired);
    }

    WorkerKeyState withPrevious(Key other) {
        return new WorkerKeyState(current, Optional.of(other), pending, grace, rotated, retired);
    }

    WorkerKeyState withGrace(Duration other) {
        return new WorkerKeyState(current, previous, pending, other, rotated, retired);
    }
}
