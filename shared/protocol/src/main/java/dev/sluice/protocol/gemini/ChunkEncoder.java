package dev.sluice.protocol.gemini;

import dev.sluice.model.Block;
import dev.sluice.model.Citation;
import dev.sluice.model.Finish;
import dev.sluice.model.Json;
import dev.sluice.model.StreamEvent;
import dev.sluice.model.StreamEvent.Opening;
import dev.sluice.model.TokenLogprob;
import dev.sluice.model.Usage;
import dev.sluice.protocol.ByteSink;
import dev.sluice.protocol.ClientContext;
import dev.sluice.protocol.EventEncoder;
import dev.sluice.protocol.seal.Seal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Events to chunks. Texts go out as they come, calls whole; the finish and the usage stand in the last chunk alone.
final class ChunkEncoder implements EventEncoder {
    private static final byte[] HEAD =
            "{\"candidates\":[{\"content\":{\"role\":\"model\",\"parts\":[".getBytes(StandardCharsets.US_ASCII);

    /// How much of a chunk's tail ends its parts.
    private static final int PARTS_END = "]}".length();

    private final ClientContext client;
    private final StreamForm form;
    private final boolean showsThoughts;
    private final Proofs proofs;
    private final List<Slot> slots = new ArrayList<>();
    private final List<Citation> citations = new ArrayList<>();
    private final TokenScores scores = new TokenScores();
    private final StringBuilder said = new StringBuilder();
    private State state = new State.Idle();
    private Usage usage = Usage.NONE;
    private @Nullable String unreadable;

    /// How far the stream is.
    private sealed interface State {
        record Idle() implements State {}

        /// `names` ends every chunk: the model and the answer's id.
        record Speaking(String names, byte[] tail) implements State {}

        record Ended() implements State {}
    }

    /// An open block: what it is, and what must be known at its end.
    private sealed interface Slot {
        record Prose() implements Slot {}

        record Thought(StringBuilder text) implements Slot {}

        record Call(Opening.ToolCall opening, StringBuilder arguments) implements Slot {}

        record Silent() implements Slot {}
    }

    private static final Slot PROSE = new Slot.Prose();
    private static final Slot SILENT = new Slot.Silent();

    ChunkEncoder(ClientContext client, Seal seal) {
        this.client = client;
        this.form = StreamForm.of(client.asked());
        this.showsThoughts = PartForm.showsThoughts(client.request());
        this.proofs = new Proofs(seal);
    }

    @Override
    public String contentType() {
        return form.contentType();
    }

    @Override
    public void keepAlive(ByteSink out) {
        if (!(state instanceof State.Ended)) {
            form.keepAlive(out);
        }
    }

    @Override
    public void encode(StreamEvent event, ByteSink out) {
        if (state instanceof State.Ended) {
            return;
        }
        switch (event) {
            case StreamEvent.Started started -> start(started.id(), started.model());
            case StreamEvent.BlockOpened(int index, Opening opening) -> open(index, opening, out);
            case StreamEvent.TextDelta(int index, String text) -> text(slot(index), text, out);
            case StreamEvent.ArgumentsDelta(int index, String text) -> {
                if (slot(index) instanceof Slot.Call(var _, StringBuilder arguments)) {
                    arguments.append(text);
                }
            }
            case StreamEvent.SignatureDelta(int index, var signature) ->
                proofs.thought(
                        slot(index) instanceof Slot.Thought(StringBuilder text) ? text.toString() : "", signature);
            case StreamEvent.CitationDelta(int _, Citation citation) -> citations.add(citation);
            case StreamEvent.LogprobsDelta(int _, List<TokenLogprob> tokens) -> scores.add(tokens);
            case StreamEvent.BlockClosed(int index) -> close(slot(index), out);
            case StreamEvent.UsageReported(Usage reported) -> usage = usage.overriddenBy(reported);
            case StreamEvent.Finished(Finish finish) -> finish(finish, out);
            case StreamEvent.Failed(var failure) -> {
                form.open(out).json(GeminiFailures.envelope(failure));
                form.close(out);
                form.end(out);
                state = new State.Ended();
            }
        }
    }

