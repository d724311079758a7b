package dev.sluice.protocol.ollama;

import dev.sluice.model.Failure;
import dev.sluice.model.Json;
import dev.sluice.model.StreamEvent;
import dev.sluice.protocol.ByteSink;
import dev.sluice.protocol.Frame;
import dev.sluice.protocol.Outline;
import dev.sluice.protocol.StreamTap;
import dev.sluice.protocol.json.JsonText;
import java.util.function.Consumer;

/// Passes a stream of lines on byte for byte. Every line is read: they are short and each is an object of its own.
final class LineTap implements StreamTap {
    private final Outline asked;
    private boolean started;
    private boolean content;
    private boolean calls;
    private boolean ended;

    LineTap(Outline asked) {
        this.asked = asked;
    }

    @Override
    public void pass(Frame frame, ByteSink out, Consumer<StreamEvent> heard) {
        if (ended) {
            return;
        }
        Json.Obj line = frame.kind() == Frame.Kind.FILLER
                ? null
                : JsonText.objectOrNull(frame.data(), frame.dataFrom(), frame.dataTo());
        if (line == null && frame.kind() == Frame.Kind.EVENT) {
            broken(Failure.Category.MALFORMED_ANSWER, "The provider sent a line that is not a JSON object.", heard);
            return;
        }
        out.write(frame.raw(), frame.rawFrom(), frame.rawTo());
        if (line != null) {
            hear(line, heard);
        }
    }

    private void hear(Json.Obj line, Consumer<StreamEvent> heard) {
        String error = Lines.error(line);
        if (error != null) {
            ended = true;
            heard.accept(new StreamEvent.Failed(OllamaFailures.inStream(error)));
            return;
        }
        if (!started) {
            started = true;
            heard.accept(new StreamEvent.Started("", line.text("model", ""), Lines.created(line)));
        }
        Json.Obj message = line.object("message");
        Json.Obj said = message == null ? line : message;
        calls |= !said.items("tool_calls").isEmpty();
        if (!content && saysSomething(said)) {
            content = true;
            heard.accept(new StreamEvent.TextDelta(0, ""));
        }
        if (line.isTrue("done")) {
            heard.accept(new StreamEvent.UsageReported(UsageJson.read(line)));
            ended = true;
            heard.accept(new StreamEvent.Finished(DoneReason.read(line.text("done_reason", ""), calls)));
        }
    }

    private static boolean saysSomething(Json.Obj said) {
        return !said.text("content", "").isEmpty()
                || !said.text("response", "").isEmpty()
                || !said.text("thinking", "").isEmpty()
                || !said.items("tool_calls").isEmpty()
                || !said.items("images").isEmpty();
    }

    private void broken(Failure.Category category, String message, Consumer<StreamEvent> heard) {
        ended = true;
        heard.accept(new StreamEvent.Failed(Failure.Upstream.of(category, message)));
    }

    @Override
    public void end(boolean reset, ByteSink out, Consumer<StreamEvent> heard) {
        if (!ended) {
            broken(Failure.Category.TRUNCATED, "The provider's answer ended before it was complete.", heard);
        }
    }

    @Override
    public void fail(Failure failure, ByteSink out) {
        out.ascii("{\"error\":").jsonString(OllamaFailures.words(failure)).ascii("}\n");
        ended = true;
    }

    /// A line that says nothing: clients stumble over blank ones.
    @Override
    public void keepAlive(ByteSink out) {
        if (!ended) {
            boolean isGenerate = Operation.of(asked.head()) == Operation.GENERATE;
            Json.Builder line = Json.object().put("model", asked.model());
            out.json(Lines.say(line, isGenerate, "", Json.Obj.EMPTY)
                            .put("done", false)
                            .build())
                    .ascii("\n");
        }
    }

    @Override
    public String frameEnd() {
        return "\n";
    }
}
