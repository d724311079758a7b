package dev.sluice.protocol.translate;

import dev.sluice.model.Block;
import java.util.HashSet;
import java.util.Set;

/// Gives every tool call of a request an id of its own that the target accepts. What it gives depends only on the calls up to
/// this one and on the ids the client chose, so that a growing conversation keeps its ids.
final class CallIds {
    private final IdRules rules;
    private final Set<String> chosen;
    private final Set<String> taken = new HashSet<>();
    private final Set<String> given = new HashSet<>();
    private int ordinal;

    /// @param chosen every id that the client itself uses: none of them is minted for another call
    CallIds(IdRules rules, Set<String> chosen) {
        this.rules = rules;
        this.chosen = chosen;
    }

    String next(Block.ToolCall call) {
        ordinal++;
        String id = call.id().isEmpty() ? minted(call) : call.id();
        if (!taken.add(id)) {
            id = another(id);
        }
        String legal = rules.legal(id);
        for (int n = 2; !given.add(legal); n++) {
            legal = rules.legal(id + "#" + n);
        }
        return legal;
    }

    private String minted(Block.ToolCall call) {
        return "call_" + ToolNames.hash(ordinal + "\n" + call.name() + "\n" + call.arguments());
    }

    private String another(String id) {
        for (int n = 2; ; n++) {
            String candidate = id + "_" + n;
            if (!chosen.contains(candidate) && taken.add(candidate)) {
                return candidate;
            }
        }
    }
}
