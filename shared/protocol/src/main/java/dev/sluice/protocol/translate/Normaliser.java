package dev.sluice.protocol.translate;

import dev.sluice.model.Block;
import dev.sluice.model.ChatRequest;
import dev.sluice.model.Mark;
import dev.sluice.model.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// Brings a decoded request into the normal form that every encoder relies on (PROTOCOL 2.1, invariants 1 to 4 and 6):
/// neighbouring turns of one role are one turn; every call is answered, right behind its turn and in the order of the calls;
/// no result is without a call; no text is empty; ids are unique and legal. A request that is in that form is the same
/// instance.
public final class Normaliser {
    private static final String ORPHAN = "The result of a tool call that is no longer part of this conversation:";

    private Normaliser() {}

    public static ChatRequest normalise(ChatRequest request, IdRules ids) {
        List<Message> turns = merged(request.messages());
        List<Message> paired = paired(turns, ToolPairs.of(turns, ids));
        List<Block.Text> system =
                request.system().stream().filter(text -> !text.text().isBlank()).toList();
        if (paired.equals(request.messages())
                && system.size() == request.system().size()) {
            return request;
        }
        return new ChatRequest.Builder(request).messages(paired).system(system).build();
    }

    private static List<Message> merged(List<Message> messages) {
        List<Message> turns = new ArrayList<>(messages.size());
        for (Message message : messages) {
            append(turns, message.withBlocks(withoutEmpty(message.blocks())));
        }
        return turns;
    }

    private static List<Message> paired(List<Message> turns, ToolPairs pairs) {
        List<Message> result = new ArrayList<>(turns.size());
        for (int turn = 0; turn < turns.size(); turn++) {
            Message message = turns.get(turn);
            List<Block> blocks = new ArrayList<>(message.blocks().size());
            for (Block block : message.blocks()) {
                if (block instanceof Block.ToolCall call) {
                    blocks.add(pairs.call(call));
                } else if (!(block instanceof Block.ToolResult answer)) {
                    blocks.add(block);
                } else if (!pairs.isPaired(answer)) {
                    blocks.add(new Block.Text(ORPHAN, Mark.at(answer.mark().path())));
                    blocks.addAll(answer.content());
                }
            }
            append(result, message.withBlocks(blocks));
            List<Block> answers = pairs.resultsOf(turn);
            if (!answers.isEmpty()) {
                append(result, answerTurn(turns, turn, answers));
            }
        }
        return result;
    }

    /// The results take the place of the user's next turn where there is one, so that its path and name stay.
    private static Message answerTurn(List<Message> turns, int turn, List<Block> answers) {
        Message next = turn + 1 < turns.size() ? turns.get(turn + 1) : null;
        return next != null && next.role() == Message.Role.USER
                ? next.withBlocks(answers)
                : new Message(Message.Role.USER, answers);
    }

    private static void append(List<Message> turns, Message message) {
        if (message.blocks().isEmpty()) {
            return;
        }
        Message last = turns.isEmpty() ? null : turns.getLast();
        if (last == null || !areOne(last, message)) {
            turns.add(message);
            return;
        }
        List<Block> joined = new ArrayList<>(last.blocks());
        joined.addAll(message.blocks());
        turns.set(turns.size() - 1, last.withBlocks(joined));
    }

    private static boolean areOne(Message last, Message next) {
        return last.role() == next.role()
                && last.role() != Message.Role.SYSTEM
                && Objects.equals(last.name(), next.name());
    }

    /// A breakpoint on an empty block moves to the block before it, where the same prefix ends.
    private static List<Block> withoutEmpty(List<Block> blocks) {
        List<Block> kept = new ArrayList<>(blocks.size());
        for (Block block : blocks) {
            if (!isEmpty(block)) {
                kept.add(cleaned(block));
            } else if (block.mark().cache() != null && !kept.isEmpty()) {
                Block before = kept.removeLast();
                kept.add(before.marked(
                        new Mark(before.mark().path(), block.mark().cache())));
            }
        }
        return kept;
    }

    private static Block cleaned(Block block) {
        if (!(block instanceof Block.ToolResult result)
                || result.content().stream().noneMatch(Normaliser::isEmpty)) {
            return block;
        }
        return new Block.ToolResult(
                result.callId(), result.toolName(), withoutEmpty(result.content()), result.isError(), result.mark());
    }

    private static boolean isEmpty(Block block) {
        return switch (block) {
            case Block.Text text -> text.text().isBlank();
            case Block.Refusal refusal -> refusal.text().isBlank();
            case Block.Reasoning reasoning -> reasoning.text().isEmpty() && reasoning.signature() == null;
            case Block.Image _, Block.Document _, Block.Audio _, Block.Video _, Block.EncryptedReasoning _ -> false;
            case Block.ToolCall _, Block.ToolResult _, Block.ServerToolCall _, Block.ServerToolResult _ -> false;
            case Block.SearchResult _, Block.GeneratedImage _, Block.Unmodelled _ -> false;
        };
    }
}
