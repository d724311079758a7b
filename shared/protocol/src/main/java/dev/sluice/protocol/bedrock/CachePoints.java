package dev.sluice.protocol.bedrock;

import dev.sluice.model.Json;
import dev.sluice.model.Mark;
import dev.sluice.protocol.translate.CacheBudget;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Prompt-cache breakpoints: elements of their own, behind the one they end with.
final class CachePoints {
    private static final String NAME = "cachePoint";

    private final CacheBudget budget;
    private final boolean isTaken;

    /// @param isTaken whether the model takes any; one that takes none refuses the whole request for one
    CachePoints(CacheBudget budget, boolean isTaken) {
        this.budget = budget;
        this.isTaken = isTaken;
    }

    /// Adds the breakpoint of that mark, if it has one, behind what was written last. The list must hold something.
    void add(List<Json> items, Mark mark) {
        point(items, budget.take(mark));
    }

    void point(List<Json> items, Mark.@Nullable CacheTtl ttl) {
        boolean isSecond = !items.isEmpty() && items.getLast() instanceof Json.Obj last && last.has(NAME);
        if (!isTaken || ttl == null || items.isEmpty() || isSecond) {
            return;
        }
        Json.Builder point = Json.object().put("type", "default");
        point.when(ttl == Mark.CacheTtl.ONE_HOUR, p -> p.put("ttl", "1h"));
        items.add(Json.object().put(NAME, point.build()).build());
    }
}
