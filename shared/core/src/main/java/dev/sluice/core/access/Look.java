package dev.sluice.core.access;

import dev.sluice.core.config.ConfigSnapshot;
import dev.sluice.protocol.Outcome;
import java.util.Map;

/// What one request goes by, from its beginning to its end: the configuration, and what is known of its keys.
///
/// @param config a refusal when none can be used
/// @param stale whether the configuration may have changed since it was read (`x-sluice-state: stale-config`)
/// @param keys by hash
public record Look(Outcome<ConfigSnapshot> config, boolean stale, Map<String, Key> keys) {
    public Look {
        keys = Map.copyOf(keys);
    }

    /// What is known of a key; one that was not asked for is unknown.
    public Key key(String hash) {
        return keys.getOrDefault(hash, Key.UNKNOWN);
    }

    /// What is known of a key.
    public sealed interface Key {
        Unknown UNKNOWN = new Unknown();
        Unavailable UNAVAILABLE = new Unavailable();

        record Found(Caller caller) implements Key {}

        /// No such key, or it is revoked or expired.
        record Unknown() implements Key {}

        /// The store did not answer and nothing recent is known: a 503, never a 401.
        record Unavailable() implements Key {}
    }
}
