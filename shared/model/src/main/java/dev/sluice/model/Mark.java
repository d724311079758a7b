package dev.sluice.model;

import org.jspecify.annotations.Nullable;

/// Where a part of a request stood in the client's body, and the prompt-cache breakpoint after it, if any.
///
/// @param path in the notation `messages[2].content[0]`; empty when the gateway made the part itself
public record Mark(String path, @Nullable CacheTtl cache) {
    public static final Mark NONE = new Mark("", null);

    /// How long a cached prefix shall live.
    public enum CacheTtl {
        FIVE_MINUTES,
        ONE_HOUR
    }

    public static Mark at(String path) {
        return new Mark(path, null);
    }
}
