package dev.sluice.protocol.anthropic;

import dev.sluice.model.Failure;
import dev.sluice.model.Failure.Category;
import dev.sluice.model.Finish;
import dev.sluice.model.Json;
import dev.sluice.model.StreamEvent;
import dev.sluice.model.StreamEvent.Opening;
import dev.sluice.model.Tool;
import dev.sluice.model.Usage;
import dev.sluice.protocol.ByteSink;
import dev.sluice.protocol.Frame;
import dev.sluice.protocol.StreamTap;
import dev.sluice.protocol.json.JsonText;
import dev.sluice.protocol.sse.SseWriter;
import dev.sluice.protocol.translate.FailureClassifier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Listens to a Messages stream on the identity lane. Parses the few events that say something of usage and end; all
/// others go through as bytes. Mends what makes clients loop: nameless frames, missing usage, a missing
/// `message_stop`.
final class AnthropicTap implements StreamTap {
    private boolean hasContent;
    private boolean hasCalls;
    private boolean ended;
    private Usage usage = Usage.NONE;
    private Json.@Nullable Obj stop;

    @Override
    public void pass(Frame frame, ByteSink out, Consumer<StreamEvent> heard) {
        if (ended) {
            return;
        }
        if (frame.kind() == Frame.Kind.FILLER) {
            raw(frame, out);
            return;
        }
        String name = frame.event() == null ? nameOf(frame) : frame.event();
        switch (name) {
            case "content_block_delta" -> {
                content(new StreamEvent.TextDelta(0, ""), heard);
                pass(frame, name, out);
            }
            case "content_block_start" -> {
                blockStart(frame, heard);
                pass(frame, name, out);
            }
            case "content_block_stop", "ping" -> pass(frame, name, out);
            case "message_start" -> messageStart(frame, out, heard);
            case "message_delta" -> messageDelta(frame, out, heard);
            case "message_stop" -> stopped(frame, out, heard);
            case "error" -> error(frame, out, heard);
            default -> {
                // no event of the dialect: clients that check the type would die on it
            }
        }
    }

    private static String nameOf(Frame frame) {
        Json.Obj data = data(frame);
        if (data == null) {
            return "";
        }
        return data.text("type", data.object("error") == null ? "" : "error");
    }

    private static Json.@Nullable Obj data(Frame frame) {
        return JsonText.objectOrNull(frame.data(), frame.dataFrom(), frame.dataTo());
    }

    private static void raw(Frame frame, ByteSink out) {
        out.write(frame.raw(), frame.rawFrom(), frame.rawTo());
    }

    private static void pass(Frame frame, String name, ByteSink out) {
        if (frame.event() == null) {
            out.ascii("event: ").utf8(name).ascii("\n");
        }
        raw(frame, out);
    }

    private void content(StreamEvent event, Consumer<StreamEvent> heard) {
        if (!hasContent) {
            hasContent = true;
            heard.accept(event);
        }
    }

    /// The begin of a text is no content yet; that of a call is. Only the first content, and calls, matter.
    private void blockStart(Frame frame, Consumer<StreamEvent> heard) {
        if (hasContent && hasCalls) {
            return;
        }
        Json.Obj data = data(frame);
        Json.Obj block = data == null ? null : data.object("content_block");
        if (block == null) {
            return;
        }
        switch (block.text("type", "")) {
            case "text", "thinking" -> {
                if (!block.text("text", block.text("thinking", "")).isEmpty()) {
                    content(new StreamEvent.TextDelta(0, ""), heard);
                }
            }
            case "tool_use" -> {
                hasCalls = true;
                Opening call = new Opening.ToolCall(
                        block.text("id", ""), block.text("name", ""), null, Tool.Kind.FUNCTION, null);
                content(new StreamEvent.BlockOpened(0, call), heard);
            }
            default -> content(new StreamEvent.TextDelta(0, ""), heard);
        }
    }

