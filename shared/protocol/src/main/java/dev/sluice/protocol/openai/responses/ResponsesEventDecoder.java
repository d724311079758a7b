package dev.sluice.protocol.openai.responses;

import dev.sluice.model.Failure;
import dev.sluice.model.Failure.Category;
import dev.sluice.model.Json;
import dev.sluice.model.StreamEvent;
import dev.sluice.model.StreamEvent.Opening;
import dev.sluice.model.Usage;
import dev.sluice.protocol.EventDecoder;
import dev.sluice.protocol.Frame;
import dev.sluice.protocol.json.JsonText;
import dev.sluice.protocol.translate.Logprobs;
import dev.sluice.protocol.translate.ToolNames;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A provider's Responses stream to events. Only its own terminal event ends it: `[DONE]`, which the dialect does not
/// have, and the end of the bytes say nothing.
final class ResponsesEventDecoder implements EventDecoder {
    /// Where events and parts hold the tokens of their text.
    static final String LOGPROBS = "logprobs";

    private final ItemsInProgress items;
    private boolean started;
    private boolean ended;
    private Usage usage = Usage.NONE;

    ResponsesEventDecoder(ToolNames names) {
        this.items = new ItemsInProgress(names);
    }

    @Override
    public void feed(Frame frame, Consumer<StreamEvent> out) {
        boolean isSilent = frame.kind() == Frame.Kind.FILLER || frame.dataFrom() == frame.dataTo();
        if (ended || isSilent || frame.dataIs("[DONE]")) {
            return;
        }
        Json.Obj event = JsonText.objectOrNull(frame.data(), frame.dataFrom(), frame.dataTo());
        if (event == null) {
            fail(malformed(), out);
            return;
        }
        event(event.text("type", frame.event() == null ? "" : frame.event()), event, out);
    }

    private static Failure malformed() {
        return Failure.Upstream.of(Category.MALFORMED_ANSWER, "The provider sent an event that is not of the dialect.");
    }

    private void event(String type, Json.Obj event, Consumer<StreamEvent> out) {
        switch (type) {
            case "response.created", "response.queued", "response.in_progress" -> response(event, out);
            case "response.completed", "response.incomplete" -> over(type, event, out);
            case "response.failed", "response.cancelled" ->
                fail(ResponsesFailures.ofResponse(response(event, out)), out);
            case "error" -> fail(ResponsesFailures.ofEvent(event), out);
            case "response.output_item.added" -> {
                start(null, out);
                items.added(event, out);
            }
            case "response.output_item.done" -> {
                start(null, out);
                items.done(event, out);
            }
            default -> {
                if (type.isEmpty() && event.object("error") != null) {
                    fail(ResponsesFailures.ofEvent(event), out);
                } else {
                    piece(type, event, out);
                }
            }
        }
    }

    private void piece(String type, Json.Obj event, Consumer<StreamEvent> out) {
        switch (type) {
            case "response.output_text.delta" -> {
                BlockInProgress part = part(event, Opening.TEXT, out);
                part.weigh(Logprobs.read(event.items(LOGPROBS)), out);
                part.add(event.text("delta", ""), out);
            }
            case "response.output_text.done" -> {
                BlockInProgress part = part(event, Opening.TEXT, out);
                part.weighWhole(Logprobs.read(event.items(LOGPROBS)), out);
                part.complete(event.text("text", ""), out);
            }
            case "response.refusal.delta" -> part(event, Opening.REFUSAL, out).add(event.text("delta", ""), out);
            case "response.refusal.done" -> part(event, Opening.REFUSAL, out).complete(event.text("refusal", ""), out);
            case "response.output_text.annotation.added" -> {
                Json.Obj annotation = event.object("annotation");
                if (annotation != null) {
                    part(event, Opening.TEXT, out).cite(Annotations.one(annotation), out);
                }
            }
            case "response.content_part.done" -> partDone(event, out);
            case "response.reasoning_summary_text.delta" -> thought("summary", "delta", event, out);
            case "response.reasoning_summary_text.done" -> thought("summary", "text", event, out);
            case "response.reasoning_text.delta" -> thought("content", "delta", event, out);
            case "response.reasoning_text.done" -> thought("content", "text", event, out);
            case "response.function_call_arguments.delta", "response.custom_tool_call_input.delta" -> {
                ItemInProgress.Call call = items.of(event, ItemInProgress.Call.class);
                if (call != null) {
                    call.block().add(event.text("delta", ""), out);
                }
            }
            case "response.function_call_arguments.done", "response.custom_tool_call_input.done" -> {
                ItemInProgress.Call call = items.of(event, ItemInProgress.Call.class);
                if (call != null) {
                    call.block().complete(CallItem.arguments(event), out);
                }
            }
            default -> {
                // progress of hosted tools, which are told whole, and events younger than this version
            }
        }
    }

