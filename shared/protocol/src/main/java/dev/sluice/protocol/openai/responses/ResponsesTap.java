package dev.sluice.protocol.openai.responses;

import dev.sluice.model.Failure;
import dev.sluice.model.Json;
import dev.sluice.model.StreamEvent;
import dev.sluice.model.StreamEvent.Opening;
import dev.sluice.model.Tool;
import dev.sluice.model.Usage;
import dev.sluice.protocol.ByteScan;
import dev.sluice.protocol.ByteSink;
import dev.sluice.protocol.Frame;
import dev.sluice.protocol.StreamTap;
import dev.sluice.protocol.json.JsonText;
import dev.sluice.protocol.sse.SseWriter;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Passes a Responses stream on byte for byte. Once content has begun only the begin and the end of items and the
/// terminal event are parsed.
final class ResponsesTap implements StreamTap {
    private static final String SEQUENCE = "\"sequence_number\":";

    private boolean content;
    private boolean calls;
    private boolean refused;
    private boolean ended;
    private Json.Obj response = Json.Obj.EMPTY;
    private Usage usage = Usage.NONE;
    private long sequence = -1;

    @Override
    public void pass(Frame frame, ByteSink out, Consumer<StreamEvent> heard) {
        if (ended) {
            return;
        }
        if (frame.kind() == Frame.Kind.FILLER) {
            raw(frame, out);
            return;
        }
        if (frame.dataIs("[DONE]") || frame.dataFrom() == frame.dataTo()) {
            return; // the dialect has no such event
        }
        String name = frame.event() == null ? "" : frame.event();
        String type = name.startsWith("response.") || name.equals("error") ? name : typeOf(frame);
        switch (type) {
            case "response.created", "response.queued", "response.in_progress" -> begun(type, frame, out, heard);
            case "response.output_item.added", "response.output_item.done" -> item(type, frame, out, heard);
            case "response.completed", "response.incomplete" -> over(type, frame, out, heard);
            case "response.failed", "response.cancelled", "error" -> failed(type, frame, out, heard);
            default -> {
                refused |= type.startsWith("response.refusal.");
                if (type.endsWith(".delta")) {
                    content(new StreamEvent.TextDelta(0, ""), heard);
                }
                pass(type, frame, out);
            }
        }
    }

    private static String typeOf(Frame frame) {
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

    /// Clients look for the name of an event; some servers leave it to the data.
    private void pass(String type, Frame frame, ByteSink out) {
        note(frame);
        if (frame.event() == null && !type.isEmpty()) {
            out.ascii("event: ").utf8(type).ascii("\n");
        }
        raw(frame, out);
    }

    /// An error that the gateway adds goes on counting where the provider stopped.
    private void note(Frame frame) {
        byte[] data = frame.data();
        int at = ByteScan.indexOf(data, frame.dataFrom(), frame.dataTo(), SEQUENCE);
        if (at < 0) {
            return;
        }
        long number = 0;
        boolean isNumber = false;
        for (int i = at + SEQUENCE.length(); i < frame.dataTo() && number < Integer.MAX_VALUE; i++) {
            if (data[i] >= '0' && data[i] <= '9') {
                number = number * 10 + data[i] - '0';
                isNumber = true;
            } else if (isNumber || data[i] != ' ') {
                break;
            }
        }
        sequence = isNumber ? Math.max(sequence, number) : sequence;
    }

    private void begun(String type, Frame frame, ByteSink out, Consumer<StreamEvent> heard) {
        Json.Obj data = data(frame);
        Json.Obj given = data == null ? null : data.object("response");
        if (given == null) {
            malformed(heard);
            return;
        }
        if (response.isEmpty()) {
            response = given;
            heard.accept(new StreamEvent.Started(
                    given.text("id", ""), given.text("model", ""), ResponseReader.created(given)));
        }
        report(given, heard);
        pass(type, frame, out);
    }

    private void content(StreamEvent event, Consumer<StreamEvent> heard) {
        if (!content) {
            content = true;
            heard.accept(event);
        }
    }

    /// The begin of a message or of a thought is no content yet.
    private void item(String type, Frame frame, ByteSink out, Consumer<StreamEvent> heard) {
        Json.Obj data = content && calls ? null : data(frame);
        Json.Obj item = data == null ? null : data.object("item");
        if (item != null && CallItem.isCall(item)) {
            calls = true;
            Opening call = new Opening.ToolCall(
                    item.text("call_id", ""), item.text("name", ""), null, Tool.Kind.FUNCTION, null);
            content(new StreamEvent.BlockOpened(0, call), heard);
        } else if (item != null) {
            String kind = item.text("type", "");
            if (type.endsWith(".done") || !(kind.equals("message") || kind.equals("reasoning"))) {
                content(new StreamEvent.TextDelta(0, ""), heard);
            }
        }
        pass(type, frame, out);
    }

    private void report(Json.Obj given, Consumer<StreamEvent> heard) {
        Json.Obj counts = given.object("usage");
        if (counts != null) {
            usage = usage.overriddenBy(UsageJson.read(counts));
            heard.accept(new StreamEvent.UsageReported(usage));
        }
    }

    private void over(String type, Frame frame, ByteSink out, Consumer<StreamEvent> heard) {
        Json.Obj data = data(frame);
        Json.Obj given = data == null ? null : data.object("response");
        if (data == null || given == null) {
            malformed(heard);
            return;
        }
        report(given, heard);
        if (given.object("usage") == null) {
            // clients take an end without usage for a broken one, and ask again without end
            Json.Obj mended = given.with("usage", UsageJson.write(usage));
            SseWriter.event(out, type, data.with("response", mended));
        } else {
            pass(type, frame, out);
        }
        for (Json each : given.items("output")) {
            calls |= each instanceof Json.Obj item && CallItem.isCall(item);
        }
        ended = true;
        String status = type.endsWith(EndWords.INCOMPLETE) ? EndWords.INCOMPLETE : EndWords.COMPLETED;
        heard.accept(
                new StreamEvent.Finished(EndWords.read(status, given.object("incomplete_details"), calls, refused)));
    }

    private void failed(String type, Frame frame, ByteSink out, Consumer<StreamEvent> heard) {
        Json.Obj data = data(frame);
        Json.Obj event = data == null ? Json.Obj.EMPTY : data;
        Json.Obj given = event.object("response");
        pass(type, frame, out);
        ended = true;
        heard.accept(new StreamEvent.Failed(
                type.equals("error")
                        ? ResponsesFailures.ofEvent(event)
                        : ResponsesFailures.ofResponse(given == null ? Json.Obj.EMPTY : given)));
    }

    private void malformed(Consumer<StreamEvent> heard) {
        broken(Failure.Category.MALFORMED_ANSWER, "The provider sent an event that is not of the dialect.", heard);
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
        ended = true;
        long next = sequence + 1;
        if (response.isEmpty()) {
            SseWriter.event(out, "error", ResponsesFailures.event(failure, next));
            return;
        }
        Json.Obj failed = response.with("status", Json.of("failed"))
                .with("error", ResponsesFailures.error(failure))
                .with("usage", usage.isReported() ? UsageJson.write(usage) : Json.NULL);
        Json.Obj event = Json.object()
                .put("type", "response.failed")
                .put("sequence_number", next)
                .put("response", failed)
                .build();
        SseWriter.event(out, "response.failed", event);
    }

    @Override
    public void keepAlive(ByteSink out) {
        if (!ended) {
            out.ascii(": keep-alive\n\n");
        }
    }
}
