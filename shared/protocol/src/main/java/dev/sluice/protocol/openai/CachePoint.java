package dev.sluice.protocol.openai;

import dev.sluice.model.Capabilities;
import dev.sluice.model.Json;
import dev.sluice.model.Mark;

/// Explicit cache breakpoints on content parts: `prompt_cache_breakpoint`.
public final class CachePoint {
    public static final String NAME = "prompt_cache_breakpoint";

    private CachePoint() {}

    /// The place and its cache breakpoint: the dialect's own, or the form that several gateways take over from Messages.
    public static Mark read(Json.Obj holder, String path) {
        Json.Obj own = holder.object(NAME);
        Json.Obj foreign = holder.object("cache_control");
        Json.Obj wish = own != null ? own : foreign;
        if (wish == null) {
            return Mark.at(path);
        }
        String ttl = wish.text("ttl");
        boolean isLong = ttl != null && !ttl.equals("5m");
        return new Mark(path, isLong ? Mark.CacheTtl.ONE_HOUR : Mark.CacheTtl.FIVE_MINUTES);
    }

    /// The part with its breakpoint, where the target knows them.
    public static Json.Obj write(Json.Obj part, Mark mark, Capabilities caps) {
        if (mark.cache() == null || !caps.promptCacheBreakpoint()) {
            return part;
        }
        Json.Builder breakpoint = Json.object().put("mode", "explicit");
        if (mark.cache() == Mark.CacheTtl.ONE_HOUR) {
            breakpoint.put("ttl", "12h");
        }
        return part.with(NAME, breakpoint.build());
    }
}