    /// The part that a piece of text belongs to; one of its own, never told, where that is of another kind.
    private BlockInProgress part(Json.Obj event, Opening opening, Consumer<StreamEvent> out) {
        start(null, out);
        ItemInProgress.Message message = items.message(event, out);
        return message == null
                ? BlockInProgress.unheard(opening)
                : message.part(place(event, "content_index"), opening);
    }

    private void partDone(Json.Obj event, Consumer<StreamEvent> out) {
        Json.Obj part = event.object("part");
        ItemInProgress.Message message = items.of(event, ItemInProgress.Message.class);
        if (part != null && message != null) {
            message.complete(place(event, "content_index"), part, out).close(out);
        }
    }

    private void thought(String of, String field, Json.Obj event, Consumer<StreamEvent> out) {
        ItemInProgress.Thought thought = items.of(event, ItemInProgress.Thought.class);
        if (thought == null) {
            return;
        }
        int part = place(event, of + "_index");
        if (field.equals("delta")) {
            thought.add(of, part, event.text(field, ""), out);
        } else {
            thought.complete(of, part, event.text(field, ""), out);
        }
    }

    private static int place(Json.Obj event, String name) {
        Long index = event.whole(name);
        return index == null ? 0 : Math.clamp(index, 0, Integer.MAX_VALUE);
    }

    /// The response that an event holds, heard for its name and its usage.
    private Json.Obj response(Json.Obj event, Consumer<StreamEvent> out) {
        Json.Obj given = event.object("response");
        Json.Obj response = given == null ? Json.Obj.EMPTY : given;
        start(response, out);
        Json.Obj counts = response.object("usage");
        if (counts != null) {
            usage = usage.overriddenBy(UsageJson.read(counts));
            out.accept(new StreamEvent.UsageReported(usage));
        }
        return response;
    }

    private void start(Json.@Nullable Obj response, Consumer<StreamEvent> out) {
        if (!started) {
            started = true;
            Json.Obj known = response == null ? Json.Obj.EMPTY : response;
            out.accept(new StreamEvent.Started(
                    known.text("id", ""), known.text("model", ""), ResponseReader.created(known)));
        }
    }

    private void over(String type, Json.Obj event, Consumer<StreamEvent> out) {
        if (event.object("response") == null) {
            fail(malformed(), out);
            return;
        }
        Json.Obj response = response(event, out);
        if (ResponseReader.isFailed(response)) {
            fail(ResponsesFailures.ofResponse(response), out);
            return;
        }
        items.finish(response, out);
        ended = true;
        String status =
                type.equals("response.incomplete") ? EndWords.INCOMPLETE : response.text("status", EndWords.COMPLETED);
        out.accept(new StreamEvent.Finished(
                EndWords.read(status, response.object("incomplete_details"), items.hasCalls(), items.isRefused())));
    }

    private void fail(Failure failure, Consumer<StreamEvent> out) {
        ended = true;
        out.accept(new StreamEvent.Failed(failure));
    }

    @Override
    public void end(boolean reset, Consumer<StreamEvent> out) {
        if (!ended) {
            fail(Failure.Upstream.of(Category.TRUNCATED, "The provider's answer ended before it was complete."), out);
        }
    }
}
