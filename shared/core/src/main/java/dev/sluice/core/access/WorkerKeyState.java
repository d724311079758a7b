package dev.sluice.core.access;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What is known of the master key and its rotation: hashes and times, never a key.
///
/// @param current the key that holds; empty until the first rotation has made one
/// @param previous the key before it, until its grace is over or it was revoked
/// @param pending stored by a rotation that has not ended
/// @param grace how long the next promotion lets the key before it live on
/// @param rotated when the last promotion was
public record WorkerKeyState(
        Optional<Key> current,
        Optional<Key> previous,
        Optional<Key> pending,
        Duration grace,
        Optional<Instant> rotated) {
    /// As long as the owner's tools may need to be told the new key.
    public static final Duration USUAL_GRACE = Duration.ofHours(24);

    /// Nothing was ever rotated.
    public static final WorkerKeyState NONE =
            new WorkerKeyState(Optional.empty(), Optional.empty(), Optional.empty(), USUAL_GRACE, Optional.empty());

    /// One key of the master's.
    ///
    /// @param version of the secret that holds it: the rotation's request token
    /// @param hash HMAC of the key, hex
    /// @param until null: without end
    public record Key(
            String version,
            String hash,
            Instant since,
            @Nullable Instant until) {}
}
