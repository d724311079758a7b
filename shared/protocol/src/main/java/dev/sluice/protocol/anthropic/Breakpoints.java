package dev.sluice.protocol.anthropic;

import dev.sluice.model.ChatRequest;
import dev.sluice.model.Dialect;
import dev.sluice.model.Json;
import dev.sluice.model.Mark;
import dev.sluice.protocol.translate.CacheBudget;
import org.jspecify.annotations.Nullable;

/// Writes prompt-cache breakpoints, of other dialects' no more than the dialect takes. A Messages client's own are all
/// written.
record Breakpoints(CacheBudget budget) {
    static Breakpoints of(ChatRequest request) {
        return new Breakpoints(
                request.client() == Dialect.ANTHROPIC ? CacheBudget.unbounded() : CacheBudget.of(request));
    }

    /// Adds the breakpoint of that mark, if it has one, to the object.
    Json.Builder mark(Json.Builder object, Mark mark) {
        Mark.@Nullable CacheTtl ttl = budget.take(mark);
        return ttl == null ? object : object.put(CacheControl.NAME, CacheControl.encode(ttl));
    }
}
