package dev.sluice.protocol.translate;

import dev.sluice.model.Block;
import dev.sluice.model.ChatRequest;
import dev.sluice.model.Mark;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The prompt-cache breakpoints that a target takes, at most four: of a surplus the earliest are left out, as the later
/// ones cover their prefixes. One per request; asked in the order in which the target reads.
public final class CacheBudget {
    private static final int MOST = 4;

    private int surplus;

    private CacheBudget(int surplus) {
        this.surplus = surplus;
    }

    /// For a client whose breakpoints are all written.
    public static CacheBudget unbounded() {
        return new CacheBudget(0);
    }

    public static CacheBudget of(ChatRequest request) {
        Stream<Mark> blocks = Stream.concat(
                        request.system().stream(), request.messages().stream().flatMap(turn -> turn.blocks().stream()))
                .flatMap(CacheBudget::marks);
        Stream<Mark> tools = request.tools().stream().map(tool -> tool.mark());
        long wished = Stream.concat(blocks, tools)
                .filter(mark -> mark.cache() != null)
                .count();
        int room = request.cache().topLevel() == null ? MOST : MOST - 1;
        return new CacheBudget((int) Math.max(0, wished - room));
    }

    private static Stream<Mark> marks(Block block) {
        Stream<Mark> own = Stream.of(block.mark());
        return block instanceof Block.ToolResult result
                ? Stream.concat(result.content().stream().map(Block::mark), own)
                : own;
    }

    /// The breakpoint of that mark, if it has one that is written.
    public Mark.@Nullable CacheTtl take(Mark mark) {
        if (mark.cache() != null && surplus > 0) {
            surplus--;
            return null;
        }
        return mark.cache();
    }
}
