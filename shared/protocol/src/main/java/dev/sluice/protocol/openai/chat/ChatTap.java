package dev.sluice.protocol.openai.chat;

import dev.sluice.model.Failure;
import dev.sluice.model.Json;
import dev.sluice.model.StreamEvent;
import dev.sluice.model.Usage;
import dev.sluice.protocol.ByteScan;
import dev.sluice.protocol.ByteSink;
import dev.sluice.protocol.Frame;
import dev.sluice.protocol.StreamTap;
import dev.sluice.protocol.json.JsonText;
import dev.sluice.protocol.openai.OpenAiFailures;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Passes a Chat stream on byte for byte. Once content has begun only frames with usage, a finish or an error are
/// parsed.
final class ChatTap implements StreamTap {
    private static final String DONE = "[DONE]";

    private final boolean usageAdded;
    private boolean started;
    private boolean content;
    private boolean calls;
    private boolean refused;
    private boolean ended;
    private @Nullable String finish;
    private Usage usage = Usage.NONE;

    ChatTap(boolean usageAdded) {
        this.usageAdded = usageAdded;
    }

    @Override
    public void pass(Frame frame, ByteSink out, Consumer<StreamEvent> heard) {
        if (ended) {
            return;
        }
        if (frame.kind() == Frame.Kind.FILLER) {
            raw(frame, out);
        } else if (frame.dataIs(DONE)) {
            done(frame, out, heard);
        } else if (!content || isTelling(frame)) {
            parsed(frame, out, heard);
        } else {
            raw(frame, out);
        }
    }

    private boolean isTelling(Frame frame) {
        byte[] data = frame.data();
        int from = frame.dataFrom();
        int to = frame.dataTo();
        return frame.event() != null
                || Bytes.hasValue(data, from, to, "\"finish_reason\"")
                || Bytes.hasValue(data, from, to, "\"usage\"")
                || Bytes.hasValue(data, from, to, "\"error\"")
                || !calls && ByteScan.indexOf(data, from, to, "_call") >= 0
                || !refused && Bytes.hasValue(data, from, to, "\"refusal\"");
    }

    private static void raw(Frame frame, ByteSink out) {
        out.write(frame.raw(), frame.rawFrom(), frame.rawTo());
    }

    private void parsed(Frame frame, ByteSink out, Consumer<StreamEvent> heard) {
        Json.Obj chunk = JsonText.objectOrNull(frame.data(), frame.dataFrom(), frame.dataTo());
        if (chunk == null) {
            if (finish == null && frame.dataFrom() < frame.dataTo()) {
                broken(
                        Failure.Category.MALFORMED_ANSWER,
                        "The provider sent a chunk that is not a JSON object.",
                        heard);
            }
            return;
        }
        boolean isError = "error".equals(frame.event()) || chunk.present("error") != null;
        if (isError) {
            raw(frame, out);
            Json.Obj error = chunk.present("error") != null
                    ? chunk
                    : Json.object().put("error", chunk).build();
            ended = true;
            heard.accept(new StreamEvent.Failed(OpenAiFailures.inStream(error)));
            return;
        }
        if (isForeign(frame, chunk)) {
            return;
        }
        boolean isUsageOnly = hear(chunk, heard);
        if ("error".equals(finish)) {
            broken(Failure.Category.TEMPORARY_ERROR, "The provider broke the answer off.", heard);
        } else if (!(isUsageOnly && usageAdded)) {
            raw(frame, out);
        }
    }

    /// The dialect's events have no names: clients die on an event of another kind that is no chunk either.
    private static boolean isForeign(Frame frame, Json.Obj chunk) {
        return frame.event() != null && chunk.field("choices") == null && chunk.field("usage") == null;
    }

    /// Tells what the chunk says; whether it holds nothing but usage.
    private boolean hear(Json.Obj chunk, Consumer<StreamEvent> heard) {
        List<Json> choices = chunk.items("choices");
        if (!started && (!choices.isEmpty() || !chunk.text("id", "").isEmpty())) {
            start(chunk, heard);
        }
        for (Json item : choices) {
            if (item instanceof Json.Obj choice) {
                hearChoice(choice, heard);
            }
        }
        Json.Obj counts = chunk.object("usage");
        if (counts == null) {
            return false;
        }
        if (!started) {
            start(chunk, heard);
        }
        usage = usage.overriddenBy(UsageJson.read(counts));
        heard.accept(new StreamEvent.UsageReported(usage));
        return choices.isEmpty();
    }

    private void start(Json.Obj chunk, Consumer<StreamEvent> heard) {
        started = true;
        Long created = chunk.whole("created");
        heard.accept(
                new StreamEvent.Started(chunk.text("id", ""), chunk.text("model", ""), created == null ? 0 : created));
    }

    private void hearChoice(Json.Obj choice, Consumer<StreamEvent> heard) {
        Json.Obj delta = choice.object("delta");
        if (delta != null) {
            calls |= !delta.items("tool_calls").isEmpty() || delta.object("function_call") != null;
            refused |= !delta.text("refusal", "").isEmpty();
            if (!content && saysSomething(delta)) {
                content = true;
                heard.accept(new StreamEvent.TextDelta(0, ""));
            }
        }
        String word = choice.text("finish_reason", "");
        Long index = choice.whole("index");
        if (!word.isEmpty() && (finish == null || index == null || index == 0)) {
            finish = word;
        }
    }

    private static boolean saysSomething(Json.Obj delta) {
        for (Map.Entry<String, Json> field : delta.fields().entrySet()) {
            boolean isEmpty = switch (field.getValue()) {
                case Json.Str(String text) -> text.isEmpty();
                case Json.Arr(List<Json> items) -> items.isEmpty();
                case Json.Obj object -> object.isEmpty();
                case Json.Null _ -> true;
                case Json.Num _, Json.Bool _ -> false;
            };
            if (!isEmpty && !field.getKey().equals("role")) {
                return true;
            }
        }
        return false;
    }

    private void done(Frame frame, ByteSink out, Consumer<StreamEvent> heard) {
        if (finish == null && !content) {
            broken(Failure.Category.TRUNCATED, "The provider's answer is empty.", heard);
            return;
        }
        raw(frame, out);
        finished(heard);
    }

    private void finished(Consumer<StreamEvent> heard) {
        ended = true;
        heard.accept(new StreamEvent.Finished(FinishWords.read(finish == null ? "stop" : finish, calls, refused)));
    }

    private void broken(Failure.Category category, String message, Consumer<StreamEvent> heard) {
        ended = true;
        heard.accept(new StreamEvent.Failed(Failure.Upstream.of(category, message)));
    }

    @Override
    public void end(boolean reset, ByteSink out, Consumer<StreamEvent> heard) {
        if (ended) {
            return;
        }
        if (finish == null) {
            broken(Failure.Category.TRUNCATED, "The provider's answer ended before it was complete.", heard);
            return;
        }
        out.ascii("data: [DONE]\n\n");
        finished(heard);
    }

    @Override
    public void fail(Failure failure, ByteSink out) {
        out.ascii("data: ").json(OpenAiFailures.envelope(failure)).ascii("\n\n");
        ended = true;
    }

    @Override
    public void keepAlive(ByteSink out) {
        if (!ended) {
            out.ascii(": keep-alive\n\n");
        }
    }
}
