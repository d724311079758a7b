package dev.sluice.protocol.openai.chat;

import dev.sluice.model.Block;
import dev.sluice.model.Finish;
import dev.sluice.model.Json;
import dev.sluice.model.StreamEvent;
import dev.sluice.model.StreamEvent.Opening;
import dev.sluice.model.TokenLogprob;
import dev.sluice.model.Tool;
import dev.sluice.model.Usage;
import dev.sluice.protocol.ByteSink;
import dev.sluice.protocol.ClientContext;
import dev.sluice.protocol.EventEncoder;
import dev.sluice.protocol.openai.OpenAiFailures;
import dev.sluice.protocol.seal.Seal;
import dev.sluice.protocol.sse.SseReader;
import dev.sluice.protocol.translate.TokensAhead;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Events to chunks. What every chunk begins and ends with is made once; deltas are written straight into the sink.
final class ChunkEncoder implements EventEncoder {
    private static final byte[] TAIL = ascii("},\"finish_reason\":null}]}\n\n");
    private static final byte[] DONE = ascii("data: [DONE]\n\n");
    private static final byte[] KEEP_ALIVE = ascii(": keep-alive\n\n");

    private final ClientContext client;
    private final Seal seal;
    private final boolean legacy;
    private final List<Slot> slots = new ArrayList<>();
    private State state = new State.Idle();
    private Usage usage = Usage.NONE;
    private int calls;
    private int details;
    private boolean refused;

    /// How far the stream is.
    private sealed interface State {
        /// Nothing was written; an error can still become a plain HTTP error.
        record Idle() implements State {}

        /// `head` begins every chunk up to its choices; the role chunk is written with the first content.
        record Named(String head) implements State {}

        record Speaking(String head, byte[] deltaHead) implements State {}

        record Ended() implements State {}
    }

    /// An open block: what it is, and what must be known at its end.
    private sealed interface Slot {
        record Prose(byte[] field, TokensAhead ahead) implements Slot {}

        record Thought(StringBuilder text) implements Slot {}

        final class Call implements Slot {
            private final byte[] head;
            private final byte[] foot;
            private final boolean isFunction;
            private boolean argued;

            Call(byte[] head, byte[] foot, boolean isFunction) {
                this.head = head;
                this.foot = foot;
                this.isFunction = isFunction;
            }
        }

        record Silent() implements Slot {}
    }

    private final Slot.Prose content = new Slot.Prose(ascii("\"content\":"), new TokensAhead());
    private final Slot.Prose refusal = new Slot.Prose(ascii("\"refusal\":"), new TokensAhead());
    private static final byte[] REASONING = ascii("\"reasoning_content\":");
    private static final Slot SILENT = new Slot.Silent();

