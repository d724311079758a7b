package dev.sluice.protocol.openai.responses;

import dev.sluice.model.Citation;
import dev.sluice.model.Json;
import dev.sluice.model.TokenLogprob;
import dev.sluice.protocol.ByteSink;
import dev.sluice.protocol.openai.responses.OutputItem.Call;
import dev.sluice.protocol.openai.responses.OutputItem.Part;
import dev.sluice.protocol.openai.responses.OutputItem.Thought;
import dev.sluice.protocol.translate.Logprobs;
import java.util.List;

/// The events inside of items, field by field.
final class ItemEvents {
    /// How a piece begins in its event.
    private static final String DELTA = ",\"delta\":";

    private ItemEvents() {}

    /// @param tokens those that the piece is made of
    static void text(Part part, String piece, List<TokenLogprob> tokens, ResponseWire wire, ByteSink out) {
        String type = part.refusal ? "response.refusal.delta" : "response.output_text.delta";
        piece(wire.open(type, part.message, out), part, DELTA, piece, tokens);
        wire.close(out);
    }

    /// Where a part stands and a text of it; texts carry `logprobs`, refusals do not.
    private static void piece(ByteSink event, Part part, String field, String text, List<TokenLogprob> tokens) {
        event.ascii(",\"content_index\":").number(part.index).ascii(field).jsonString(text);
        if (!part.refusal) {
            event.ascii(",\"logprobs\":").json(Logprobs.write(tokens, Json.Arr.of()));
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
        String field = part.refusal ? ",\"refusal\":" : ",\"text\":";
        String type = part.refusal ? "response.refusal.done" : "response.output_text.done";
        piece(wire.open(type, part.message, out), part, field, part.text.toString(), part.logprobs);
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

    static void summary(Thought thought, String piece, ResponseWire wire, ByteSink out) {
        summary("response.reasoning_summary_text.delta", DELTA, thought, piece, wire, out);
    }

    private static void summary(
            String type, String field, Thought thought, String text, ResponseWire wire, ByteSink out) {
        wire.open(type, thought, out).ascii(",\"summary_index\":0").ascii(field).jsonString(text);
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
            summary("response.reasoning_summary_text.done", ",\"text\":", thought, thought.text.toString(), wire, out);
            summaryPart("done", thought, wire, out);
        }
    }

    static void arguments(Call call, String piece, ResponseWire wire, ByteSink out) {
        arguments(call.type().delta, DELTA, call, piece, wire, out);
    }

    static void argumentsDone(Call call, ResponseWire wire, ByteSink out) {
        arguments(call.type().done, call.type().whole, call, call.arguments().toString(), wire, out);
    }

    private static void arguments(String type, String field, Call call, String text, ResponseWire wire, ByteSink out) {
        if (!type.isEmpty()) {
            wire.open(type, call, out).ascii(field).jsonString(text);
            wire.close(out);
        }
    }
}
