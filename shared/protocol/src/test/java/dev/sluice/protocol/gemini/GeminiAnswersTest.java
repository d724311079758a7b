package dev.sluice.protocol.gemini;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.Answer;
import dev.sluice.model.Block;
import dev.sluice.model.Dialect;
import dev.sluice.model.Failure;
import dev.sluice.model.Finish;
import dev.sluice.model.Json;
import dev.sluice.model.Mark;
import dev.sluice.model.Signature;
import dev.sluice.model.Tool;
import dev.sluice.model.Usage;
import dev.sluice.protocol.AnswerCodec;
import dev.sluice.protocol.Outcome;
import dev.sluice.protocol.translate.ToolNames;
import java.util.List;
import org.junit.jupiter.api.Test;

class GeminiAnswersTest {
    private static final AnswerCodec ANSWERS = Gemini.CODEC.answers();

    private static Json.Obj written(Answer answer) {
        return Gemini.json(ANSWERS.encode(answer, Gemini.client(Gemini.SHOWN, Gemini.whole())));
    }

    private static Failure.Upstream failure(String body) {
        return (Failure.Upstream) Gemini.bad(ANSWERS.decode(Gemini.bytes(body), ToolNames.none()));
    }

    @Test
    void a_whole_answer_is_read_like_its_stream() {
        Answer answer = Gemini.answer(
                Gemini.chunk(
                        "{\"content\":{\"parts\":[{\"text\":\"a\",\"thought\":true},{\"text\":\"b\"},{\"functionCall\":{\"id\":\"i\",\"name\":\"f\"}}]},\"finishReason\":\"STOP\"}"));

        assertThat(answer.blocks())
                .containsExactly(
                        new Block.Reasoning("a", null, Mark.NONE),
                        new Block.Text("b", Mark.NONE),
                        new Block.ToolCall("i", "f", null, Tool.Kind.FUNCTION, "{}", null, Mark.NONE));
        assertThat(answer.finish()).isEqualTo(Finish.of(Finish.Reason.TOOL_CALLS));
        assertThat(answer.model()).isEqualTo("up");
    }

    @Test
    void an_answer_in_chunks_of_an_array_is_one_answer() {
        String array = "[" + Gemini.chunk(Gemini.parts("{\"text\":\"a\"}")) + ","
                + Gemini.chunk(Gemini.parts("{\"text\":\"b\"}")) + "," + Gemini.chunk(Gemini.finish("MAX_TOKENS"))
                + "]";

        assertThat(Gemini.answer(array).blocks()).containsExactly(new Block.Text("ab", Mark.NONE));
    }

    @Test
    void what_says_something_and_not_why_it_ended_has_ended() {
        assertThat(Gemini.answer(Gemini.chunk(Gemini.parts("{\"text\":\"a\"}"))).finish())
                .isEqualTo(Finish.of(Finish.Reason.STOP));
    }

    @Test
    void every_candidate_is_read_and_written() {
        Answer answer = Gemini.answer(
                "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"a\"}]},\"finishReason\":\"STOP\",\"index\":0},"
                        + "{\"content\":{\"parts\":[{\"functionCall\":{\"name\":\"f\"}}]},\"finishReason\":\"STOP\",\"index\":1}]}");

        assertThat(answer.others())
                .singleElement()
                .satisfies(other -> assertThat(other.finish().reason()).isEqualTo(Finish.Reason.TOOL_CALLS));
        Json.Obj again = written(answer);
        assertThat(Gemini.print(Gemini.at(again, "candidates.0.content.parts"))).isEqualTo("[{\"text\":\"a\"}]");
        assertThat(Gemini.print(Gemini.at(again, "candidates.1.index"))).isEqualTo("1");
        assertThat(Gemini.print(Gemini.at(again, "candidates.1.content.parts.0.functionCall.name")))
                .isEqualTo("\"f\"");
    }

