package dev.sluice.model;

import org.jspecify.annotations.Nullable;

/// Hints about prompt caching that are not tied to a block.
///
/// @param key a stable name of the conversation (`prompt_cache_key`)
/// @param topLevel a breakpoint for the whole request
public record CacheWish(@Nullable String key, Mark.@Nullable CacheTtl topLevel, Json.@Nullable Obj options) {
    public static final CacheWish NONE = new CacheWish(null, null, null);
}
