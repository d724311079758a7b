package dev.sluice.protocol.ollama;

import dev.sluice.model.Block;
import dev.sluice.model.Failure;
import dev.sluice.model.Json;
import dev.sluice.model.StreamEvent;
import dev.sluice.model.StreamEvent.Opening;
import dev.sluice.model.TokenLogprob;
import dev.sluice.protocol.EventDecoder;
import dev.sluice.protocol.Frame;
import dev.sluice.protocol.json.JsonText;
import dev.sluice.protocol.translate.Logprobs;
import dev.sluice.protocol.translate.TokensAhead;
import dev.sluice.protocol.translate.ToolNames;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Lines to events. The line with `done` is the end; without it the answer is cut off.
final class LineDecoder implements EventDecoder {
    private final ToolNames names;
    private final TokensAhead ahead = new TokensAhead();
    private int next;
    private int calls;
    private @Nullable Opening open;
    private boolean started;
    private boolean ended;

    LineDecoder(ToolNames names) {
        this.names = names;
    }

    @Override
    public void feed(Frame frame, Consumer<StreamEvent> out) {
        if (ended || frame.kind() == Frame.Kind.FILLER) {
            return;
        }
        Json.Obj line = JsonText.objectOrNull(frame.data(), frame.dataFrom(), frame.dataTo());
        if (line == null) {
            fail(
                    Failure.Upstream.of(
                            Failure.Category.MALFORMED_ANSWER, "The provider sent a line that is not a JSON object."),
                    out);
            return;
        }
        String error = Lines.error(line);
        if (error != null) {
            fail(OllamaFailures.inStream(error), out);
            return;
        }
        if (!started) {
            started = true;
            out.accept(new StreamEvent.Started("", line.text("model", ""), Lines.created(line)));
        }
        Json.Obj message = line.object("message");
        List<TokenLogprob> tokens = Logprobs.read(line.items("logprobs"));
        said(message == null ? line : message, message == null ? "response" : "content", tokens, out);
        if (line.isTrue("done")) {
            done(line, out);
        }
    }

    private void said(Json.Obj message, String field, List<TokenLogprob> tokens, Consumer<StreamEvent> out) {
        String thinking = message.text("thinking", "");
        String text = message.text(field, "");
        List<Json> given = message.items("tool_calls");
        prose(Opening.REASONING, thinking, out);
        if (!text.isEmpty() || thinking.isEmpty() && given.isEmpty()) {
            // a line without words that says nothing else is about words to come
            ahead.add(tokens);
        }
        prose(Opening.TEXT, text, out);
        if (Opening.TEXT.equals(open)) {
            ahead.tell(next, out);
        }
        for (Json image : message.items("images")) {
            if (image instanceof Json.Str(String data)) {
                whole(OllamaAnswers.image(data), out);
            }
        }
        for (Json item : given) {
            if (item instanceof Json.Obj call) {
                call(OllamaAnswers.call(call, calls++, names), out);
            }
        }
    }

    private void prose(Opening kind, String text, Consumer<StreamEvent> out) {
        if (text.isEmpty()) {
            return;
        }
        if (!kind.equals(open)) {
            close(out);
            open = kind;
            out.accept(new StreamEvent.BlockOpened(next, kind));
        }
        if (kind.equals(Opening.TEXT)) {
            ahead.tell(next, out);
        }
        out.accept(new StreamEvent.TextDelta(next, text));
    }

    private void whole(Block block, Consumer<StreamEvent> out) {
        close(out);
        out.accept(new StreamEvent.BlockOpened(next, new Opening.Whole(block)));
        out.accept(new StreamEvent.BlockClosed(next++));
    }

    private void call(Block.ToolCall call, Consumer<StreamEvent> out) {
        close(out);
        out.accept(new StreamEvent.BlockOpened(
                next, new Opening.ToolCall(call.id(), call.name(), call.namespace(), call.kind(), null)));
        if (!call.arguments().isEmpty()) {
            out.accept(new StreamEvent.ArgumentsDelta(next, call.arguments()));
        }
        out.accept(new StreamEvent.BlockClosed(next++));
    }

    private void close(Consumer<StreamEvent> out) {
        if (open != null) {
            open = null;
            out.accept(new StreamEvent.BlockClosed(next++));
        }
    }

    private void done(Json.Obj line, Consumer<StreamEvent> out) {
        close(out);
        out.accept(new StreamEvent.UsageReported(UsageJson.read(line)));
        ended = true;
        out.accept(new StreamEvent.Finished(DoneReason.read(line.text("done_reason", ""), calls > 0)));
    }

    private void fail(Failure failure, Consumer<StreamEvent> out) {
        ended = true;
        out.accept(new StreamEvent.Failed(failure));
    }

    @Override
    public void end(boolean reset, Consumer<StreamEvent> out) {
        if (!ended) {
            fail(
                    Failure.Upstream.of(
                            Failure.Category.TRUNCATED, "The provider's answer ended before it was complete."),
                    out);
        }
    }
}