    private void messageStart(Frame frame, ByteSink out, Consumer<StreamEvent> heard) {
        Json.Obj data = data(frame);
        Json.Obj message = data == null ? null : data.object("message");
        if (data == null || message == null) {
            malformed(heard);
            return;
        }
        heard.accept(new StreamEvent.Started(message.text("id", ""), message.text("model", ""), 0));
        Json.Obj reported = message.object("usage");
        report(reported, heard);
        Json.Obj mended = mended(mended(reported, "input_tokens"), "output_tokens");
        if (mended.equals(reported)) {
            pass(frame, "message_start", out);
        } else {
            SseWriter.event(out, "message_start", data.with("message", message.with("usage", mended)));
        }
    }

    private void messageDelta(Frame frame, ByteSink out, Consumer<StreamEvent> heard) {
        Json.Obj data = data(frame);
        if (data == null) {
            malformed(heard);
            return;
        }
        Json.Obj delta = data.object("delta");
        if (delta != null && delta.text("stop_reason") != null) {
            stop = delta;
        }
        Json.Obj reported = data.object("usage");
        report(reported, heard);
        Json.Obj mended = mended(reported, "output_tokens");
        if (mended.equals(reported)) {
            pass(frame, "message_delta", out);
        } else {
            SseWriter.event(out, "message_delta", data.with("usage", mended));
        }
    }

    /// An end of nothing is no answer; one without its reason lacks the usage too.
    private void stopped(Frame frame, ByteSink out, Consumer<StreamEvent> heard) {
        if (stop == null && !hasContent) {
            broken(Category.TRUNCATED, "The provider's answer is empty.", heard);
            return;
        }
        if (stop == null) {
            stop = StopReason.encode(Json.object(), Finish.of(Finish.Reason.STOP), hasCalls)
                    .build();
            Json.Obj delta = Json.object()
                    .put("type", "message_delta")
                    .put("delta", stop)
                    .put("usage", UsageJson.delta(usage).build())
                    .build();
            SseWriter.event(out, "message_delta", delta);
        }
        pass(frame, "message_stop", out);
        finish(heard);
    }

    private static Json.Obj mended(Json.@Nullable Obj usage, String count) {
        Json.Obj known = usage == null ? Json.Obj.EMPTY : usage;
        return known.whole(count) == null ? known.with(count, Json.of(0)) : known;
    }

    private void report(Json.@Nullable Obj json, Consumer<StreamEvent> heard) {
        if (json != null) {
            Usage report = UsageJson.decode(json, usage);
            usage = usage.overriddenBy(report);
            heard.accept(new StreamEvent.UsageReported(report));
        }
    }

    private void error(Frame frame, ByteSink out, Consumer<StreamEvent> heard) {
        Json.Obj data = data(frame);
        pass(frame, "error", out);
        ended = true;
        heard.accept(new StreamEvent.Failed(
                FailureClassifier.classify(AnthropicFailures.inAnswer(data == null ? Json.Obj.EMPTY : data))));
    }

    private void malformed(Consumer<StreamEvent> heard) {
        broken(Category.MALFORMED_ANSWER, "The provider's stream holds an event that is not JSON.", heard);
    }

    private void broken(Category category, String message, Consumer<StreamEvent> heard) {
        ended = true;
        heard.accept(new StreamEvent.Failed(Failure.Upstream.of(category, message)));
    }

    private void finish(Consumer<StreamEvent> heard) {
        ended = true;
        heard.accept(new StreamEvent.Finished(StopReason.decode(stop == null ? Json.Obj.EMPTY : stop, hasCalls)));
    }

    @Override
    public void end(boolean reset, ByteSink out, Consumer<StreamEvent> heard) {
        if (ended) {
            return;
        }
        if (stop != null) {
            out.ascii(MessageWire.STOP);
            finish(heard);
        } else {
            broken(Category.TRUNCATED, "The provider's stream broke off before its end.", heard);
        }
    }

    @Override
    public void fail(Failure failure, ByteSink out) {
        ended = true;
        SseWriter.event(out, "error", AnthropicFailures.event(failure));
    }

    @Override
    public void keepAlive(ByteSink out) {
        if (!ended) {
            out.ascii(MessageWire.PING);
        }
    }
}
