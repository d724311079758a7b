package dev.sluice.protocol.anthropic;

import dev.sluice.model.Block;
import dev.sluice.model.ChatRequest;
import dev.sluice.model.Dialect;
import dev.sluice.model.Json;
import dev.sluice.model.Mark;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Writes prompt-cache breakpoints, at most as many as the dialect takes: of another dialect's surplus the earliest
/// are left out, as the later ones cover their prefixes. A Messages client's own are all written.
final class Breakpoints {
    private static final int MOST = 4;

    private int surplus;

    private Breakpoints(int surplus) {
        this.surplus = surplus;
    }

    static Breakpoints of(ChatRequest request) {
        if (request.client() == Dialect.ANTHROPIC) {
            return new Breakpoints(0);
        }
        Stream<Mark> blocks = Stream.concat(
                        request.system().stream(), request.messages().stream().flatMap(turn -> turn.blocks().stream()))
                .map(Block::mark);
        Stream<Mark> tools = request.tools().stream().map(tool -> tool.mark());
        long wished = Stream.concat(blocks, tools)
                .filter(mark -> mark.cache() != null)
                .count();
        int room = request.cache().topLevel() == null ? MOST : MOST - 1;
        return new Breakpoints((int) Math.max(0, wished - room));
    }

    /// Adds the breakpoint of that mark, if it has one, to the object.
    Json.Builder mark(Json.Builder object, Mark mark) {
        Mark.@Nullable CacheTtl ttl = mark.cache();
        if (ttl == null) {
            return object;
        }
        if (surplus > 0) {
            surplus--;
            return object;
        }
        return object.put(CacheControl.NAME, CacheControl.encode(ttl));
    }
}
