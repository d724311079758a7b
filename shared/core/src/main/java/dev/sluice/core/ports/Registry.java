package dev.sluice.core.ports;

import dev.sluice.core.access.KeyRecord;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What every request needs of the store before it is routed, read in one go: the head of the configuration and keys.
///
/// A read sees everything that was written before it began. No method waits longer than 1.5 s, or throws for what the
/// store does. A key's record that is damaged is left out as if there were none, and the owner is told once.
public interface Registry {
    /// @param keyHashes of the keys that came with a request; may be empty
    Reading read(Set<String> keyHashes);

    /// What the store said.
    sealed interface Reading {
        /// @param head empty when nothing was ever configured
        /// @param keys by hash, revoked and expired ones too; without those that it does not know
        record Known(Optional<ConfigVersions.Version> head, Map<String, KeyRecord> keys) implements Reading {}

        /// Something that this version cannot read: a table of a later layout, a damaged head.
        ///
        /// @param keys by hash as in [Known], which count all the same; empty: they cannot be told either
        record Unreadable(String why, Optional<Map<String, KeyRecord>> keys) implements Reading {
            /// Nothing can be told.
            public Unreadable(String why) {
                this(why, Optional.empty());
            }
        }

        /// It did not answer.
        record Silent() implements Reading {}
    }
}
