package dev.sluice.protocol.anthropic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.Block;
import dev.sluice.model.Capabilities.Thinking;
import dev.sluice.model.ChatRequest;
import dev.sluice.model.Degradation;
import dev.sluice.model.Dialect;
import dev.sluice.model.Extras;
import dev.sluice.model.Failure;
import dev.sluice.model.Field;
import dev.sluice.model.Json;
import dev.sluice.model.Mark;
import dev.sluice.model.MediaSource;
import dev.sluice.model.Message;
import dev.sluice.model.Message.Role;
import dev.sluice.model.Policies;
import dev.sluice.model.ReasoningWish;
import dev.sluice.model.ResponseFormat;
import dev.sluice.model.Sampling;
import dev.sluice.model.Signature;
import dev.sluice.model.Tool;
import dev.sluice.model.ToolChoice;
import dev.sluice.protocol.EncodedRequest;
import dev.sluice.protocol.translate.SchemaRoot;
import dev.sluice.protocol.translate.ToolNames;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RequestEncoderTest {
    private static final Extras NO_EXTRAS = new Extras(Dialect.OPENAI_CHAT, Json.Obj.EMPTY);
    private static final Policies STRICT =
            new Policies(Policies.Loss.REJECT, Policies.Loss.DROP, true, true, false, true);

    private static ChatRequest.Builder foreign(Message... messages) {
        return new ChatRequest.Builder(Dialect.OPENAI_RESPONSES).model("m").messages(List.of(messages));
    }

    private static Message user(Block... blocks) {
        return new Message(Role.USER, List.of(blocks));
    }

    private static Message assistant(Block... blocks) {
        return new Message(Role.ASSISTANT, List.of(blocks));
    }

    private static Block.Text text(String text) {
        return new Block.Text(text);
    }

    private static Block.ToolCall call(String id, String name) {
        return new Block.ToolCall(id, name, null, Tool.Kind.FUNCTION, "{}", null, Mark.NONE);
    }

    private static Tool function(String name) {
        return new Tool.Function(name, null, null, null, false, NO_EXTRAS, Mark.at("tools[0]"));
    }

    private static String sent(ChatRequest request, String path) {
        return Messages.at(Messages.body(Messages.encode(request)), path);
    }

    @Test
    void begins_with_a_user_and_ends_with_one() {
        ChatRequest request = foreign(assistant(text("Hello")), user(text("hi")), assistant(text("{")))
                .build();

        assertThat(sent(request, "messages[0].role")).isEqualTo("user");
        assertThat(sent(request, "messages[3].content")).isEqualTo("{");
        assertThat(sent(request, "messages[4].role")).isEqualTo("user");
    }

    @Test
    void instructions_at_the_head_join_the_system_prompt() {
        ChatRequest request = foreign(new Message(Role.SYSTEM, List.of(text("B"))), user(text("x")))
                .system(List.of(text("A")))
                .build();

        assertThat(sent(request, "system[1].text")).isEqualTo("B");
        assertThat(sent(request, "messages[0].role")).isEqualTo("user");
    }

    @Test
    void own_thoughts_come_first_and_foreign_ones_not_at_all() {
        Block own = new Block.Reasoning("hm", new Signature(Dialect.ANTHROPIC, "SIG"), Mark.NONE);
        Block foreign = new Block.Reasoning("eh", new Signature(Dialect.GEMINI, "G"), Mark.NONE);
        ChatRequest request = foreign(user(text("x")), assistant(text("a"), foreign, own), user(text("y")))
                .build();

        assertThat(sent(request, "messages[1].content"))
                .isEqualTo("[{\"type\":\"thinking\",\"thinking\":\"hm\",\"signature\":\"SIG\"},"
                        + "{\"type\":\"text\",\"text\":\"a\"}]");
    }

    @Test
    void does_not_think_by_budget_in_a_loop_that_another_provider_began() {
        ChatRequest request = foreign(
                        user(text("x")),
                        assistant(call("a", "f")),
                        user(new Block.ToolResult("a", null, List.of(text("1")), false, Mark.NONE)))
                .reasoning(new ReasoningWish.ByEffort(ReasoningWish.Effort.LOW))
                .build();

        EncodedRequest encoded =
                Messages.ok(Messages.encoded(request, Messages.caps(Thinking.BUDGET, false, true), Policies.DEFAULT));
        assertThat(Messages.body(encoded).has("thinking")).isFalse();
        assertThat(encoded.degraded()).containsExactly(Degradation.unsupported("reasoning"));
    }

    @Test
    void budget_stays_below_the_output_and_gives_way_to_a_forced_tool() {
        ChatRequest.Builder request =
                foreign(user(text("x"))).maxOutputTokens(2000L).reasoning(new ReasoningWish.Budget(50_000, null, null));

        assertThat(budgeted(request.build(), "thinking.budget_tokens")).isEqualTo("1500");
        assertThat(budgeted(request.maxOutputTokens(1000L).build(), "thinking")).isEqualTo("absent");
        request.maxOutputTokens(9000L).tools(List.of(function("f"))).toolChoice(new ToolChoice.Required());
        assertThat(budgeted(request.build(), "thinking")).isEqualTo("absent");
    }

    private static String budgeted(ChatRequest request, String path) {
        return Messages.at(
                Messages.body(Messages.ok(
                        Messages.encoded(request, Messages.caps(Thinking.BUDGET, false, true), Policies.DEFAULT))),
                path);
    }

    @Test
    void thought_fixes_the_sampling() {
        ChatRequest request = foreign(user(text("x")))
                .reasoning(new ReasoningWish.Adaptive(null, null))
                .sampling(new Sampling(
                        new Json.Num("0.2"), null, new Json.Num("40"), null, null, null, null, null, null, null, null))
                .build();

        EncodedRequest encoded = Messages.encode(request);
        assertThat(Messages.body(encoded).fields()).doesNotContainKeys("temperature", "top_k");
        assertThat(encoded.degraded())
                .containsExactly(Degradation.unsupported("temperature"), Degradation.unsupported("top_k"));
    }

    @Test
    void temperature_is_clamped_and_its_text_is_kept() {
        assertThat(sent(sampled("1.7"), "temperature")).isEqualTo("1");
        assertThat(sent(sampled("0.70"), "temperature")).isEqualTo("0.70");
    }

    private static ChatRequest sampled(String temperature) {
        return foreign(user(text("x")))
                .sampling(new Sampling(
                        new Json.Num(temperature), null, null, null, null, null, null, null, null, null, null))
                .build();
    }

    @Test
    void strict_refuses_what_would_be_dropped() {
        Failure failure = Messages.bad(Messages.encoded(sampled("1.7"), Messages.CAPS, STRICT));

        assertThat(((Failure.Refused) failure).param()).isEqualTo("temperature");
    }

    @Test
    void custom_tools_and_namespaces_are_functions_that_can_be_told_back() {
        Tool custom = new Tool.Custom(
                "patch", "Patches", new Tool.Grammar("lark", "start: x"), NO_EXTRAS, Mark.at("tools[0]"));
        Tool group = new Tool.Namespace("crm", null, List.of(function("list")), Mark.at("tools[1]"));
        EncodedRequest encoded = Messages.encode(
                foreign(user(text("x"))).tools(List.of(custom, group)).build());
        Json.Obj body = Messages.body(encoded);

        assertThat(Messages.at(body, "tools[0].input_schema.required")).isEqualTo("[\"input\"]");
        assertThat(Messages.at(body, "tools[0].description")).contains("Patches", "start: x");
        assertThat(Messages.at(body, "tools[1].name")).isEqualTo("crm__list");
        assertThat(encoded.names().toClient("patch"))
                .isEqualTo(new ToolNames.Original("patch", null, Tool.Kind.CUSTOM, "input"));
        assertThat(encoded.names().toClient("crm__list").namespace()).isEqualTo("crm");
    }

    @Test
    void schema_root_becomes_one_object() {
        Json.Obj schema = Messages.json("""
                {"anyOf":[{"type":"object","properties":{"a":{},"c":{}},"required":["a","c"]},
                          {"type":"object","properties":{"b":{},"c":{}},"required":["c"]}],"$defs":{}}""");

        Json.Obj root = SchemaRoot.of(schema);
        assertThat(root.fields()).containsOnlyKeys("type", "$defs", "properties", "required");
        assertThat(Messages.at(root, "required")).isEqualTo("[\"c\"]");
        assertThat(root.object("properties")).isNotNull();
        assertThat(Messages.at(root, "properties")).isEqualTo("{\"a\":{},\"c\":{},\"b\":{}}");
        Json.Obj good = Messages.json("{\"type\":\"object\",\"properties\":{}}");
        assertThat(SchemaRoot.of(good)).isSameAs(good);
    }

    @Test
    void keeps_no_more_than_four_breakpoints_of_a_foreign_client() {
        List<Message> turns = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            Block block = new Block.Text("t" + i, new Mark("input[" + i + "]", Mark.CacheTtl.FIVE_MINUTES));
            turns.add(i % 2 == 0 ? user(block) : assistant(block));
        }
        turns.add(user(text("last")));
        ChatRequest request = foreign().messages(turns).build();

        assertThat(sent(request, "messages[1].content[0].cache_control")).isEqualTo("absent");
        assertThat(sent(request, "messages[2].content[0].cache_control")).isEqualTo("{\"type\":\"ephemeral\"}");
    }

    @Test
    void media_that_cannot_be_carried_is_refused_at_its_path() {
        Mark mark = Mark.at("input[0].content[1]");
        Block file = new Block.Document(new MediaSource.FileId(Dialect.OPENAI_CHAT, "file-1"), null, null, false, mark);
        Block audio = new Block.Audio(new MediaSource.Base64("AA==", "audio/wav"), "wav", null, mark);

        for (Block block : List.of(file, audio)) {
            Failure failure = Messages.bad(
                    Messages.encoded(foreign(user(text("x"), block)).build(), Messages.CAPS, Policies.DEFAULT));
            assertThat(((Failure.Refused) failure).param()).isEqualTo("input[0].content[1]");
        }
    }

    @Test
    void schema_of_the_answer_is_told_in_words_where_it_cannot_be_set() {
        ChatRequest request = foreign(user(text("x")))
                .format(new ResponseFormat.JsonSchema("r", null, Messages.json("{\"type\":\"object\"}"), true))
                .build();

        EncodedRequest encoded = Messages.ok(
                Messages.encoded(request, Messages.caps(Thinking.ADAPTIVE, false, false), Policies.DEFAULT));
        assertThat(Messages.at(Messages.body(encoded), "system")).contains("{\"type\":\"object\"}");
        assertThat(encoded.degraded()).hasSize(1);
        assertThat(sent(request, "output_config.format.type")).isEqualTo("json_schema");
    }

    @Test
    void an_unknown_limit_is_generous_and_a_known_one_is_kept() {
        assertThat(sent(foreign(user(text("x"))).build(), "max_tokens")).isEqualTo("32000");
        EncodedRequest clamped = Messages.ok(Messages.encoded(
                foreign(user(text("x"))).maxOutputTokens(128_000L).build(),
                Messages.caps(Thinking.ADAPTIVE, false, true),
                Policies.DEFAULT));
        assertThat(Messages.at(Messages.body(clamped), "max_tokens")).isEqualTo("64000");
        assertThat(clamped.degraded()).extracting(Degradation::reason).containsExactly("clamped");
    }

    @Test
    void equal_requests_give_equal_bytes() {
        ChatRequest request = foreign(user(text("x")), assistant(call("a.b", "f.g")), user(text("y")))
                .tools(List.of(function("f.g")))
                .build();

        assertThat(Messages.encode(request).body())
                .isEqualTo(Messages.encode(request).body());
        assertThat(sent(request, "messages[1].content[0].name")).isEqualTo(sent(request, "tools[0].name"));
    }

    private static Tool searchOf(Dialect dialect, String type) {
        return new Tool.Native(
                dialect,
                type,
                type,
                Tool.Purpose.FILE_SEARCH,
                Json.object().put("type", type).build(),
                Mark.at("tools[0]"));
    }

    @Test
    void a_chosen_tool_of_a_namespace_is_chosen_under_the_name_it_has_here() {
        Tool group = new Tool.Namespace("crm", null, List.of(function("list")), Mark.at("tools[0]"));
        ChatRequest request = foreign(user(text("x")))
                .tools(List.of(group))
                .toolChoice(new ToolChoice.Named("list", Tool.Kind.FUNCTION))
                .build();

        assertThat(sent(request, "tools[0].name")).isEqualTo("crm__list");
        assertThat(sent(request, "tool_choice.name")).isEqualTo("crm__list");
    }

    @Test
    void a_choice_of_a_tool_that_is_not_offered_is_left_out_and_told() {
        ChatRequest request = foreign(user(text("x")))
                .tools(List.of(searchOf(Dialect.OPENAI_RESPONSES, "file_search"), function("f")))
                .toolChoice(new ToolChoice.Named("file_search", Tool.Kind.FUNCTION))
                .path(Field.TOOL_CHOICE, "tool_choice")
                .build();

        EncodedRequest encoded = Messages.encode(request);
        assertThat(Messages.body(encoded).has("tool_choice")).isFalse();
        assertThat(encoded.degraded()).extracting(Degradation::path).containsExactly("tools[0]", "tool_choice");
    }

    @Test
    void a_choice_with_no_tool_left_is_told() {
        ChatRequest request = foreign(user(text("x")))
                .tools(List.of(searchOf(Dialect.OPENAI_RESPONSES, "file_search")))
                .toolChoice(new ToolChoice.Required())
                .path(Field.TOOL_CHOICE, "tool_choice")
                .build();

        assertThat(Messages.encode(request).degraded())
                .extracting(Degradation::path)
                .containsExactly("tools[0]", "tool_choice");
    }

    @Test
    void a_client_s_own_choice_of_a_server_s_tool_stays() {
        ChatRequest request = Messages.decode("""
                {"model":"m","max_tokens":9,"messages":[{"role":"user","content":"x"}],
                 "tools":[{"type":"web_search_20250305","name":"web_search"}],
                 "tool_choice":{"type":"tool","name":"web_search"}}""");

        assertThat(sent(request, "tool_choice.name")).isEqualTo("web_search");
    }

    @Test
    void an_unknown_field_goes_back_where_it_stood_whatever_its_name() {
        ChatRequest request = Messages.decode("""
                {"model":"m","max_tokens":9,"a.b":1,"c['d']":2,"thinking.e":3,
                 "messages":[{"role":"user","content":[{"type":"text","text":"x","f.g":4}]}]}""");

        Json.Obj body = Messages.body(Messages.encode(request));
        assertThat(body.whole("a.b")).isEqualTo(1);
        assertThat(body.whole("c['d']")).isEqualTo(2);
        assertThat(body.whole("thinking.e")).isEqualTo(3);
        assertThat(sent(request, "messages[0].content[0]")).contains("\"f.g\":4");
    }
}
