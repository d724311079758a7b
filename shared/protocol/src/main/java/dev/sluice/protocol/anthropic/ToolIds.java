package dev.sluice.protocol.anthropic;

import dev.sluice.protocol.translate.ToolNames;
import java.util.HashSet;
import java.util.Set;

/// Ids of tool calls as clients of this dialect accept them: word characters only, no two alike. One per answer.
final class ToolIds {
    private static final int LONGEST = 128;

    private final String answerId;
    private final Set<String> given = new HashSet<>();

    ToolIds(String answerId) {
        this.answerId = answerId;
    }

    String legal(String id) {
        String legal = id.isEmpty() ? minted() : ToolNames.legal(id, LONGEST);
        while (!given.add(legal)) {
            legal = minted();
        }
        return legal;
    }

    private String minted() {
        return "toolu_" + answerId + "_" + given.size();
    }
}
