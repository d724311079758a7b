package dev.sluice.protocol.translate;

import dev.sluice.model.Block;
import dev.sluice.model.Mark;
import dev.sluice.model.Message;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which result answers which call of a conversation: by id, or where the client gives none by the tool's name, then by order.
/// Providers that count ids anew each turn are why the latest turn with an open call of that id wins.
final class ToolPairs {
    private static final String NO_RESULT = "No result: the call was interrupted before the tool answered.";

    private final List<List<Call>> turns = new ArrayList<>();
    private final IdentityHashMap<Block.ToolCall, Call> calls = new IdentityHashMap<>();
    private final IdentityHashMap<Block.ToolResult, Call> answers = new IdentityHashMap<>();
    private final Map<String, List<Call>> openById = new HashMap<>();
    private final CallIds ids;

    private static final class Call {
        private final Block.ToolCall block;
        private final String id;
        private final int turn;
        private Block.@Nullable ToolResult result;

        Call(Block.ToolCall block, String id, int turn) {
            this.block = block;
            this.id = id;
            this.turn = turn;
        }
    }

    private ToolPairs(CallIds ids) {
        this.ids = ids;
    }

    static ToolPairs of(List<Message> messages, IdRules rules) {
        Set<String> chosen = new HashSet<>();
        messages.forEach(message -> message.blocks().forEach(block -> {
            if (block instanceof Block.ToolCall call) {
                chosen.add(call.id());
            }
        }));
        ToolPairs pairs = new ToolPairs(new CallIds(rules, chosen));
        for (Message message : messages) {
            pairs.turns.add(new ArrayList<>());
            message.blocks().forEach(pairs::note);
        }
        return pairs;
    }

    /// The call under its final id.
    Block.ToolCall call(Block.ToolCall block) {
        Call call = calls.get(block);
        return call == null || call.id.equals(block.id()) ? block : block.withId(call.id);
    }

    /// Whether the result answers a call, and therefore stands right after that call's turn.
    boolean isPaired(Block.ToolResult result) {
        return answers.containsKey(result);
    }

    /// The results of a turn's calls, in the order of the calls.
    List<Block> resultsOf(int turn) {
        List<Block> results = new ArrayList<>();
        for (Call call : turns.get(turn)) {
            Block.ToolResult result = call.result;
            if (result == null) {
                List<Block> words = List.of(new Block.Text(NO_RESULT));
                results.add(new Block.ToolResult(call.id, call.block.name(), words, true, Mark.NONE));
            } else {
                results.add(call.id.equals(result.callId()) ? result : result.withCallId(call.id));
            }
        }
        return results;
    }

    private void note(Block block) {
        if (block instanceof Block.ToolCall call) {
            int turn = turns.size() - 1;
            Call noted = new Call(call, ids.next(call), turn);
            calls.put(call, noted);
            turns.get(turn).add(noted);
            openById.computeIfAbsent(call.id(), id -> new ArrayList<>()).add(noted);
        } else if (block instanceof Block.ToolResult result) {
            Call call = result.callId().isEmpty() ? byName(result.toolName()) : byId(result.callId());
            if (call != null) {
                call.result = result;
                answers.put(result, call);
                openById.getOrDefault(call.block.id(), new ArrayList<>()).remove(call);
            }
        }
    }

    private @Nullable Call byId(String id) {
        List<Call> open = openById.getOrDefault(id, List.of());
        if (open.isEmpty()) {
            return null;
        }
        int latest = open.getLast().turn;
        for (Call call : open) {
            if (call.turn == latest) {
                return call;
            }
        }
        return null;
    }

    private @Nullable Call byName(@Nullable String name) {
        for (List<Call> turn : turns.reversed()) {
            for (Call call : turn) {
                if (call.result == null && (name == null || name.equals(call.block.name()))) {
                    return call;
                }
            }
        }
        return null;
    }
}