    ChunkEncoder(ClientContext client, Seal seal) {
        this.client = client;
        this.seal = seal;
        this.legacy = AnswerWriter.isLegacy(client);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public String contentType() {
        return SseReader.MEDIA_TYPE;
    }

    @Override
    public void keepAlive(ByteSink out) {
        if (!(state instanceof State.Ended)) {
            out.write(KEEP_ALIVE);
        }
    }

    @Override
    public void encode(StreamEvent event, ByteSink out) {
        if (state instanceof State.Ended) {
            return;
        }
        switch (event) {
            case StreamEvent.Started started -> start(started);
            case StreamEvent.TextDelta(int index, String text) -> text(slot(index), text, out);
            case StreamEvent.ArgumentsDelta(int index, String text) -> argue(slot(index), text, out);
            case StreamEvent.BlockOpened(int index, Opening opening) -> open(index, opening, out);
            case StreamEvent.LogprobsDelta(int index, List<TokenLogprob> tokens) -> {
                if (slot(index) instanceof Slot.Prose prose) {
                    prose.ahead().add(tokens);
                }
            }
            case StreamEvent.BlockClosed(int index) -> close(slot(index), out);
            case StreamEvent.SignatureDelta(int index, var signature) -> {
                String text = slot(index) instanceof Slot.Thought(StringBuilder said) ? said.toString() : "";
                detail(ReasoningJson.text(text, signature, details++, seal), out);
            }
            case StreamEvent.CitationDelta(int _, var citation) -> annotate(AnswerWriter.annotation(citation), out);
            case StreamEvent.UsageReported(Usage reported) -> usage = usage.overriddenBy(reported);
            case StreamEvent.Finished(Finish finish) -> finish(finish, out);
            case StreamEvent.Failed(var failure) -> {
                out.ascii("data: ").json(OpenAiFailures.envelope(failure)).ascii("\n\n");
                state = new State.Ended();
            }
        }
    }

    private void start(StreamEvent.Started started) {
        if (state instanceof State.Idle) {
            state = new State.Named(head(started.id(), started.model(), started.created()));
        }
    }

    private String head(String id, String model, long created) {
        ByteSink head = new ByteSink(256);
        head.ascii("data: {\"id\":")
                .jsonString(AnswerWriter.id(id, client))
                .ascii(",\"object\":\"chat.completion.chunk\",\"created\":")
                .number(created > 0 ? created : client.now())
                .ascii(",\"model\":")
                .jsonString(model.isEmpty() ? client.request().model() : model)
                .ascii(",\"choices\":[");
        return head.text();
    }

    /// Writes the role chunk before the first delta; answers what begins a delta.
    private byte[] deltaHead(ByteSink out) {
        if (state instanceof State.Speaking(String _, byte[] deltaHead)) {
            return deltaHead;
        }
        String head = state instanceof State.Named(String named) ? named : head("", "", 0);
        byte[] deltaHead = (head + "{\"index\":0,\"delta\":{").getBytes(StandardCharsets.UTF_8);
        state = new State.Speaking(head, deltaHead);
        out.write(deltaHead).ascii("\"role\":\"assistant\",\"content\":\"\"").write(TAIL);
        return deltaHead;
    }

    private Slot slot(int index) {
        return index < slots.size() ? slots.get(index) : SILENT;
    }

    private void open(int index, Opening opening, ByteSink out) {
        while (slots.size() <= index) {
            slots.add(SILENT);
        }
        Slot slot = switch (opening) {
            case Opening.Text _ -> content;
            case Opening.Refusal _ -> {
                refused = true;
                yield refusal;
            }
            case Opening.Reasoning _ -> new Slot.Thought(new StringBuilder());
            case Opening.ToolCall call -> call(call, out);
            case Opening.Whole(Block block) -> {
                whole(block, out);
                yield SILENT;
            }
        };
        slots.set(index, slot);
    }

    private Slot call(Opening.ToolCall call, ByteSink out) {
        int ordinal = calls++;
        boolean isFunction = call.kind() == Tool.Kind.FUNCTION;
        if (legacy) {
            if (ordinal > 0) {
                return SILENT; // the deprecated form has room for one call
            }
            out.write(deltaHead(out)).ascii("\"function_call\":{\"name\":").jsonString(call.name());
            out.ascii(",\"arguments\":\"\"}").write(TAIL);
            return new Slot.Call(ascii("\"function_call\":{\"arguments\":"), ascii("}"), true);
        }
        String kind = isFunction ? "function" : "custom";
        String argument = isFunction ? "arguments" : "input";
        out.write(deltaHead(out)).ascii("\"tool_calls\":[{\"index\":").number(ordinal);
        out.ascii(",\"id\":").jsonString(call.id());
        out.ascii(",\"type\":\"" + kind + "\",\"" + kind + "\":{\"name\":").jsonString(call.name());
        out.ascii(",\"" + argument + "\":\"\"}");
        Json.Obj extra = AnswerWriter.extraContent(call.signature(), seal);
        if (extra != null) {
            out.ascii(",\"extra_content\":").json(extra);
        }
        out.ascii("}]").write(TAIL);
        String head = "\"tool_calls\":[{\"index\":" + ordinal + ",\"" + kind + "\":{\"" + argument + "\":";
        return new Slot.Call(ascii(head), ascii("}}]"), isFunction);
    }

    private void whole(Block block, ByteSink out) {
        if (block instanceof Block.EncryptedReasoning hidden) {
            detail(ReasoningJson.encrypted(hidden, details++, seal), out);
        } else if (block instanceof Block.GeneratedImage made) {
            out.write(deltaHead(out)).ascii("\"images\":[").json(AnswerWriter.image(made));
            out.ascii("]").write(TAIL);
        }
    }

    private void text(Slot slot, String text, ByteSink out) {
        if (text.isEmpty()) {
            return;
        }
        switch (slot) {
            case Slot.Prose prose -> say(prose, text, prose.ahead().take(), out);
            case Slot.Thought(StringBuilder said) -> {
                said.append(text);
                out.write(deltaHead(out)).write(REASONING).jsonString(text).write(TAIL);
            }
            case Slot.Call _, Slot.Silent _ -> {}
        }
    }

    private void say(Slot.Prose prose, String text, List<TokenLogprob> tokens, ByteSink out) {
        out.write(deltaHead(out)).write(prose.field()).jsonString(text);
        if (!tokens.isEmpty()) {
            boolean refuses = prose == refusal;
            out.ascii("},\"logprobs\":")
                    .json(AnswerWriter.logprobs(refuses ? List.of() : tokens, refuses ? tokens : List.of()))
                    .write(TAIL, 1, TAIL.length);
        } else {
            out.write(TAIL);
        }
    }

    private void argue(Slot slot, String text, ByteSink out) {
        if (slot instanceof Slot.Call call && !text.isEmpty()) {
            call.argued = true;
            out.write(deltaHead(out)).write(call.head).jsonString(text);
            out.write(call.foot).write(TAIL);
        }
    }

    private void close(Slot slot, ByteSink out) {
        if (slot instanceof Slot.Call call && call.isFunction && !call.argued) {
            argue(call, "{}", out); // clients parse the arguments, an empty text is no JSON
        }
        List<TokenLogprob> left =
                slot instanceof Slot.Prose prose ? prose.ahead().take() : List.of();
        if (slot instanceof Slot.Prose prose && !left.isEmpty()) {
            say(prose, "", left, out);
        }
    }

    private void detail(Json.@Nullable Obj detail, ByteSink out) {
        if (detail != null) {
            out.write(deltaHead(out)).ascii("\"reasoning_details\":[").json(detail);
            out.ascii("]").write(TAIL);
        }
    }

    private void annotate(Json.@Nullable Obj annotation, ByteSink out) {
        if (annotation != null) {
            out.write(deltaHead(out)).ascii("\"annotations\":[").json(annotation);
            out.ascii("]").write(TAIL);
        }
    }

    private void finish(Finish finish, ByteSink out) {
        String word = FinishWords.write(finish.reason(), calls > 0, refused, legacy);
        out.write(deltaHead(out)).ascii("},\"finish_reason\":\"" + word + "\"}]}\n\n");
        if (client.request().includeUsage() && state instanceof State.Speaking(String head, byte[] _)) {
            out.utf8(head).ascii("],\"usage\":").json(UsageJson.write(usage)).ascii("}\n\n");
        }
        out.write(DONE);
        state = new State.Ended();
    }
}
