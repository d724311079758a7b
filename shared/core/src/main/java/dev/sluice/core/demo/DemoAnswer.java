package dev.sluice.core.demo;

import dev.sluice.model.Answer;
import dev.sluice.model.Block;
import dev.sluice.model.ChatRequest;
import dev.sluice.model.Finish;
import dev.sluice.model.Mark;
import dev.sluice.model.StreamEvent;
import dev.sluice.model.StreamEvent.ArgumentsDelta;
import dev.sluice.model.StreamEvent.BlockClosed;
import dev.sluice.model.StreamEvent.BlockOpened;
import dev.sluice.model.StreamEvent.Finished;
import dev.sluice.model.StreamEvent.Opening;
import dev.sluice.model.StreamEvent.Started;
import dev.sluice.model.StreamEvent.TextDelta;
import dev.sluice.model.StreamEvent.UsageReported;
import dev.sluice.model.Usage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the demo says to one request: some text, then perhaps a tool call. The same for the same request, but for ids.
record DemoAnswer(String model, String text, Block.@Nullable ToolCall call, Finish finish, Usage usage) {
    private static final int PIECE = 24;

    static DemoAnswer to(ChatRequest request, String token) {
        DemoScript script = new DemoScript(request);
        DemoTools.Choice choice = script.isAnsweringTool() ? null : DemoTools.choose(request, script.prompt());
        Block.ToolCall call = choice == null
                ? null
                : new Block.ToolCall(
                        "call_" + token,
                        choice.name(),
                        choice.namespace(),
                        choice.kind(),
                        choice.arguments(),
                        null,
                        Mark.NONE);
        String text = choice == null ? script.text() : "I will use the tool " + choice.name() + " for that.";
        return cut(request, text, call, tokens(script.promptCharacters()));
    }

    private static DemoAnswer cut(ChatRequest request, String text, Block.@Nullable ToolCall call, long promptTokens) {
        Long most = request.maxOutputTokens();
        if (call == null && most != null && tokens(text.length()) > most) {
            String start = text.substring(0, (int) Math.min(text.length(), Math.max(1, most * 4)));
            return new DemoAnswer(
                    request.model(), start, null, Finish.of(Finish.Reason.LENGTH), Usage.of(promptTokens, most));
        }
        long output = tokens(text.length()
                + (call == null ? 0 : call.name().length() + call.arguments().length()));
        Finish finish = Finish.of(call == null ? Finish.Reason.STOP : Finish.Reason.TOOL_CALLS);
        return new DemoAnswer(request.model(), text, call, finish, Usage.of(promptTokens, output));
    }

    /// About four characters make a token.
    static long tokens(long characters) {
        return Math.max(1, (characters + 3) / 4);
    }

    Answer whole(long now) {
        List<Block> blocks = new ArrayList<>();
        blocks.add(new Block.Text(text));
        if (call != null) {
            blocks.add(call);
        }
        return new Answer("", model, now, blocks, finish, usage);
    }

    List<StreamEvent> events(long now) {
        List<StreamEvent> events = new ArrayList<>();
        events.add(new Started("", model, now));
        events.add(new BlockOpened(0, Opening.TEXT));
        pieces(text).forEach(piece -> events.add(new TextDelta(0, piece)));
        events.add(new BlockClosed(0));
        if (call != null) {
            events.add(new BlockOpened(
                    1, new Opening.ToolCall(call.id(), call.name(), call.namespace(), call.kind(), null)));
            pieces(call.arguments()).forEach(piece -> events.add(new ArgumentsDelta(1, piece)));
            events.add(new BlockClosed(1));
        }
        events.add(new UsageReported(usage));
        events.add(new Finished(finish));
        return events;
    }

    /// Pieces that part no surrogate pair.
    private static List<String> pieces(String text) {
        List<String> pieces = new ArrayList<>();
        int from = 0;
        while (from < text.length()) {
            int to = Math.min(text.length(), from + PIECE);
            if (to < text.length() && Character.isHighSurrogate(text.charAt(to - 1))) {
                to++;
            }
            pieces.add(text.substring(from, to));
            from = to;
        }
        return pieces;
    }
}
