package dev.sluice.protocol.openai.responses;

import dev.sluice.model.Citation;
import dev.sluice.model.Json;
import dev.sluice.protocol.ByteSink;
import dev.sluice.protocol.openai.responses.OutputItem.Call;
import dev.sluice.protocol.openai.responses.OutputItem.Part;
import dev.sluice.protocol.openai.responses.OutputItem.Thought;

/// The events inside of items, field by field.
final class ItemEvents {
    private ItemEvents() {}

    /// Where a part stands and a text of it; texts carry `logprobs`, refusals do not.
    static void piece(ByteSink event, Part part, String field, String text) {
        event.ascii(",\"content_index\":").number(part.index).ascii(",\"" + field + "\":");
        event.jsonString(text);
        if (!part.refusal) {
            event.ascii(",\"logprobs\":[]");
        }
    }

    /// @param step `added` or `done`
    static void contentPart(String step, Part part, ResponseWire wire, ByteSink out) {
        wire.open("response.content_part." + step, part.message, out)
                .ascii(",\"content_index\":")
                .number(part.index)
                .ascii(",\"part\":")
                .json(part.json());
        wire.close(out);
    }

    static void partDone(Part part, ResponseWire wire, ByteSink out) {
        part.closed = true;
        part.unplaced.forEach(citation -> annotate(part, citation, wire, out));
        String field = part.refusal ? "refusal" : "text";
        String type = part.refusal ? "response.refusal.done" : "response.output_text.done";
        piece(wire.open(type, part.message, out), part, field, part.text.toString());
        wire.close(out);
        contentPart("done", part, wire, out);
    }

    static void annotate(Part part, Citation citation, ResponseWire wire, ByteSink out) {
        Json.Obj annotation = Annotations.write(citation, part.text.length());
        if (annotation == null) {
            return;
        }
        part.annotations.add(annotation);
        wire.open("response.output_text.annotation.added", part.message, out)
                .ascii(",\"content_index\":")
                .number(part.index)
                .ascii(",\"annotation_index\":")
                .number(part.annotations.size() - 1L)
                .ascii(",\"annotation\":")
                .json(annotation);
        wire.close(out);
    }

    /// @param step `delta` or `done`
    static void summary(String step, String field, Thought thought, String text, ResponseWire wire, ByteSink out) {
        wire.open("response.reasoning_summary_text." + step, thought, out)
                .ascii(",\"summary_index\":0,\"" + field + "\":")
                .jsonString(text);
        wire.close(out);
    }

    /// @param step `added` or `done`
    static void summaryPart(String step, Thought thought, ResponseWire wire, ByteSink out) {
        wire.open("response.reasoning_summary_part." + step, thought, out)
                .ascii(",\"summary_index\":0,\"part\":")
                .json(ReasoningItem.part(thought.text.toString()));
        wire.close(out);
    }

    static void summaryDone(Thought thought, ResponseWire wire, ByteSink out) {
        if (!thought.text.isEmpty()) {
            summary("done", "text", thought, thought.text.toString(), wire, out);
            summaryPart("done", thought, wire, out);
        }
    }

    /// @param step `delta` or `done`
    static void arguments(String step, String field, Call call, CharSequence text, ResponseWire wire, ByteSink out) {
        if (!call.type().pieces.isEmpty()) {
            wire.open("response." + call.type().pieces + "." + step, call, out)
                    .ascii(",\"" + field + "\":")
                    .jsonString(text.toString());
            wire.close(out);
        }
    }
}
