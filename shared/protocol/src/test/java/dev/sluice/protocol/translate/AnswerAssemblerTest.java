package dev.sluice.protocol.translate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.Answer;
import dev.sluice.model.Block;
import dev.sluice.model.Citation;
import dev.sluice.model.Dialect;
import dev.sluice.model.Failure;
import dev.sluice.model.Finish;
import dev.sluice.model.Json;
import dev.sluice.model.Mark;
import dev.sluice.model.Signature;
import dev.sluice.model.StreamEvent;
import dev.sluice.model.Tool;
import dev.sluice.model.Usage;
import dev.sluice.protocol.Outcome;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnswerAssemblerTest {
    private static final Finish STOP = Finish.of(Finish.Reason.STOP);

    private static Answer answer(Block... blocks) {
        return new Answer("id", "m", 7, List.of(blocks), STOP, Usage.of(3, 4));
    }

    private static Outcome<Answer> assemble(StreamEvent... events) {
        AnswerAssembler assembler = new AnswerAssembler();
        List.of(events).forEach(assembler);
        return assembler.answer();
    }

    @Test
    void a_whole_answer_played_and_assembled_is_the_answer() {
        Signature signature = new Signature(Dialect.ANTHROPIC, "sig");
        Citation citation = new Citation(Dialect.ANTHROPIC, Json.Obj.EMPTY, "https://n.test", "N", null);
        Answer answer = answer(
                new Block.Reasoning("hmm", signature, Mark.NONE),
                new Block.Reasoning("", signature, Mark.NONE),
                new Block.EncryptedReasoning(signature, null, Mark.NONE),
                new Block.Text("words", List.of(citation), Mark.NONE),
                new Block.ToolCall("a", "f", "ns", Tool.Kind.CUSTOM, "raw text", signature, Mark.NONE),
                new Block.ToolCall("b", "g", null, Tool.Kind.FUNCTION, "", null, Mark.NONE),
                new Block.Refusal("no", Mark.NONE));
        AnswerAssembler assembler = new AnswerAssembler();
        AnswerEvents.emit(answer, assembler);
        assertThat(assembler.answer()).isEqualTo(Outcome.ok(answer));
    }

    @Test
    void plays_events_by_the_grammar() {
        List<StreamEvent> events = new ArrayList<>();
        AnswerEvents.emit(answer(new Block.Text("a"), new Block.Text("")), events::add);
        assertThat(events)
                .containsExactly(
                        new StreamEvent.Started("id", "m", 7),
                        new StreamEvent.BlockOpened(0, StreamEvent.Opening.TEXT),
                        new StreamEvent.TextDelta(0, "a"),
                        new StreamEvent.BlockClosed(0),
                        new StreamEvent.UsageReported(Usage.of(3, 4)),
                        new StreamEvent.Finished(STOP));
    }

    @Test
    void keeps_blocks_apart_that_are_filled_in_turns() {
        StreamEvent.Opening call = new StreamEvent.Opening.ToolCall("a", "f", null, Tool.Kind.FUNCTION, null);
        Outcome<Answer> outcome = assemble(
                new StreamEvent.BlockOpened(1, call),
                new StreamEvent.BlockOpened(0, StreamEvent.Opening.TEXT),
                new StreamEvent.ArgumentsDelta(1, "{"),
                new StreamEvent.TextDelta(0, "x"),
                new StreamEvent.ArgumentsDelta(1, "}"),
                new StreamEvent.UsageReported(Usage.of(1, 1)),
                new StreamEvent.UsageReported(new Usage(null, null, null, null, 9L, null, null, null)),
                new StreamEvent.Finished(STOP));
        Answer answer = ((Outcome.Ok<Answer>) outcome).value();
        assertThat(answer.blocks())
                .containsExactly(
                        new Block.Text("x"),
                        new Block.ToolCall("a", "f", null, Tool.Kind.FUNCTION, "{}", null, Mark.NONE));
        assertThat(answer.usage()).isEqualTo(Usage.of(1, 9));
    }

    @Test
    void a_stream_without_an_end_is_no_answer() {
        Outcome<Answer> outcome = assemble(new StreamEvent.Started("", "", 0));
        Failure failure = ((Outcome.Bad<Answer>) outcome).failure();
        assertThat(((Failure.Upstream) failure).category()).isEqualTo(Failure.Category.TRUNCATED);
    }

    @Test
    void a_failed_stream_is_its_failure_whatever_follows() {
        Failure failure = Failure.Upstream.of(Failure.Category.OVERLOADED, "later");
        assertThat(assemble(new StreamEvent.Failed(failure), new StreamEvent.Finished(STOP)))
                .isEqualTo(Outcome.bad(failure));
    }
}
