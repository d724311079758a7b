package dev.sluice.protocol.gemini;

import dev.sluice.model.Failure;
import dev.sluice.model.Finish;
import dev.sluice.model.Json;
import dev.sluice.model.StreamEvent;
import dev.sluice.model.Usage;
import dev.sluice.protocol.EventDecoder;
import dev.sluice.protocol.Frame;
import dev.sluice.protocol.json.JsonText;
import dev.sluice.protocol.translate.ToolNames;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Chunks to events. The dialect has no end of its own: the finish is remembered until the bytes end, because usage may
/// follow it.
final class ChunkDecoder implements EventDecoder {
    private final int candidate;
    private final CandidateBlocks blocks;
    private boolean started;
    private boolean ended;
    private @Nullable Finish finish;
    private Usage usage = Usage.NONE;

    ChunkDecoder(ToolNames names) {
        this(names, 0);
    }

    /// @param candidate which of several answers to the same request is heard
    ChunkDecoder(ToolNames names, int candidate) {
        this.candidate = candidate;
        this.blocks = new CandidateBlocks(names);
    }

    @Override
    public void feed(Frame frame, Consumer<StreamEvent> out) {
        boolean says = frame.kind() == Frame.Kind.EVENT && frame.dataFrom() < frame.dataTo();
        if (ended || !says || frame.dataIs("[DONE]")) {
            return;
        }
        Json.Obj chunk = JsonText.objectOrNull(frame.data(), frame.dataFrom(), frame.dataTo());
        if (chunk != null) {
            chunk(chunk, out);
        } else if (finish == null) {
            fail(
                    Failure.Upstream.of(
                            Failure.Category.MALFORMED_ANSWER, "The provider sent a chunk that is not a JSON object."),
                    out);
        }
    }

    void chunk(Json.Obj raw, Consumer<StreamEvent> out) {
        Json.Obj chunk = ProtoJson.camel(raw);
        if (ended || chunk.isEmpty()) {
            return;
        }
        if (chunk.present("error") != null) {
            fail(GeminiFailures.inAnswer(chunk), out);
            return;
        }
        start(chunk, out);
        Json.Obj counts = chunk.object("usageMetadata");
        Json.Obj choice = candidate(chunk);
        if (choice != null && finish == null) {
            candidate(choice, out);
        }
        Json.Obj feedback = chunk.object("promptFeedback");
        String blocked = feedback == null ? "" : ProtoJson.camel(feedback).text("blockReason", "");
        if (!ended && finish == null && choice == null && !blocked.isEmpty()) {
            blocks.close(out);
            finish = FinishWords.filtered(blocked);
        }
        if (!ended && counts != null) {
            usage = usage.overriddenBy(UsageJson.read(counts));
            out.accept(new StreamEvent.UsageReported(usage));
        }
    }

    private void start(Json.Obj chunk, Consumer<StreamEvent> out) {
        if (!started) {
            started = true;
            String id = chunk.text("responseId", "");
            blocks.answerId(candidate == 0 ? id : id + "#" + candidate);
            out.accept(new StreamEvent.Started(id, chunk.text("modelVersion", ""), 0));
        }
    }

    private Json.@Nullable Obj candidate(Json.Obj chunk) {
        List<Json> candidates = chunk.items("candidates");
        for (int i = 0; i < candidates.size(); i++) {
            if (candidates.get(i) instanceof Json.Obj choice && number(choice, i) == candidate) {
                return ProtoJson.camel(choice);
            }
        }
        return null;
    }

    /// Which answer that is: its index, else its place.
    static long number(Json.Obj choice, int place) {
        Long index = choice.whole("index");
        return index == null ? place : index;
    }

    private void candidate(Json.Obj choice, Consumer<StreamEvent> out) {
        Json.Obj content = choice.object("content");
        List<Json> parts = content == null ? List.of() : content.items("parts");
        if (TokenScores.areOfText(parts)) {
            blocks.weigh(TokenScores.read(choice), out);
        }
        for (Json item : parts) {
            if (item instanceof Json.Obj part) {
                blocks.part(part, out);
            }
        }
        blocks.cite(choice, out);
        String word = choice.text("finishReason", "");
        if (FinishWords.isBroken(word)) {
            String said = choice.text("finishMessage", "");
            String message = "The model broke its answer off: " + (said.isEmpty() ? word : said);
            fail(Failure.Upstream.of(Failure.Category.MALFORMED_ANSWER, message), out);
        } else if (!word.isEmpty() && !word.equals("FINISH_REASON_UNSPECIFIED")) {
            blocks.close(out);
            finish = FinishWords.read(word, blocks.hasCalls());
        }
    }

    @Override
    public void end(boolean reset, Consumer<StreamEvent> out) {
        if (ended) {
            return;
        }
        if (finish == null) {
            fail(
                    Failure.Upstream.of(
                            Failure.Category.TRUNCATED, "The provider's answer ended before it was complete."),
                    out);
            return;
        }
        ended = true;
        out.accept(new StreamEvent.Finished(finish));
    }

    /// The end of a whole answer: one that says something and not why it ended has ended by itself.
    void endOfWhole(Consumer<StreamEvent> out) {
        if (!ended && finish == null && !blocks.isEmpty()) {
            blocks.close(out);
            finish = FinishWords.read("STOP", blocks.hasCalls());
        }
        end(false, out);
    }

    private void fail(Failure failure, Consumer<StreamEvent> out) {
        ended = true;
        out.accept(new StreamEvent.Failed(failure));
    }
}
