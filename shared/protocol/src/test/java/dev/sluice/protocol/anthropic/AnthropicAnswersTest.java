package dev.sluice.protocol.anthropic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.Answer;
import dev.sluice.model.Block;
import dev.sluice.model.ChatRequest;
import dev.sluice.model.Dialect;
import dev.sluice.model.Failure;
import dev.sluice.model.Finish;
import dev.sluice.model.Mark;
import dev.sluice.model.Signature;
import dev.sluice.model.Tool;
import dev.sluice.model.Usage;
import dev.sluice.protocol.ByteSink;
import dev.sluice.protocol.ClientContext;
import dev.sluice.protocol.EventEncoder;
import dev.sluice.protocol.Outline;
import dev.sluice.protocol.translate.AnswerAssembler;
import dev.sluice.protocol.translate.AnswerEvents;
import dev.sluice.protocol.translate.ToolNames;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnthropicAnswersTest {
    private static final ClientContext CLIENT = new ClientContext(
            new ChatRequest.Builder(Dialect.ANTHROPIC).model("asked").build(), Outline.NONE, "abc123", 1);
    private static final Answer ANSWER = new Answer(
            "msg_1",
            "m",
            0,
            List.of(
                    new Block.Reasoning("hm", new Signature(Dialect.ANTHROPIC, "SIG"), Mark.NONE),
                    new Block.EncryptedReasoning(new Signature(Dialect.ANTHROPIC, "ENC"), null, Mark.NONE),
                    new Block.Text("one\ntwo \ud83d\ude00"),
                    call("toolu_1", "{\"a\":[1,2.50]}"),
                    call("toolu_2", "{}")),
            Finish.of(Finish.Reason.TOOL_CALLS),
            new Usage(10L, 20L, 5L, 6L, 40L, 7L, null, null));

    private static Block.ToolCall call(String id, String arguments) {
        return new Block.ToolCall(id, "f", null, Tool.Kind.FUNCTION, arguments, null, Mark.NONE);
    }

    private static Answer decode(String body) {
        return Messages.ok(Messages.CODEC.answers().decode(body.getBytes(StandardCharsets.UTF_8), ToolNames.none()));
    }

    @Test
    void a_whole_answer_survives() {
        byte[] body = Messages.CODEC.answers().encode(ANSWER, CLIENT);

        assertThat(decode(new String(body, StandardCharsets.UTF_8))).isEqualTo(ANSWER);
    }

    @Test
    void a_streamed_answer_is_the_same_message() {
        EventEncoder encoder = Messages.CODEC.answers().encoder(CLIENT);
        ByteSink out = new ByteSink(64);
        AnswerEvents.emit(ANSWER, event -> encoder.encode(event, out));
        AnswerAssembler assembler = new AnswerAssembler();
        Messages.events(out.text(), ToolNames.none()).forEach(assembler);

        Answer streamed = Messages.ok(assembler.answer());
        assertThat(streamed.blocks()).isEqualTo(ANSWER.blocks());
        assertThat(streamed.finish()).isEqualTo(ANSWER.finish());
        assertThat(streamed.usage().prompt()).isEqualTo(ANSWER.usage().prompt());
        assertThat(streamed.usage().output()).isEqualTo(ANSWER.usage().output());
    }

    @Test
    void broken_arguments_become_an_empty_object() {
        Answer cut = new Answer("", "", 0, List.of(call("", "{\"a\": ")), Finish.of(Finish.Reason.LENGTH), Usage.NONE);
        var body = Messages.json(new String(Messages.CODEC.answers().encode(cut, CLIENT), StandardCharsets.UTF_8));

        assertThat(Messages.at(body, "content[0].input")).isEqualTo("{}");
        assertThat(Messages.at(body, "content[0].id")).startsWith("toolu_abc123");
        assertThat(Messages.at(body, "stop_reason")).isEqualTo("max_tokens");
        assertThat(Messages.at(body, "model")).isEqualTo("asked");
        assertThat(Messages.at(body, "usage.input_tokens")).isEqualTo("0");
    }

    @Test
    void an_error_in_an_answer_is_a_failure() {
        byte[] error = "{\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"Overloaded\"}}"
                .getBytes(StandardCharsets.UTF_8);

        assertThat(Messages.bad(Messages.CODEC.answers().decode(error, ToolNames.none()))
                        .kind())
                .isEqualTo(Failure.Kind.OVERLOADED);
        assertThat(Messages.bad(Messages.CODEC.answers().tap(error)).kind()).isEqualTo(Failure.Kind.OVERLOADED);
    }

    @Test
    void what_is_no_message_is_malformed() {
        for (String body : List.of("", "<html>", "[]", "{\"id\":\"x\",\"choices\":[]}")) {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            for (Failure failure : List.of(
                    Messages.bad(Messages.CODEC.answers().decode(bytes, ToolNames.none())),
                    Messages.bad(Messages.CODEC.answers().tap(bytes)))) {
                assertThat(((Failure.Upstream) failure).category()).isEqualTo(Failure.Category.MALFORMED_ANSWER);
            }
        }
    }

    @Test
    void a_refusal_keeps_its_category() {
        Answer refused = decode("{\"content\":[{\"type\":\"text\",\"text\":\"No.\"}],\"stop_reason\":\"refusal\","
                + "\"stop_details\":{\"type\":\"refusal\",\"category\":\"cyber\"}}");

        assertThat(refused.finish()).isEqualTo(new Finish(Finish.Reason.REFUSAL, null, "cyber"));
    }
}
