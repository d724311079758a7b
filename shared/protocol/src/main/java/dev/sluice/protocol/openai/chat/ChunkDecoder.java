package dev.sluice.protocol.openai.chat;

import dev.sluice.model.Block;
import dev.sluice.model.Citation;
import dev.sluice.model.Failure;
import dev.sluice.model.Finish;
import dev.sluice.model.Json;
import dev.sluice.model.Mark;
import dev.sluice.model.StreamEvent;
import dev.sluice.model.TokenLogprob;
import dev.sluice.model.Usage;
import dev.sluice.protocol.EventDecoder;
import dev.sluice.protocol.Frame;
import dev.sluice.protocol.json.JsonText;
import dev.sluice.protocol.openai.OpenAiFailures;
import dev.sluice.protocol.seal.Seal;
import dev.sluice.protocol.translate.Logprobs;
import dev.sluice.protocol.translate.Shape;
import dev.sluice.protocol.translate.ToolNames;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Chunks to events. Only choice 0 is heard; the finish is remembered until `[DONE]` or the end of the bytes, because
/// usage may follow it.
final class ChunkDecoder implements EventDecoder {
    private static final String DONE = "[DONE]";

    private final Seal seal;
    private final ProseBlocks prose;
    private final CallBlocks calls;
    private final BlockNumbers numbers = new BlockNumbers();
    private boolean started;
    private boolean ended;
    private boolean plainReasoning;
    private String id = "";
    private @Nullable String finish;
    private Usage usage = Usage.NONE;

    ChunkDecoder(ToolNames names, Seal seal) {
        this.seal = seal;
        this.prose = new ProseBlocks(numbers);
        this.calls = new CallBlocks(numbers, names, seal);
    }

    @Override
    public void feed(Frame frame, Consumer<StreamEvent> out) {
        if (ended || frame.kind() == Frame.Kind.FILLER) {
            return;
        }
        if (frame.dataIs(DONE)) {
            done(out);
            return;
        }
        if (frame.dataFrom() == frame.dataTo()) {
            return;
        }
        Json.Obj chunk = JsonText.objectOrNull(frame.data(), frame.dataFrom(), frame.dataTo());
        if (chunk == null) {
            malformed(out);
        } else if (chunk.present("error") != null) {
            fail(OpenAiFailures.inStream(chunk), out);
        } else if ("error".equals(frame.event())) {
            fail(OpenAiFailures.inStream(Json.object().put("error", chunk).build()), out);
        } else {
            chunk(chunk, out);
        }
    }

    private void malformed(Consumer<StreamEvent> out) {
        if (finish == null) {
            fail(
                    Failure.Upstream.of(
                            Failure.Category.MALFORMED_ANSWER, "The provider sent a chunk that is not a JSON object."),
                    out);
        }
    }

    private void chunk(Json.Obj chunk, Consumer<StreamEvent> out) {
        Json.Obj choice = choice(chunk);
        boolean isNamed = !chunk.text("id", "").isEmpty();
        if (!started && (choice != null || isNamed)) {
            start(chunk, out);
        }
        if (choice != null && finish == null) {
            choice(choice, out);
        }
        Json.Obj counts = chunk.object("usage");
        if (counts != null) {
            if (!started) {
                start(chunk, out);
            }
            usage = usage.overriddenBy(UsageJson.read(counts));
            out.accept(new StreamEvent.UsageReported(usage));
        }
    }

    private void start(Json.Obj chunk, Consumer<StreamEvent> out) {
        started = true;
        id = chunk.text("id", "");
        calls.answerId(id);
        Long created = chunk.whole("created");
        out.accept(new StreamEvent.Started(id, chunk.text("model", ""), created == null ? 0 : created));
    }

    private static Json.@Nullable Obj choice(Json.Obj chunk) {
        for (Json item : chunk.items("choices")) {
            if (item instanceof Json.Obj choice) {
                Long index = choice.whole("index");
                if (index == null || index == 0) {
                    return choice;
                }
            }
        }
        return null;
    }

    private void choice(Json.Obj choice, Consumer<StreamEvent> out) {
        Json.Obj delta = choice.object("delta");
        if (delta != null) {
            delta(delta, choice.object("logprobs"), out);
        }
        String word = choice.text("finish_reason", "");
        if (word.equals("error")) {
            fail(Failure.Upstream.of(Failure.Category.TEMPORARY_ERROR, "The provider broke the answer off."), out);
        } else if (!word.isEmpty()) {
            finish = word;
            prose.close(out);
            calls.closeAll(out);
        }
    }

