package dev.sluice.core.access;

import dev.sluice.core.config.RateLimitConfig;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A caller's key as it is kept: everything but the key.
///
/// @param hash HMAC of the key, hex
/// @param expires null: never
/// @param allowedModels refs and aliases; empty: all
/// @param limits of the caller's own
public record KeyRecord(
        String hash,
        String name,
        Caller.Kind kind,
        boolean revoked,
        Instant created,
        @Nullable Instant expires,
        Set<String> allowedModels,
        List<RateLimitConfig> limits) {
    public KeyRecord {
        allowedModels = Set.copyOf(allowedModels);
        limits = List.copyOf(limits);
    }

    public boolean isValid(Instant now) {
        return !revoked && (expires == null || now.isBefore(expires));
    }

    /// The same key, no longer valid.
    public KeyRecord revoke() {
        return new KeyRecord(hash, name, kind, true, created, expires, allowedModels, limits);
    }

    public Caller caller() {
        return new Caller(hash, name, kind, allowedModels, limits);
    }
}
