package dev.sluice.protocol.gemini;

import dev.sluice.model.Failure;
import dev.sluice.model.Finish;
import dev.sluice.model.Json;
import dev.sluice.model.StreamEvent;
import dev.sluice.model.Usage;
import dev.sluice.protocol.ByteSink;
import dev.sluice.protocol.Frame;
import dev.sluice.protocol.StreamTap;
import dev.sluice.protocol.json.JsonText;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Passes a stream on: events byte for byte, or as the elements of the array that the client asked for.
///
/// Chunks are few and each has the usage so far, so each is parsed. The dialect has no end of its own: the answer is complete
/// when the bytes end behind a finish.
final class GeminiTap implements StreamTap {
    private final StreamForm form;
    private boolean started;
    private boolean content;
    private boolean calls;
    private boolean ended;
    private @Nullable String finish;
    private @Nullable Finish filtered;
    private Usage usage = Usage.NONE;

    GeminiTap(StreamForm form) {
        this.form = form;
    }

    @Override
    public String contentType(String upstream) {
        return form.isEvents() && upstream.startsWith(form.contentType()) ? upstream : form.contentType();
    }

    @Override
    public void pass(Frame frame, ByteSink out, Consumer<StreamEvent> heard) {
        if (ended) {
            return;
        }
        if (frame.kind() == Frame.Kind.FILLER) {
            if (form.isEvents() && !isElement(frame)) {
                out.write(frame.raw(), frame.rawFrom(), frame.rawTo());
            }
            return;
        }
        Json.Obj chunk = JsonText.objectOrNull(frame.data(), frame.dataFrom(), frame.dataTo());
        if (chunk != null) {
            write(frame, chunk, out);
            hear(ProtoJson.camel(chunk), heard);
            if (ended) {
                form.end(out);
            }
        } else if (finish == null && frame.dataFrom() < frame.dataTo() && !frame.dataIs("[DONE]")) {
            fail(Failure.Category.MALFORMED_ANSWER, "The provider sent a chunk that is not a JSON object.", heard);
        }
    }

    private void write(Frame frame, Json.Obj chunk, ByteSink out) {
        if (form.isEvents() && !isElement(frame)) {
            out.write(frame.raw(), frame.rawFrom(), frame.rawTo());
            return;
        }
        form.open(out);
        if (form.isEvents()) {
            out.json(chunk);
        } else {
            out.write(frame.data(), frame.dataFrom(), frame.dataTo());
        }
        form.close(out);
    }

    /// Whether the provider itself answered with an array.
    private static boolean isElement(Frame frame) {
        for (int at = frame.rawFrom(); at < frame.rawTo(); at++) {
            switch (frame.raw()[at]) {
                case ' ', '\t', '\r', '\n' -> {}
                case '[', ']', ',', '{' -> {
                    return true;
                }
                default -> {
                    return false;
                }
            }
        }
        return false;
    }

    private void hear(Json.Obj chunk, Consumer<StreamEvent> heard) {
        if (chunk.present("error") != null) {
            ended = true;
            heard.accept(new StreamEvent.Failed(GeminiFailures.inAnswer(chunk)));
            return;
        }
        if (!started && !chunk.isEmpty()) {
            started = true;
            heard.accept(new StreamEvent.Started(chunk.text("responseId", ""), chunk.text("modelVersion", ""), 0));
        }
        for (Json item : chunk.items("candidates")) {
            if (item instanceof Json.Obj candidate) {
                candidate(ProtoJson.camel(candidate), heard);
            }
        }
        Json.Obj feedback = chunk.object("promptFeedback");
        String blocked = feedback == null ? "" : ProtoJson.camel(feedback).text("blockReason", "");
        if (!blocked.isEmpty()) {
            filtered = FinishWords.filtered(blocked);
        }
        Json.Obj counts = chunk.object("usageMetadata");
        if (counts != null) {
            usage = usage.overriddenBy(UsageJson.read(counts));
            heard.accept(new StreamEvent.UsageReported(usage));
        }
    }

    private void candidate(Json.Obj candidate, Consumer<StreamEvent> heard) {
        Json.Obj body = candidate.object("content");
        if (body != null && !body.items("parts").isEmpty()) {
            calls |= body.items("parts").stream()
                    .anyMatch(part -> part instanceof Json.Obj object
                            && (object.has("functionCall") || object.has("function_call")));
            if (!content) {
                content = true;
                heard.accept(new StreamEvent.TextDelta(0, ""));
            }
        }
        String word = candidate.text("finishReason", "");
        if (!word.isEmpty() && (finish == null || ChunkDecoder.number(candidate, 0) == 0)) {
            finish = word;
        }
    }

    @Override
    public void end(boolean reset, ByteSink out, Consumer<StreamEvent> heard) {
        if (ended) {
            return;
        }
        if (finish == null && filtered == null) {
            fail(Failure.Category.TRUNCATED, "The provider's answer ended before it was complete.", heard);
            return;
        }
        ended = true;
        form.end(out);
        heard.accept(new StreamEvent.Finished(
                finish == null && filtered != null ? filtered : FinishWords.read(finish(), calls)));
    }

    private String finish() {
        return finish == null ? "STOP" : finish;
    }

    private void fail(Failure.Category category, String message, Consumer<StreamEvent> heard) {
        ended = true;
        heard.accept(new StreamEvent.Failed(Failure.Upstream.of(category, message)));
    }

    @Override
    public void fail(Failure failure, ByteSink out) {
        ended = true;
        form.open(out).json(GeminiFailures.envelope(failure));
        form.close(out);
        form.end(out);
    }

    @Override
    public void keepAlive(ByteSink out) {
        if (!ended) {
            form.keepAlive(out);
        }
    }
}