    private State.Speaking start(String id, String model) {
        if (state instanceof State.Speaking speaking) {
            return speaking;
        }
        String names = new ByteSink(128)
                .ascii("\"modelVersion\":")
                .jsonString(model.isEmpty() ? client.request().model() : model)
                .ascii(",\"responseId\":")
                .jsonString(id.isEmpty() ? client.answerId() : id)
                .ascii("}")
                .text();
        State.Speaking speaking =
                new State.Speaking(names, ("]},\"index\":0}]," + names).getBytes(StandardCharsets.UTF_8));
        state = speaking;
        return speaking;
    }

    private Slot slot(int index) {
        return index < slots.size() ? slots.get(index) : SILENT;
    }

    private void open(int index, Opening opening, ByteSink out) {
        while (slots.size() <= index) {
            slots.add(SILENT);
        }
        Slot slot = switch (opening) {
            case Opening.Text _, Opening.Refusal _ -> PROSE;
            case Opening.Reasoning _ -> new Slot.Thought(new StringBuilder());
            case Opening.ToolCall call -> new Slot.Call(call, new StringBuilder());
            case Opening.Whole(Block block) -> {
                whole(block, out);
                yield SILENT;
            }
        };
        slots.set(index, slot);
    }

    private void whole(Block block, ByteSink out) {
        Json.Obj part = PartForm.whole(block);
        if (block instanceof Block.EncryptedReasoning hidden) {
            proofs.hidden(hidden);
        } else if (part != null) {
            part(part, out);
        }
    }

    private void text(Slot slot, String text, ByteSink out) {
        boolean isThought = slot instanceof Slot.Thought;
        if (slot instanceof Slot.Thought(StringBuilder thought)) {
            thought.append(text);
        } else if (slot instanceof Slot.Prose) {
            said.append(text);
        }
        boolean shows = slot instanceof Slot.Prose || isThought && showsThoughts;
        if (shows && !text.isEmpty()) {
            State.Speaking speaking = start("", "");
            form.open(out).write(HEAD).ascii("{\"text\":").jsonString(text);
            out.ascii(isThought ? ",\"thought\":true}" : "}");
            Json.Obj tokens = isThought ? null : scores.take();
            if (tokens != null) {
                out.ascii("]},\"logprobsResult\":").json(tokens);
                out.write(speaking.tail(), PARTS_END, speaking.tail().length);
            } else {
                out.write(speaking.tail());
            }
            form.close(out);
        }
    }

    private void close(Slot slot, ByteSink out) {
        if (!(slot instanceof Slot.Call(Opening.ToolCall call, StringBuilder text))) {
            return;
        }
        Json.Obj args = PartForm.arguments(text.toString());
        if (args == null) {
            unreadable = AnswerWriter.unreadable(call.name(), text.toString());
        } else {
            part(PartForm.proven(PartForm.call(call.id(), call.name(), args), proofs.ofCall(call.signature())), out);
        }
    }

    private void part(Json.Obj part, ByteSink out) {
        State.Speaking speaking = start("", "");
        form.open(out).write(HEAD).json(part).write(speaking.tail());
        form.close(out);
    }

    private void finish(Finish finish, ByteSink out) {
        String word = unreadable == null ? FinishWords.write(finish.reason()) : FinishWords.MALFORMED_CALL;
        Json.Obj grounding = Grounding.write(citations, said.toString());
        State.Speaking speaking = start("", "");
        form.open(out).write(HEAD).json(PartForm.proven(PartForm.text(""), proofs.rest()));
        out.ascii("]},\"finishReason\":\"" + word + "\"");
        if (unreadable != null) {
            out.ascii(",\"finishMessage\":").jsonString(unreadable);
        }
        Json.Num average = scores.average();
        if (average != null) {
            out.ascii(",\"avgLogprobs\":").json(average);
        }
        Json.Obj tokens = scores.take();
        if (tokens != null) {
            out.ascii(",\"logprobsResult\":").json(tokens);
        }
        out.ascii(",\"index\":0");
        if (grounding != null) {
            out.ascii(",\"groundingMetadata\":").json(grounding);
        }
        out.ascii("}],\"usageMetadata\":")
                .json(UsageJson.write(usage))
                .ascii(",")
                .utf8(speaking.names());
        form.close(out);
        form.end(out);
        state = new State.Ended();
    }
}
