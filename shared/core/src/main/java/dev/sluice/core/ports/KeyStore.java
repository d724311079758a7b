package dev.sluice.core.ports;

import dev.sluice.core.access.Caller;

/// The keys that may call, by their hash.
public interface KeyStore {
    Lookup lookup(String keyHash);

    /// What the store knows of a key.
    sealed interface Lookup {
        record Found(Caller caller) implements Lookup {}

        /// No such key, or it is revoked or expired.
        record Unknown() implements Lookup {}

        /// The store did not answer and nothing recent is known: a 503, never a 401.
        record Unavailable() implements Lookup {}
    }
}
