package dev.sluice.protocol.translate;

import dev.sluice.model.Answer;
import dev.sluice.model.Block;
import dev.sluice.model.StreamEvent;
import dev.sluice.model.StreamEvent.Opening;
import dev.sluice.model.TokenLogprob;
import java.util.List;
import java.util.function.Consumer;

/// Plays a whole answer as the stream it might have been: for upstreams that answer a streaming request with JSON.
public final class AnswerEvents {
    private AnswerEvents() {}

    public static void emit(Answer answer, Consumer<StreamEvent> out) {
        out.accept(new StreamEvent.Started(answer.id(), answer.model(), answer.created()));
        int index = 0;
        for (Block block : answer.blocks()) {
            if (!isEmpty(block)) {
                out.accept(new StreamEvent.BlockOpened(index, opening(block)));
                contents(block, index, out);
                out.accept(new StreamEvent.BlockClosed(index));
                index++;
            }
        }
        out.accept(new StreamEvent.UsageReported(answer.usage()));
        out.accept(new StreamEvent.Finished(answer.finish()));
    }

    /// Words that are not there: a stream has no event for them, so a whole answer has no block.
    static boolean isEmpty(Block block) {
        return switch (block) {
            case Block.Text text -> text.text().isEmpty() && text.citations().isEmpty();
            case Block.Refusal refusal -> refusal.text().isEmpty();
            case Block.Reasoning _, Block.ToolCall _ -> false;
            case Block.Image _, Block.Document _, Block.Audio _, Block.Video _, Block.EncryptedReasoning _ -> false;
            case Block.ToolResult _, Block.ServerToolCall _, Block.ServerToolResult _, Block.SearchResult _ -> false;
            case Block.GeneratedImage _, Block.Unmodelled _ -> false;
        };
    }

    private static Opening opening(Block block) {
        return switch (block) {
            case Block.Text _ -> Opening.TEXT;
            case Block.Refusal _ -> Opening.REFUSAL;
            case Block.Reasoning _ -> Opening.REASONING;
            case Block.ToolCall call ->
                new Opening.ToolCall(call.id(), call.name(), call.namespace(), call.kind(), call.signature());
            case Block.Image _, Block.Document _, Block.Audio _, Block.Video _, Block.EncryptedReasoning _ ->
                new Opening.Whole(block);
            case Block.ToolResult _, Block.ServerToolCall _, Block.ServerToolResult _, Block.SearchResult _ ->
                new Opening.Whole(block);
            case Block.GeneratedImage _, Block.Unmodelled _ -> new Opening.Whole(block);
        };
    }

    private static void contents(Block block, int index, Consumer<StreamEvent> out) {
        switch (block) {
            case Block.Text text -> {
                logprobs(index, text.logprobs(), out);
                text(index, text.text(), out);
                text.citations().forEach(citation -> out.accept(new StreamEvent.CitationDelta(index, citation)));
            }
            case Block.Refusal refusal -> {
                logprobs(index, refusal.logprobs(), out);
                text(index, refusal.text(), out);
            }
            case Block.Reasoning reasoning -> {
                text(index, reasoning.text(), out);
                if (reasoning.signature() != null) {
                    out.accept(new StreamEvent.SignatureDelta(index, reasoning.signature()));
                }
            }
            case Block.ToolCall call -> {
                if (!call.arguments().isEmpty()) {
                    out.accept(new StreamEvent.ArgumentsDelta(index, call.arguments()));
                }
            }
            case Block.Image _, Block.Document _, Block.Audio _, Block.Video _, Block.EncryptedReasoning _ -> {}
            case Block.ToolResult _, Block.ServerToolCall _, Block.ServerToolResult _, Block.SearchResult _ -> {}
            case Block.GeneratedImage _, Block.Unmodelled _ -> {}
        }
    }

    private static void logprobs(int index, List<TokenLogprob> tokens, Consumer<StreamEvent> out) {
        if (!tokens.isEmpty()) {
            out.accept(new StreamEvent.LogprobsDelta(index, tokens));
        }
    }

    private static void text(int index, String text, Consumer<StreamEvent> out) {
        if (!text.isEmpty()) {
            out.accept(new StreamEvent.TextDelta(index, text));
        }
    }
}
