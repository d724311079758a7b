package dev.sluice.protocol.gemini;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.Block;
import dev.sluice.model.ChatRequest;
import dev.sluice.model.Degradation;
import dev.sluice.model.Dialect;
import dev.sluice.model.Failure;
import dev.sluice.model.Json;
import dev.sluice.model.Mark;
import dev.sluice.model.Message;
import dev.sluice.model.ReasoningWish;
import dev.sluice.model.ReasoningWish.Effort;
import dev.sluice.model.Signature;
import dev.sluice.model.Tool;
import dev.sluice.model.ToolChoice;
import dev.sluice.protocol.EncodedRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RequestWriterTest {
    private static final Block.Text HI = new Block.Text("hi");

    private static ChatRequest request(Message... messages) {
        return new ChatRequest.Builder(Dialect.ANTHROPIC)
                .messages(List.of(messages))
                .build();
    }

    private static Message user(Block... blocks) {
        return new Message(Message.Role.USER, List.of(blocks));
    }

    private static Message model(Block... blocks) {
        return new Message(Message.Role.ASSISTANT, List.of(blocks));
    }

    private static Block.ToolCall call(String id, @Nullable Signature signature) {
        return new Block.ToolCall(id, "f", null, Tool.Kind.FUNCTION, "{\"a\":1}", signature, Mark.NONE);
    }

    private static Block.ToolResult result(String id, Block... content) {
        return new Block.ToolResult(id, null, List.of(content), false, Mark.NONE);
    }

    private static String contents(ChatRequest request, String caps) {
        return Gemini.print(Gemini.body(request, caps).field("contents"));
    }

    private static String config(ChatRequest request, String caps) {
        return Gemini.print(Gemini.body(request, caps).field("generationConfig"));
    }

    private static List<String> lost(EncodedRequest encoded) {
        return encoded.degraded().stream().map(Degradation::path).toList();
    }

    @Test
    void what_it_does_not_know_goes_back_where_it_stood() {
        String own = "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"x\"}]}],\"a.b\":1,\"odd\":2,"
                + "\"generationConfig\":{\"thinkingConfig\":{\"c.d\":3,\"more\":4},\"e.f\":5,\"g\":6}}";
        Json.Obj sent = Gemini.body(Gemini.request(own), "{}");

        assertThat(Gemini.print(sent.field("a.b"))).isEqualTo("1");
        assertThat(Gemini.print(sent.field("odd"))).isEqualTo("2");
        assertThat(Gemini.print(sent.field("generationConfig")))
                .isEqualTo("{\"thinkingConfig\":{\"c.d\":3,\"more\":4},\"e.f\":5,\"g\":6}");
    }

    @Test
    void the_path_names_the_providers_model() {
        EncodedRequest streamed = Gemini.encoded(
                new ChatRequest.Builder(request(user(HI))).stream(true).build(), "{}");

        assertThat(streamed.path()).isEqualTo("/v1beta/models/real:streamGenerateContent?alt=sse");
        assertThat(Gemini.encoded(request(user(HI)), "{}").path()).isEqualTo("/v1beta/models/real:generateContent");
    }

    @Test
    void instructions_in_mid_conversation_join_the_users_turn() {
        Message instruction = new Message(Message.Role.SYSTEM, List.of(new Block.Text("be brief")));

        assertThat(contents(request(user(HI), instruction), "{}"))
                .isEqualTo("[{\"role\":\"user\",\"parts\":[{\"text\":\"hi\"},{\"text\":\"be brief\"}]}]");
    }

    @Test
    void a_conversation_begins_and_ends_with_the_user() {
        assertThat(contents(request(model(HI)), "{}"))
                .isEqualTo(
                        "[{\"role\":\"user\",\"parts\":[{\"text\":\"Continue.\"}]},{\"role\":\"model\",\"parts\":[{\"text\":\"hi\"}]},"
                                + "{\"role\":\"user\",\"parts\":[{\"text\":\"Continue.\"}]}]");
        Message told = new Message(Message.Role.ASSISTANT, List.of(HI), null, "messages[0]");
        assertThat(lost(Gemini.encoded(request(told), "{}"))).containsExactly("messages[0]");
        assertThat(contents(request(user(HI), model(HI)), "{\"prefill\":true}"))
                .endsWith("\"model\",\"parts\":[{\"text\":\"hi\"}]}]");
    }

    @Test
    void instructions_alone_are_the_contents() {
        ChatRequest alone = new ChatRequest.Builder(Dialect.OPENAI_CHAT)
                .system(List.of(new Block.Text("S")))
                .build();

        assertThat(Gemini.print(Gemini.body(alone, "{}")))
                .isEqualTo("{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"S\"}]}]}");
        assertThat(Gemini.bad(Gemini.CODEC.requests().encode(request(), Gemini.target("{}"))))
                .isInstanceOf(Failure.Refused.class);
    }

    @Test
    void the_first_call_of_each_turn_needs_a_proof_where_the_model_wants_one() {
        ChatRequest twice =
                request(user(HI), model(call("1", null), call("2", null)), user(result("1", HI), result("2", HI)));

        assertThat(contents(twice, "{\"gemini_signature_required\":true}"))
                .containsOnlyOnce("\"thoughtSignature\":\"skip_thought_signature_validator\"")
                .contains("\"args\":{\"a\":1}},\"thoughtSignature\"");
        assertThat(contents(twice, "{}")).doesNotContain("thoughtSignature");
    }

    @Test
    void an_own_proof_goes_back_on_its_call_wherever_the_client_held_it() {
        Signature own = new Signature(Dialect.GEMINI, "c2ln");
        ChatRequest onCall = request(user(HI), model(call("1", own)), user(result("1", HI)));
        ChatRequest before = request(
                user(HI), model(new Block.Reasoning("", own, Mark.NONE), call("1", null)), user(result("1", HI)));
        ChatRequest foreign = request(
                user(HI),
                model(new Block.Reasoning("t", new Signature(Dialect.ANTHROPIC, "S"), Mark.NONE), call("1", null)),
                user(result("1", HI)));

        assertThat(contents(onCall, "{\"gemini_signature_required\":true}"))
                .contains("\"thoughtSignature\":\"c2ln\"")
                .doesNotContain("skip");
        assertThat(contents(before, "{}")).isEqualTo(contents(onCall, "{}"));
        assertThat(contents(foreign, "{}")).doesNotContain("thought");
    }

    @Test
    void an_own_proof_without_a_call_stands_on_its_text() {
        Signature own = new Signature(Dialect.GEMINI, "c2ln");

        assertThat(contents(
                        request(
                                user(HI),
                                model(
                                        new Block.Reasoning("t", own, Mark.NONE),
                                        HI,
                                        new Block.Reasoning("", own, Mark.NONE)),
                                user(HI)),
                        "{}"))
                .contains("{\"text\":\"t\",\"thought\":true,\"thoughtSignature\":\"c2ln\"},{\"text\":\"hi\"},"
                        + "{\"text\":\"\",\"thoughtSignature\":\"c2ln\"}");
    }

    @Test
    void pictures_of_results_stand_inside_or_behind_all_results() {
        Block image = new Block.Image(new dev.sluice.model.MediaSource.Base64("AA==", "image/png"), null, Mark.NONE);
        ChatRequest seen =
                request(user(HI), model(call("1", null), call("2", null)), user(result("1", image), result("2", HI)));

        assertThat(contents(seen, "{\"function_response_parts\":true}"))
                .contains("\"response\":{\"output\":\"The result is attached.\"},\"parts\":[{\"inlineData\"");
        assertThat(contents(seen, "{}"))
                .contains("{\"output\":\"hi\"}}},{\"text\":\"Content of the result of f 1:\"},{\"inlineData\"");
    }

    @Test
    void arguments_that_are_no_object_are_reported() {
        Block.ToolCall broken =
                new Block.ToolCall("1", "f", null, Tool.Kind.FUNCTION, "{\"a\":", null, Mark.at("messages[1]"));
        EncodedRequest encoded = Gemini.encoded(request(user(HI), model(broken), user(result("1", HI))), "{}");

        assertThat(encoded.degraded()).containsExactly(new Degradation("messages[1]", "malformed"));
    }

    @Test
    void tools_go_out_as_declarations_under_names_that_are_turned_back() {
        ChatRequest request = Gemini.chat("""
                {"model":"m","messages":[{"role":"user","content":"x"}],"parallel_tool_calls":false,"tools":[
                 {"type":"function","function":{"name":"2nd.tool","parameters":{"type":"object","properties":{}}}},
                 {"type":"custom","custom":{"name":"patch","format":{"type":"grammar","grammar":{"syntax":"lark","definition":"start: x"}}}}]}
                """);
        EncodedRequest encoded = Gemini.encoded(request, "{}");
        Json.Obj body = Gemini.json(encoded.body());
        String first = ((Json.Str) Gemini.at(body, "tools.0.functionDeclarations.0.name")).value();

        assertThat(first).startsWith("_2nd_tool_");
        assertThat(encoded.names().toClient(first).name()).isEqualTo("2nd.tool");
        assertThat(Gemini.at(body, "tools.0.functionDeclarations.0.parametersJsonSchema"))
                .isNull();
        assertThat(Gemini.print(Gemini.at(body, "tools.0.functionDeclarations.1")))
                .contains("lark", "\"input\"");
        assertThat(encoded.names().toClient("patch").kind()).isEqualTo(Tool.Kind.CUSTOM);
        assertThat(lost(encoded)).containsExactly("parallel_tool_calls");
    }

    @Test
    void choices_go_out_as_modes() {
        assertThat(mode(new ToolChoice.Auto())).isEqualTo("{\"mode\":\"AUTO\"}");
        assertThat(mode(new ToolChoice.None())).isEqualTo("{\"mode\":\"NONE\"}");
        assertThat(mode(new ToolChoice.Required())).isEqualTo("{\"mode\":\"ANY\"}");
        assertThat(mode(new ToolChoice.Allowed(List.of("f", "gone"), false)))
                .isEqualTo("{\"mode\":\"VALIDATED\",\"allowedFunctionNames\":[\"f\"]}");
        assertThat(mode(new ToolChoice.Named("gone", Tool.Kind.FUNCTION))).isEmpty();
    }

    private static String mode(ToolChoice choice) {
        Tool tool = new Tool.Function(
                "f",
                null,
                null,
                null,
                false,
                new dev.sluice.model.Extras(Dialect.ANTHROPIC, Json.Obj.EMPTY),
                Mark.NONE);
        ChatRequest request = new ChatRequest.Builder(request(user(HI)))
                .tools(List.of(tool))
                .toolChoice(choice)
                .build();
        return Gemini.print(Gemini.at(Gemini.body(request, "{}"), "toolConfig.functionCallingConfig"));
    }

    @Test
    void thought_is_asked_for_by_level_or_by_budget() {
        assertThat(thinking(new ReasoningWish.Off(), "{}")).isEqualTo("{\"thinkingLevel\":\"LOW\"}");
        assertThat(thinking(new ReasoningWish.Off(), "{\"efforts\":[\"minimal\",\"low\"]}"))
                .isEqualTo("{\"thinkingLevel\":\"MINIMAL\"}");
        assertThat(thinking(new ReasoningWish.Adaptive(Effort.MAX, null), "{}"))
                .isEqualTo("{\"includeThoughts\":true,\"thinkingLevel\":\"HIGH\"}");
        assertThat(thinking(new ReasoningWish.Budget(2000, null, "omitted"), "{}"))
                .isEqualTo("{\"thinkingLevel\":\"LOW\"}");
        assertThat(thinking(new ReasoningWish.Adaptive(null, null), budgets()))
                .isEqualTo("{\"includeThoughts\":true,\"thinkingBudget\":-1}");
        assertThat(thinking(new ReasoningWish.ByEffort(Effort.MAX), budgets())).isEqualTo("{\"thinkingBudget\":24576}");
        assertThat(thinking(new ReasoningWish.Budget(32_000, null, null), budgets()))
                .isEqualTo("{\"includeThoughts\":true,\"thinkingBudget\":24576}");
        assertThat(thinking(new ReasoningWish.Off(), budgets())).isEqualTo("{\"thinkingBudget\":0}");
        assertThat(thinking(new ReasoningWish.ByEffort(Effort.HIGH), "{\"reasoning\":\"none\"}"))
                .isEmpty();
    }

    private static String budgets() {
        return "{\"gemini_thinking\":\"budget\"}";
    }

    private static String thinking(ReasoningWish wish, String caps) {
        ChatRequest request =
                new ChatRequest.Builder(request(user(HI))).reasoning(wish).build();
        return Gemini.print(Gemini.at(Gemini.body(request, caps), "generationConfig.thinkingConfig"));
    }

    @Test
    void sampling_that_the_model_or_the_dialect_lacks_is_reported() {
        ChatRequest request = Gemini.chat("""
                {"model":"m","messages":[{"role":"user","content":"x"}],"temperature":1.0,"min_p":0.1,"logit_bias":{"1":2},
                 "stop":["a"],"max_tokens":100}
                """);
        EncodedRequest encoded =
                Gemini.encoded(request, "{\"sampling\":false,\"stop\":false,\"max_output_tokens\":50}");

        assertThat(lost(encoded)).containsExactlyInAnyOrder("temperature", "min_p", "logit_bias", "stop", "max_tokens");
        assertThat(config(request, "{}"))
                .isEqualTo("{\"temperature\":1.0,\"maxOutputTokens\":100,\"stopSequences\":[\"a\"]}");
    }

    @Test
    void several_choices_are_given_whole_and_not_streamed() {
        String body = "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],\"n\":2";

        assertThat(config(Gemini.chat(body + "}"), "{}")).isEqualTo("{\"candidateCount\":2}");
        assertThat(Gemini.bad(
                        Gemini.CODEC.requests().encode(Gemini.chat(body + ",\"stream\":true}"), Gemini.target("{}"))))
                .isInstanceOfSatisfying(
                        Failure.Refused.class,
                        refused -> assertThat(refused.param()).isEqualTo("n"));
    }

    @Test
    void sound_and_files_of_others_are_refused_by_name() {
        String head = "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":";

        assertThat(refusal(head + "\"x\"}],\"modalities\":[\"text\",\"audio\"]}"))
                .isEqualTo("modalities");
        assertThat(refusal(head + "[{\"type\":\"file\",\"file\":{\"file_id\":\"f\"}}]}]}"))
                .isEqualTo("messages[0].content[0]");
    }

    private static @Nullable String refusal(String body) {
        Failure failure = Gemini.bad(Gemini.CODEC.requests().encode(Gemini.chat(body), Gemini.target("{}")));
        return ((Failure.Refused) failure).param();
    }

    @Test
    void addresses_of_pictures_and_schemas_of_answers_go_along() {
        ChatRequest request = Gemini.chat("""
                {"model":"m","messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"https://h.test/a.png"}}]}],
                 "response_format":{"type":"json_schema","json_schema":{"name":"n","schema":{"type":"object"}}}}
                """);

        assertThat(contents(request, "{}"))
                .contains("{\"fileData\":{\"mimeType\":\"image/png\",\"fileUri\":\"https://h.test/a.png\"}}");
        assertThat(config(request, "{}"))
                .isEqualTo("{\"responseMimeType\":\"application/json\",\"responseJsonSchema\":{\"type\":\"object\"}}");
    }

    @Test
    void equal_requests_give_equal_bytes() {
        ChatRequest request = request(user(HI), model(call("", null)), user(result("", HI)));

        assertThat(Gemini.encoded(request, "{}").body())
                .isEqualTo(Gemini.encoded(request, "{}").body());
    }
}
