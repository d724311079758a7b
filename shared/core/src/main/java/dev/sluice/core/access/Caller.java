package dev.sluice.core.access;

import dev.sluice.core.config.RateLimitConfig;
import java.util.List;
import java.util.Set;

/// Who asks.
///
/// @param keyHash the hash of the key it came with, hex
/// @param name for logs and books
/// @param allowedModels refs and aliases; empty: all
/// @param limits of its own, over all providers; empty: none
public record Caller(String keyHash, String name, Kind kind, Set<String> allowedModels, List<RateLimitConfig> limits) {
    public Caller {
        allowedModels = Set.copyOf(allowedModels);
        limits = List.copyOf(limits);
    }

    /// A caller without limits of its own.
    public Caller(String keyHash, String name, Kind kind, Set<String> allowedModels) {
        this(keyHash, name, kind, allowedModels, List.of());
    }

    /// The owner, a tool with its own key, or anyone (`--no-auth`).
    public enum Kind {
        MASTER,
        CLIENT,
        ANONYMOUS
    }

    public static final Caller ANONYMOUS = new Caller("", "anonymous", Kind.ANONYMOUS, Set.of());
}