    private void delta(Json.Obj delta, Json.@Nullable Obj logprobs, Consumer<StreamEvent> out) {
        boolean thinks = reasoning(delta, out);
        boolean elsewhere = thinks || !delta.items("tool_calls").isEmpty() || delta.object("function_call") != null;
        say(StreamEvent.Opening.TEXT, delta.text("content", ""), tokens(logprobs, "content"), elsewhere, out);
        say(StreamEvent.Opening.REFUSAL, delta.text("refusal", ""), tokens(logprobs, "refusal"), elsewhere, out);
        for (Citation citation : PartReader.citations(new Shape(delta, ""))) {
            prose.cite(citation, out);
        }
        for (Json item : delta.items("images")) {
            whole(AnswerReader.image(item), out);
        }
        for (Json item : delta.items("tool_calls")) {
            if (item instanceof Json.Obj call) {
                prose.close(out);
                calls.take(call, out);
            }
        }
        Json.Obj legacy = delta.object("function_call");
        if (legacy != null) {
            prose.close(out);
            calls.take(Json.object().put("index", 0).put("function", legacy).build(), out);
        }
    }

    static List<TokenLogprob> tokens(Json.@Nullable Obj logprobs, String name) {
        return logprobs == null ? List.of() : Logprobs.read(logprobs.items(name));
    }

    /// @param elsewhere whether a delta without words says something else, whose tokens these are then
    private void say(
            StreamEvent.Opening kind,
            String text,
            List<TokenLogprob> tokens,
            boolean elsewhere,
            Consumer<StreamEvent> out) {
        if (!text.isEmpty() || !elsewhere) {
            prose.weigh(kind, tokens, out);
        }
        if (!text.isEmpty()) {
            calls.closeWhole(out);
            prose.add(kind, text, out);
        }
    }

    /// Whether there is any.
    private boolean reasoning(Json.Obj delta, Consumer<StreamEvent> out) {
        String plain = ReasoningJson.plain(delta);
        boolean thinks = plain != null && !plain.isEmpty();
        if (plain != null && thinks) {
            plainReasoning = true;
            calls.closeWhole(out);
            prose.add(StreamEvent.Opening.REASONING, plain, out);
        }
        for (Json item : delta.items("reasoning_details")) {
            Block block = item instanceof Json.Obj detail ? ReasoningJson.detail(detail, Mark.NONE, seal) : null;
            if (block instanceof Block.Reasoning thought) {
                // the same words come in both fields: they are taken once
                prose.think(plainReasoning ? "" : thought.text(), thought.signature(), out);
            } else {
                whole(block, out);
            }
        }
        return thinks;
    }

    private void whole(@Nullable Block block, Consumer<StreamEvent> out) {
        if (block != null) {
            prose.close(out);
            int index = numbers.next();
            out.accept(new StreamEvent.BlockOpened(index, new StreamEvent.Opening.Whole(block)));
            out.accept(new StreamEvent.BlockClosed(index));
        }
    }

    private void done(Consumer<StreamEvent> out) {
        boolean saidSomething = numbers.used() > 0;
        if (finish != null || (saidSomething && !calls.isBroken())) {
            // some servers never name a reason; their own end marker is one
            finished(out);
        } else {
            truncated(out);
        }
    }

    private void finished(Consumer<StreamEvent> out) {
        prose.close(out);
        calls.closeAll(out);
        ended = true;
        Finish reason = FinishWords.read(finish == null ? "stop" : finish, calls.any(), prose.refused());
        out.accept(new StreamEvent.Finished(reason));
    }

    private void truncated(Consumer<StreamEvent> out) {
        fail(
                Failure.Upstream.of(Failure.Category.TRUNCATED, "The provider's answer ended before it was complete."),
                out);
    }

    private void fail(Failure failure, Consumer<StreamEvent> out) {
        ended = true;
        out.accept(new StreamEvent.Failed(failure));
    }

    @Override
    public void end(boolean reset, Consumer<StreamEvent> out) {
        if (ended) {
            return;
        }
        if (finish != null) {
            finished(out);
        } else {
            truncated(out);
        }
    }
}
