package dev.sluice.core.ports;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Every accepted configuration document, oldest to newest. Numbers count up by one from 1; nothing is ever changed.
///
/// Documents are canonical text and were checked before they came here.
public interface ConfigVersions {
    /// The version in force; empty when nothing was ever configured.
    Optional<Version> head();

    Optional<Version> byNumber(long number);

    /// The newest versions first, at most that many.
    List<Version> history(int limit);

    /// Makes the document the new head, unless the head is no longer the expected version.
    ///
    /// @param expectedVersion the number of the head the writer has seen; 0 when there was none
    Write write(long expectedVersion, String document, String who, Instant when);

    /// One accepted document.
    ///
    /// @param who as the writer named itself
    record Version(long number, String document, String who, Instant when) {}

    /// What became of a write.
    sealed interface Write {
        record Written(Version version) implements Write {}

        /// Somebody else was faster.
        ///
        /// @param head the number of the head as it is now; 0 when there is none
        record Conflict(long head) implements Write {}
    }
}