    @Test
    void what_is_no_answer_is_malformed_or_the_error_it_holds() {
        assertThat(failure("<html>").category()).isEqualTo(Failure.Category.MALFORMED_ANSWER);
        assertThat(failure("{\"candidates\":[]}").category()).isEqualTo(Failure.Category.TRUNCATED);
        assertThat(failure(
                                "[{\"error\":{\"code\":503,\"message\":\"The model is overloaded.\",\"status\":\"UNAVAILABLE\"}}]")
                        .category())
                .isEqualTo(Failure.Category.OVERLOADED);
    }

    @Test
    void an_answer_is_written_with_its_thoughts_calls_and_proofs() {
        Answer answer = new Answer(
                "",
                "",
                0,
                List.of(
                        new Block.Reasoning("hmm", new Signature(Dialect.ANTHROPIC, "S"), Mark.NONE),
                        new Block.Text("a"),
                        new Block.Refusal("no", Mark.NONE),
                        new Block.ToolCall("i", "f", null, Tool.Kind.FUNCTION, "", null, Mark.NONE),
                        new Block.GeneratedImage("AA==", "image/png", Mark.NONE)),
                Finish.of(Finish.Reason.TOOL_CALLS),
                new Usage(40L, 60L, null, null, 20L, 5L, null, null));
        Json.Obj json = written(answer);

        assertThat(Gemini.print(Gemini.at(json, "candidates.0.content.parts")))
                .startsWith("[{\"text\":\"hmm\",\"thought\":true},{\"text\":\"a\"},{\"text\":\"no\"},"
                        + "{\"functionCall\":{\"id\":\"i\",\"name\":\"f\",\"args\":{}},\"thoughtSignature\":\"Z3cxL")
                .endsWith("{\"inlineData\":{\"mimeType\":\"image/png\",\"data\":\"AA==\"}}]");
        assertThat(Gemini.print(json.field("usageMetadata")))
                .isEqualTo("{\"promptTokenCount\":100,\"cachedContentTokenCount\":60,\"candidatesTokenCount\":15,"
                        + "\"thoughtsTokenCount\":5,\"totalTokenCount\":120}");
        assertThat(json.text("modelVersion")).isEqualTo("m");
        assertThat(json.text("responseId")).isEqualTo("abc");
    }

    @Test
    void a_call_that_cannot_be_read_is_told_in_a_whole_answer_too() {
        Answer answer = new Answer(
                "r",
                "up",
                0,
                List.of(new Block.ToolCall("i", "f", null, Tool.Kind.FUNCTION, "[1]", null, Mark.NONE)),
                Finish.of(Finish.Reason.TOOL_CALLS),
                Usage.NONE);

        assertThat(Gemini.print(Gemini.at(written(answer), "candidates.0.finishReason")))
                .isEqualTo("\"MALFORMED_FUNCTION_CALL\"");
    }

    @Test
    void the_identity_lane_reads_usage_and_finish_and_judges_errors_alone() {
        assertThat(
                        Gemini.ok(
                                ANSWERS.tap(
                                        Gemini.bytes(
                                                "{\"candidates\":[{\"finishReason\":\"MALFORMED_FUNCTION_CALL\"}],\"usageMetadata\":{\"promptTokenCount\":3}}"))))
                .isEqualTo(new AnswerCodec.Tapped(
                        new Usage(3L, null, null, null, null, null, null, null), Finish.of(Finish.Reason.STOP)));
        assertThat(Gemini.ok(ANSWERS.tap(Gemini.bytes("{\"promptFeedback\":{\"blockReason\":\"SAFETY\"}}")))
                        .finish()
                        .reason())
                .isEqualTo(Finish.Reason.CONTENT_FILTER);
        for (String none : List.of("x", "{}", "{\"error\":{\"code\":500}}")) {
            assertThat(ANSWERS.tap(Gemini.bytes(none))).isInstanceOf(Outcome.Bad.class);
        }
    }
}
