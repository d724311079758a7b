package dev.sluice.protocol.translate;

import dev.sluice.model.Answer;
import dev.sluice.model.Block;
import dev.sluice.model.Citation;
import dev.sluice.model.Failure;
import dev.sluice.model.Finish;
import dev.sluice.model.Mark;
import dev.sluice.model.Signature;
import dev.sluice.model.StreamEvent;
import dev.sluice.model.StreamEvent.Opening;
import dev.sluice.model.TokenLogprob;
import dev.sluice.model.Usage;
import dev.sluice.protocol.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Collects the events of a stream into the whole answer that they are. One per answer; not thread-safe.
public final class AnswerAssembler implements Consumer<StreamEvent> {
    private final Map<Integer, Part> parts = new TreeMap<>();
    private StreamEvent.Started started = new StreamEvent.Started("", "", 0);
    private Usage usage = Usage.NONE;
    private @Nullable Finish finish;
    private @Nullable Failure failure;

    @Override
    public void accept(StreamEvent event) {
        if (finish != null || failure != null) {
            return;
        }
        switch (event) {
            case StreamEvent.Started start -> started = start;
            case StreamEvent.BlockOpened(int index, Opening opening) -> parts.put(index, new Part(opening));
            case StreamEvent.TextDelta(int index, String text) -> text(index, text);
            case StreamEvent.ArgumentsDelta(int index, String text) -> text(index, text);
            case StreamEvent.SignatureDelta(int index, Signature signature) -> {
                Part part = parts.get(index);
                if (part != null) {
                    part.signature = signature;
                }
            }
            case StreamEvent.CitationDelta(int index, Citation citation) -> {
                Part part = parts.get(index);
                if (part != null) {
                    part.citations.add(citation);
                }
            }
            case StreamEvent.LogprobsDelta(int index, List<TokenLogprob> tokens) -> {
                Part part = parts.get(index);
                if (part != null) {
                    part.logprobs.addAll(tokens);
                }
            }
            case StreamEvent.BlockClosed _ -> {}
            case StreamEvent.UsageReported(Usage report) -> usage = usage.overriddenBy(report);
            case StreamEvent.Finished(Finish reason) -> finish = reason;
            case StreamEvent.Failed(Failure why) -> failure = why;
        }
    }

    /// The answer. Bad: the stream's own failure, or category `TRUNCATED` when it had no end.
    public Outcome<Answer> answer() {
        if (failure != null) {
            return Outcome.bad(failure);
        }
        if (finish == null) {
            return Outcome.bad(Failure.Upstream.of(Failure.Category.TRUNCATED, "The answer broke off before its end."));
        }
        List<Block> blocks = new ArrayList<>(parts.size());
        for (Part part : parts.values()) {
            Block block = part.block();
            if (!AnswerEvents.isEmpty(block)) {
                blocks.add(block);
            }
        }
        return Outcome.ok(new Answer(started.id(), started.model(), started.created(), blocks, finish, usage));
    }

    /// The tokens reported so far, also when the answer failed.
    public Usage usage() {
        return usage;
    }

    private void text(int index, String text) {
        Part part = parts.get(index);
        if (part != null) {
            part.text.append(text);
        }
    }

    private static final class Part {
        private final Opening opening;
        private final StringBuilder text = new StringBuilder();
        private final List<Citation> citations = new ArrayList<>(0);
        private final List<TokenLogprob> logprobs = new ArrayList<>(0);
        private @Nullable Signature signature;

        Part(Opening opening) {
            this.opening = opening;
        }

        Block block() {
            String whole = text.toString();
            return switch (opening) {
                case Opening.Text _ -> new Block.Text(whole, citations, logprobs, Mark.NONE);
                case Opening.Refusal _ -> new Block.Refusal(whole, logprobs, Mark.NONE);
                case Opening.Reasoning _ -> new Block.Reasoning(whole, signature, Mark.NONE);
                case Opening.ToolCall call ->
                    new Block.ToolCall(
                            call.id(), call.name(), call.namespace(), call.kind(), whole, call.signature(), Mark.NONE);
                case Opening.Whole(Block block) -> block;
            };
        }
    }
}
