package dev.sluice.core.access;

import java.util.Set;

/// Who asks.
///
/// @param keyHash the hash of the key it came with, hex
/// @param name for logs and books
/// @param allowedModels refs and aliases; empty: all
public record Caller(String keyHash, String name, Kind kind, Set<String> allowedModels) {
    /// The owner, a tool with its own key, or anyone (`--no-auth`).
    public enum Kind {
        MASTER,
        CLIENT,
        ANONYMOUS
    }

    public static final Caller ANONYMOUS = new Caller("", "anonymous", Kind.ANONYMOUS, Set.of());
}
