package dev.sluice.protocol.openai.responses;

import static dev.sluice.protocol.openai.responses.Responses.ANSWERS;
import static dev.sluice.protocol.openai.responses.Responses.bad;
import static dev.sluice.protocol.openai.responses.Responses.bytes;
import static dev.sluice.protocol.openai.responses.Responses.client;
import static dev.sluice.protocol.openai.responses.Responses.clientOfEncrypted;
import static dev.sluice.protocol.openai.responses.Responses.json;
import static dev.sluice.protocol.openai.responses.Responses.ok;
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
import dev.sluice.protocol.AnswerCodec.Tapped;
import dev.sluice.protocol.ByteSink;
import dev.sluice.protocol.EventEncoder;
import dev.sluice.protocol.Outcome;
import dev.sluice.protocol.translate.AnswerEvents;
import dev.sluice.protocol.translate.ToolNames;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResponsesAnswersTest {
    private static final Signature FOREIGN = new Signature(Dialect.GEMINI, "SIG");

    private static Outcome<Answer> decoded(String body) {
        return ANSWERS.decode(bytes(body), ToolNames.none());
    }

    private static Answer answer(String output) {
        return ok(decoded("{\"id\":\"resp_1\",\"model\":\"up\",\"created_at\":7,\"status\":\"completed\",\"output\":"
                + output + "}"));
    }

    private static Json.Obj encoded(Answer answer) {
        return json(new String(ANSWERS.encode(answer, clientOfEncrypted()), StandardCharsets.UTF_8));
    }

    private static Tapped tapped(String body) {
        return ok(ANSWERS.tap(bytes(body)));
    }

    @Test
    void every_item_becomes_its_block() {
        Answer answer = answer("""
                [{"type":"reasoning","id":"rs_1","summary":[{"type":"summary_text","text":"a"},{"type":"summary_text","text":"b"}],"encrypted_content":"gA"},
                {"type":"reasoning","id":"rs_2","summary":[],"encrypted_content":"gB"},
                {"type":"message","id":"msg_1","content":[{"type":"output_text","text":"x"},{"type":"refusal","refusal":"y"}]},
                {"type":"function_call","call_id":"c1","name":"f","arguments":"{}","namespace":"n"},
                {"type":"custom_tool_call","call_id":"c2","name":"p","input":"text"},
                {"type":"image_generation_call","id":"ig_1","result":"AA==","output_format":"webp"}]""");

        Signature first = new Signature(Dialect.OPENAI_RESPONSES, "gA");
        Signature second = new Signature(Dialect.OPENAI_RESPONSES, "gB");
        assertThat(answer.blocks())
                .containsExactly(
                        new Block.Reasoning("a\n\nb", first, Mark.NONE),
                        new Block.EncryptedReasoning(second, "rs_2", Mark.NONE),
                        new Block.Text("x"),
                        new Block.Refusal("y", Mark.NONE),
                        new Block.ToolCall("c1", "f", "n", Tool.Kind.FUNCTION, "{}", null, Mark.NONE),
                        new Block.ToolCall("c2", "p", null, Tool.Kind.CUSTOM, "text", null, Mark.NONE),
                        new Block.GeneratedImage("AA==", "image/webp", Mark.NONE));
        assertThat(answer.finish().reason()).isEqualTo(Finish.Reason.TOOL_CALLS);
        assertThat(answer.created()).isEqualTo(7);
    }

    @Test
    void a_whole_answer_is_what_its_stream_ends_with() {
        List<Block> blocks = List.of(
                new Block.Reasoning("hm", FOREIGN, Mark.NONE),
                new Block.EncryptedReasoning(FOREIGN, null, Mark.NONE),
                new Block.Text("a"),
                new Block.Text("b"),
                new Block.Refusal("no", Mark.NONE),
                new Block.ToolCall("c1", "f", "n", Tool.Kind.FUNCTION, "", null, Mark.NONE),
                new Block.GeneratedImage("AA==", "image/png", Mark.NONE),
                new Block.ToolCall("c2", "p", null, Tool.Kind.CUSTOM, "x", null, Mark.NONE));
        List<Finish.Reason> reasons = List.of(Finish.Reason.values());
        for (Finish.Reason reason : reasons) {
            for (int length = 0; length <= blocks.size(); length++) {
                Answer answer = new Answer("id", "up", 5, blocks.subList(0, length), Finish.of(reason), Usage.of(3, 4));
                EventEncoder encoder = ANSWERS.encoder(clientOfEncrypted());
                ByteSink out = new ByteSink(1024);
                List<StreamEvent> events = new ArrayList<>();
                AnswerEvents.emit(answer, events::add);
                events.forEach(event -> encoder.encode(event, out));

                assertThat(Responses.last(out.text())).as(reason + " " + length).isEqualTo(encoded(answer));
            }
        }
    }

    @Test
    void a_tool_of_another_name_comes_back_under_its_own() {
        ToolNames names = new ToolNames(64);
        names.put("crm__list", new ToolNames.Original("list", "crm", Tool.Kind.FUNCTION, null));
        Answer answer = ok(ANSWERS.decode(
                bytes(
                        "{\"output\":[{\"type\":\"function_call\",\"call_id\":\"c\",\"name\":\"crm__list\",\"arguments\":\"{}\"}]}"),
                names));

        assertThat(answer.blocks())
                .containsExactly(new Block.ToolCall("c", "list", "crm", Tool.Kind.FUNCTION, "{}", null, Mark.NONE));
    }

    @Test
    void a_failed_a_cancelled_and_a_foreign_body_are_failures() {
        assertThat(bad(decoded(
                                "{\"status\":\"failed\",\"error\":{\"code\":\"server_error\",\"message\":\"boom\"},\"output\":[]}"))
                        .message())
                .isEqualTo("boom");
        assertThat(bad(decoded("{\"status\":\"cancelled\",\"error\":null,\"output\":[]}"))
                        .message())
                .contains("cancelled");
        assertThat(((Failure.Upstream) bad(decoded("{\"choices\":[]}"))).category())
                .isEqualTo(Failure.Category.MALFORMED_ANSWER);
        assertThat(((Failure.Upstream) bad(decoded("<html>"))).category()).isEqualTo(Failure.Category.MALFORMED_ANSWER);
    }

    @Test
    void a_whole_answer_is_tapped_without_building_it() {
        assertThat(
                        tapped(
                                "{\"status\":\"completed\",\"error\":null,\"output\":[{\"type\":\"function_call\"}],\"usage\":{\"input_tokens\":5,\"output_tokens\":2}}"))
                .isEqualTo(new Tapped(Usage.of(5, 2), Finish.of(Finish.Reason.TOOL_CALLS)));
        assertThat(tapped("{\"status\":\"completed\",\"output\":[{\"text\":\"\\\"function_call\\\"\"}]}")
                        .finish())
                .isEqualTo(Finish.of(Finish.Reason.STOP));
        assertThat(tapped(
                                "{\"status\":\"incomplete\",\"incomplete_details\":{\"reason\":\"content_filter\"},\"output\":[]}")
                        .finish())
                .isEqualTo(Finish.of(Finish.Reason.CONTENT_FILTER));
        assertThat(bad(ANSWERS.tap(bytes("{\"status\":\"failed\",\"error\":{\"message\":\"boom\"},\"output\":[]}")))
                        .message())
                .isEqualTo("boom");
        assertThat(bad(ANSWERS.tap(bytes("{\"id\":\"resp_1\"}"))).message()).contains("no output");
        assertThat(bad(ANSWERS.tap(bytes("no"))).message()).contains("not JSON");
    }

    @Test
    void over_http_errors_are_those_of_chat() {
        Failure overflow = Failure.Upstream.of(Failure.Category.CONTEXT_OVERFLOW, "too long");
        var error = new ResponsesFailures().encode(overflow, "req_1");

        assertThat(error.status()).isEqualTo(400);
        assertThat(new String(error.body(), StandardCharsets.UTF_8))
                .isEqualTo(
                        "{\"error\":{\"message\":\"too long\",\"type\":\"invalid_request_error\",\"param\":null,\"code\":\"context_length_exceeded\"}}");
    }

    @Test
    void an_answer_without_anything_is_an_answer() {
        Answer nothing = new Answer("", "", 0, List.of(), Finish.of(Finish.Reason.STOP), Usage.NONE);
        Json.Obj body = json(new String(ANSWERS.encode(nothing, client()), StandardCharsets.UTF_8));

        assertThat(body.items("output")).isEmpty();
        assertThat(body.text("id")).isEqualTo("resp_abc");
        assertThat(body.text("model")).isEqualTo("m");
    }
}
