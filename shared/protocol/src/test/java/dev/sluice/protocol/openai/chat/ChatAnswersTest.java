package dev.sluice.protocol.openai.chat;

import static dev.sluice.protocol.openai.chat.Chat.CODEC;
import static dev.sluice.protocol.openai.chat.Chat.bad;
import static dev.sluice.protocol.openai.chat.Chat.bytes;
import static dev.sluice.protocol.openai.chat.Chat.client;
import static dev.sluice.protocol.openai.chat.Chat.json;
import static dev.sluice.protocol.openai.chat.Chat.ok;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.Answer;
import dev.sluice.model.Block;
import dev.sluice.model.Dialect;
import dev.sluice.model.Failure;
import dev.sluice.model.Finish;
import dev.sluice.model.Json;
import dev.sluice.model.Mark;
import dev.sluice.model.Signature;
import dev.sluice.model.StreamEvent;
import dev.sluice.model.Tool;
import dev.sluice.model.Usage;
import dev.sluice.protocol.AnswerCodec;
import dev.sluice.protocol.Outcome;
import dev.sluice.protocol.translate.AnswerAssembler;
import dev.sluice.protocol.translate.AnswerEvents;
import dev.sluice.protocol.translate.ToolNames;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChatAnswersTest {
    private static String whole(String message, String finish) {
        return "{\"id\":\"chatcmpl-1\",\"created\":7,\"model\":\"up\",\"choices\":[{\"index\":0,\"message\":" + message
                + ",\"finish_reason\":\"" + finish + "\"}],\"usage\":{\"prompt_tokens\":100,\"completion_tokens\":5,"
                + "\"prompt_tokens_details\":{\"cached_tokens\":128}}}";
    }

    private static Outcome<Answer> decoded(String body) {
        return CODEC.answers().decode(bytes(body), ToolNames.none());
    }

    private static Json.Obj message(Answer answer) {
        byte[] body = CODEC.answers().encode(answer, client());
        Json.Obj json = json(new String(body, StandardCharsets.UTF_8));
        return java.util.Objects.requireNonNull(
                ((Json.Obj) json.items("choices").getFirst()).object("message"));
    }

    @Test
    void reads_reasoning_text_and_calls_in_order() {
        Answer answer = ok(decoded(whole(
                "{\"content\":\"A\",\"reasoning_content\":\"hm\",\"tool_calls\":[{\"id\":\"\",\"function\":"
                        + "{\"name\":\"f\",\"arguments\":\"\"}}]}",
                "stop")));
        assertThat(answer.blocks()).hasSize(3);
        assertThat(((Block.ToolCall) answer.blocks().get(2)).id()).matches("call_[0-9a-f]+");
        assertThat(answer.finish().reason()).isEqualTo(Finish.Reason.TOOL_CALLS);
    }

    @Test
    void never_counts_less_than_no_tokens() {
        assertThat(ok(decoded(whole("{\"content\":\"x\"}", "stop"))).usage().inputUncached())
                .isZero();
    }

    @Test
    void takes_an_answer_without_choices_for_a_fault() {
        Failure.Upstream failure = (Failure.Upstream) bad(decoded("{\"id\":\"x\",\"choices\":[]}"));
        assertThat(failure.category()).isEqualTo(Failure.Category.MALFORMED_ANSWER);
        assertThat(bad(decoded("<html>"))).isInstanceOf(Failure.Upstream.class);
        assertThat(bad(decoded("{\"error\":{\"message\":\"boom\"}}")).message()).contains("boom");
    }

    @Test
    void writes_calls_without_text_with_content_null() {
        Json.Obj message = message(new Answer(
                "msg_1",
                "up",
                0,
                List.of(new Block.ToolCall("t", "f", null, Tool.Kind.FUNCTION, "", null, Mark.NONE)),
                Finish.of(Finish.Reason.TOOL_CALLS),
                Usage.of(1, 2)));
        assertThat(message)
                .isEqualTo(json("{\"role\":\"assistant\",\"content\":null,\"refusal\":null,\"tool_calls\":["
                        + "{\"id\":\"t\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}]}"));
    }

    @Test
    void carries_reasoning_there_and_back() {
        List<Block> thoughts = List.of(
                new Block.Reasoning("", new Signature(Dialect.ANTHROPIC, "S"), Mark.NONE),
                new Block.EncryptedReasoning(new Signature(Dialect.BEDROCK_CONVERSE, "B"), "i", Mark.NONE),
                new Block.ToolCall(
                        "t", "f", null, Tool.Kind.FUNCTION, "{}", new Signature(Dialect.GEMINI, "G"), Mark.NONE));
        Json.Obj message = message(new Answer("x", "up", 0, thoughts, Finish.of(Finish.Reason.TOOL_CALLS), Usage.NONE));
        String body = "{\"model\":\"m\",\"messages\":[" + dev.sluice.protocol.json.JsonText.print(message) + "]}";
        assertThat(Chat.request(body).messages().getFirst().blocks())
                .extracting(block -> block.marked(Mark.NONE))
                .containsExactlyElementsOf(thoughts);
    }

    @Test
    void taps_usage_and_finish_of_a_whole_answer() {
        String body = whole("{\"content\":null,\"tool_calls\":[{\"id\":\"a\"}]}", "stop");
        AnswerCodec.Tapped tapped = ok(CODEC.answers().tap(bytes(body)));
        assertThat(tapped.finish().reason()).isEqualTo(Finish.Reason.TOOL_CALLS);
        assertThat(tapped.usage().output()).isEqualTo(5);
        assertThat(bad(CODEC.answers().tap(bytes("{\"error\":{\"message\":\"boom\"}}")))
                        .message())
                .contains("boom");
    }

    @Test
    void streams_an_answer_into_the_same_answer() {
        List<Block> blocks = List.of(
                new Block.Reasoning("hm", new Signature(Dialect.ANTHROPIC, "S"), Mark.NONE),
                new Block.Reasoning("more", new Signature(Dialect.ANTHROPIC, "T"), Mark.NONE),
                new Block.EncryptedReasoning(new Signature(Dialect.BEDROCK_CONVERSE, "B"), "i", Mark.NONE),
                new Block.Text("A\ud83d\ude00"),
                new Block.ToolCall("t", "f", null, Tool.Kind.FUNCTION, "{\"a\":1}", null, Mark.NONE),
                new Block.ToolCall("u", "g", null, Tool.Kind.CUSTOM, "raw", null, Mark.NONE));
        Answer answer = new Answer("chatcmpl-9", "up", 7, blocks, Finish.of(Finish.Reason.TOOL_CALLS), Usage.of(3, 4));
        List<StreamEvent> events = new ArrayList<>();
        AnswerEvents.emit(answer, events::add);
        String body = "{\"model\":\"m\",\"stream\":true,\"stream_options\":{\"include_usage\":true},\"messages\":[]}";
        String stream = Chat.written(client(body), events.toArray(StreamEvent[]::new));
        AnswerAssembler assembled = new AnswerAssembler();
        Chat.events(stream).forEach(assembled);
        Answer again = ok(assembled.answer());
        assertThat(again.blocks()).isEqualTo(blocks);
        assertThat(again.finish()).isEqualTo(answer.finish());
        assertThat(again.id()).isEqualTo(answer.id());
        assertThat(again.usage().prompt()).isEqualTo(3);
    }
}
