package dev.sluice.protocol.openai.chat;

import static dev.sluice.protocol.openai.chat.Chat.CODEC;
import static dev.sluice.protocol.openai.chat.Chat.bad;
import static dev.sluice.protocol.openai.chat.Chat.body;
import static dev.sluice.protocol.openai.chat.Chat.encoded;
import static dev.sluice.protocol.openai.chat.Chat.json;
import static dev.sluice.protocol.openai.chat.Chat.request;
import static dev.sluice.protocol.openai.chat.Chat.target;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.Block;
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
import dev.sluice.model.Policies;
import dev.sluice.model.ReasoningWish;
import dev.sluice.model.Sampling;
import dev.sluice.model.Signature;
import dev.sluice.model.Tool;
import dev.sluice.model.ToolChoice;
import dev.sluice.protocol.EncodedRequest;
import java.util.List;
import org.junit.jupiter.api.Test;

class RequestWriterTest {
    private static final Policies STRICT =
            new Policies(Policies.Loss.REJECT, Policies.Loss.DROP, true, true, false, true);

    private static ChatRequest.Builder foreign(Message... messages) {
        return new ChatRequest.Builder(Dialect.ANTHROPIC).model("m").messages(List.of(messages));
    }

    private static Message user(Block... blocks) {
        return new Message(Message.Role.USER, List.of(blocks));
    }

    private static Message assistant(Block... blocks) {
        return new Message(Message.Role.ASSISTANT, List.of(blocks));
    }

    private static Block.ToolCall call(String id) {
        return new Block.ToolCall(id, "f", null, Tool.Kind.FUNCTION, "", null, Mark.NONE);
    }

    private static Block.ToolResult result(String id, boolean isError, Block... content) {
        return new Block.ToolResult(id, null, List.of(content), isError, Mark.NONE);
    }

    private static List<Json> messages(ChatRequest request, String caps) {
        return body(encoded(request, caps)).items("messages");
    }

    private static Json.Obj item(List<Json> list, int index) {
        return (Json.Obj) list.get(index);
    }

    @Test
    void puts_results_behind_their_calls_then_pictures_then_words() {
        List<Json> messages = messages(
                foreign(
                                user(new Block.Text("go")),
                                assistant(call("a"), call("b")),
                                user(
                                        new Block.Text("note first"),
                                        result(
                                                "a",
                                                false,
                                                new Block.Image(
                                                        new MediaSource.Url("https://e.test/1"), null, Mark.NONE)),
                                        result("b", true, new Block.Text("boom"))))
                        .build(),
                "{}");
        assertThat(messages)
                .extracting(m -> ((Json.Obj) m).text("role"))
                .containsExactly("user", "assistant", "tool", "tool", "user");
        assertThat(item(messages, 1))
                .isEqualTo(json("{\"role\":\"assistant\",\"content\":null,\"tool_calls\":["
                        + "{\"id\":\"a\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}},"
                        + "{\"id\":\"b\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}]}"));
        assertThat(item(messages, 3).text("content")).isEqualTo("Error: boom");
        List<Json> lifted = item(messages, 4).items("content");
        assertThat(item(lifted, 1))
                .isEqualTo(json("{\"type\":\"image_url\",\"image_url\":{\"url\":\"https://e.test/1\"}}"));
        assertThat(item(lifted, 2)).isEqualTo(json("{\"type\":\"text\",\"text\":\"note first\"}"));
    }

    @Test
    void sends_breakpoints_only_where_they_are_known() {
        ChatRequest request = foreign(user(new Block.Text("hi", new Mark("p", Mark.CacheTtl.FIVE_MINUTES))))
                .system(List.of(new Block.Text("S", new Mark("system[0]", Mark.CacheTtl.ONE_HOUR))))
                .build();
        assertThat(messages(request, "{}"))
                .containsExactly(
                        json("{\"role\":\"system\",\"content\":\"S\"}"),
                        json("{\"role\":\"user\",\"content\":\"hi\"}"));
        List<Json> marked = messages(request, "{\"prompt_cache_breakpoint\":true}");
        assertThat(item(item(marked, 1).items("content"), 0))
                .isEqualTo(json(
                        "{\"type\":\"text\",\"text\":\"hi\",\"prompt_cache_breakpoint\":{\"mode\":\"explicit\"}}"));
    }

    @Test
    void strips_the_billing_line_that_breaks_prompt_caches() {
        ChatRequest request = foreign(user(new Block.Text("hi")))
                .system(List.of(new Block.Text("x-anthropic-billing-header: cc_version=1"), new Block.Text("S")))
                .build();
        assertThat(item(messages(request, "{}"), 0)).isEqualTo(json("{\"role\":\"system\",\"content\":\"S\"}"));
    }

    @Test
    void drops_what_the_target_lacks_under_the_clients_own_names() {
        ChatRequest request = foreign(user(new Block.Text("x")))
                .sampling(new Sampling(
                        new Json.Num("0.2"), null, new Json.Num("40"), null, null, null, null, null, null, null, null))
                .stop(List.of("a", "b", "c"))
                .maxOutputTokens(128_000L)
                .path(Field.STOP, "stop_sequences")
                .path(Field.MAX_OUTPUT_TOKENS, "max_tokens")
                .path(Field.TEMPERATURE, "temperature")
                .path(Field.TOP_K, "top_k")
                .build();
        EncodedRequest encoded = encoded(request, "{\"sampling\":false,\"max_stop\":2,\"max_output_tokens\":32000}");
        assertThat(encoded.degraded())
                .containsExactlyInAnyOrder(
                        Degradation.unsupported("temperature"),
                        Degradation.unsupported("top_k"),
                        Degradation.unsupported("stop_sequences"),
                        new Degradation("max_tokens", "clamped"));
        assertThat(body(encoded))
                .isEqualTo(json("{\"model\":\"real\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],"
                        + "\"max_completion_tokens\":32000,\"stop\":[\"a\",\"b\"]}"));
        Failure refused = bad(CODEC.requests().encode(request, target("{\"sampling\":false}", STRICT)));
        assertThat(((Failure.Refused) refused).param()).isNotNull();
    }

    @Test
    void refuses_pictures_where_there_are_no_eyes() {
        Block image = new Block.Image(new MediaSource.Url("u"), null, Mark.at("messages[0].content[0]"));
        ChatRequest request = foreign(user(image, new Block.Text("what"))).build();
        Failure refused = bad(CODEC.requests().encode(request, target("{\"vision\":false}")));
        assertThat(((Failure.Refused) refused).param()).isEqualTo("messages[0].content[0]");
        Policies drop = new Policies(Policies.Loss.DROP, Policies.Loss.DROP, true, true, false, false);
        EncodedRequest dropped = Chat.ok(CODEC.requests().encode(request, target("{\"vision\":false}", drop)));
        assertThat(dropped.degraded()).containsExactly(Degradation.unsupported("messages[0].content[0]"));
    }

    @Test
    void emulates_custom_tools_and_finds_the_way_back() {
        Extras none = new Extras(Dialect.OPENAI_RESPONSES, Json.Obj.EMPTY);
        Tool custom = new Tool.Custom("patch", "Edit.", new Tool.Grammar("lark", "start: x"), none, Mark.NONE);
        ChatRequest request = new ChatRequest.Builder(Dialect.OPENAI_RESPONSES)
                .tools(List.of(new Tool.Namespace("ns", null, List.of(custom), Mark.NONE)))
                .toolChoice(new ToolChoice.Named("patch", Tool.Kind.CUSTOM))
                .messages(List.of(user(new Block.Text("x"))))
                .build();
        EncodedRequest encoded = encoded(request, "{}");
        Json.Obj function = java.util.Objects.requireNonNull(
                item(body(encoded).items("tools"), 0).object("function"));
        assertThat(function.text("name")).isEqualTo("ns__patch");
        assertThat(function.text("description")).contains("Edit.", "start: x");
        assertThat(body(encoded).object("tool_choice"))
                .isEqualTo(json("{\"type\":\"function\",\"function\":{\"name\":\"ns__patch\"}}"));
        assertThat(encoded.names().toClient("ns__patch").kind()).isEqualTo(Tool.Kind.CUSTOM);
        Json.Obj own = item(body(encoded(request, "{\"custom_tools\":true}")).items("tools"), 0);
        assertThat(own.object("custom"))
                .isEqualTo(json("{\"name\":\"ns__patch\",\"description\":\"Edit.\",\"format\":{\"type\":\"grammar\","
                        + "\"grammar\":{\"syntax\":\"lark\",\"definition\":\"start: x\"}}}"));
    }

    @Test
    void drops_a_tool_that_only_its_provider_runs_and_the_choice_with_it() {
        Tool search = new Tool.Native(
                Dialect.ANTHROPIC,
                "web_search_20250305",
                "web_search",
                Tool.Purpose.WEB_SEARCH,
                Json.Obj.EMPTY,
                Mark.at("tools[0]"));
        ChatRequest request = foreign(user(new Block.Text("x")))
                .tools(List.of(search))
                .toolChoice(new ToolChoice.Auto())
                .build();
        EncodedRequest encoded = encoded(request, "{}");
        assertThat(encoded.degraded()).containsExactly(Degradation.unsupported("tools[0]"));
        assertThat(body(encoded).has("tools")).isFalse();
        assertThat(body(encoded).has("tool_choice")).isFalse();
        assertThat(body(encoded(request, "{\"web_search\":true}")).has("web_search_options"))
                .isTrue();
    }

    @Test
    void gives_reasoning_back_in_the_field_that_the_target_takes() {
        Signature own = new Signature(Dialect.ANTHROPIC, "SIG");
        ChatRequest request = foreign(
                        user(new Block.Text("q")),
                        assistant(new Block.Reasoning("hm", own, Mark.NONE), new Block.Text("A")),
                        user(new Block.Text("r")))
                .build();
        assertThat(item(messages(request, "{}"), 1)).isEqualTo(json("{\"role\":\"assistant\",\"content\":\"A\"}"));
        assertThat(item(messages(request, "{\"reasoning_history\":\"reasoning_content\"}"), 1)
                        .text("reasoning_content"))
                .isEqualTo("hm");
        assertThat(item(messages(request, "{\"reasoning_history\":\"reasoning_details\"}"), 1)
                        .items("reasoning_details"))
                .containsExactly(json("{\"type\":\"reasoning.text\",\"text\":\"hm\",\"signature\":\"SIG\","
                        + "\"format\":\"anthropic-claude-v1\",\"index\":0}"));
    }

    @Test
    void clamps_efforts_and_keeps_silent_to_models_that_do_not_think() {
        ChatRequest.Builder request = foreign(user(new Block.Text("x")));
        ChatRequest most = request.reasoning(new ReasoningWish.ByEffort(ReasoningWish.Effort.MAX))
                .build();
        assertThat(body(encoded(most, "{}")).text("reasoning_effort")).isEqualTo("high");
        assertThat(body(encoded(most, "{\"reasoning\":\"none\"}")).has("reasoning_effort"))
                .isFalse();
        ChatRequest off = request.reasoning(new ReasoningWish.Off()).build();
        assertThat(body(encoded(off, "{}")).has("reasoning_effort")).isFalse();
        assertThat(body(encoded(off, "{\"efforts\":[\"none\",\"low\"]}")).text("reasoning_effort"))
                .isEqualTo("none");
    }

    @Test
    void keeps_what_it_does_not_know_for_its_own_dialect_only() {
        String unknown = "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],\"x_new\":{\"a\":1},"
                + "\"prompt_cache_retention\":\"24h\"}";
        Json.Obj own = body(encoded(request(unknown), "{}"));
        assertThat(own.object("x_new")).isEqualTo(json("{\"a\":1}"));
        assertThat(own.text("prompt_cache_retention")).isEqualTo("24h");
        Extras foreign = new Extras(Dialect.ANTHROPIC, json("{\"diagnostics\":{}}"));
        EncodedRequest encoded =
                encoded(foreign(user(new Block.Text("x"))).extras(foreign).build(), "{}");
        assertThat(body(encoded).has("diagnostics")).isFalse();
        assertThat(encoded.degraded()).containsExactly(Degradation.unsupported("diagnostics"));
    }

    @Test
    void equal_input_gives_equal_bytes() {
        String body =
                "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],\"metadata\":{\"b\":\"1\",\"a\":\"2\"}}";
        assertThat(encoded(request(body), "{}").body())
                .isEqualTo(encoded(request(body), "{}").body());
    }

    @Test
    void shortens_long_ids_on_both_sides_alike() {
        String id = "toolu_" + "x".repeat(60);
        List<Json> messages = messages(
                foreign(user(new Block.Text("x")), assistant(call(id)), user(result(id, false, new Block.Text("1"))))
                        .build(),
                "{\"tool_id_max\":40}");
        String sent = item(item(messages, 1).items("tool_calls"), 0).text("id", "");
        assertThat(sent).hasSizeLessThanOrEqualTo(40);
        assertThat(item(messages, 2).text("tool_call_id")).isEqualTo(sent);
    }

    @Test
    void refuses_what_only_another_provider_keeps() {
        Block file = new Block.Document(
                new MediaSource.FileId(Dialect.ANTHROPIC, "file_1"),
                null,
                null,
                false,
                Mark.at("messages[0].content[0]"));
        ChatRequest request = foreign(user(file)).build();
        assertThat(((Failure.Refused) bad(CODEC.requests().encode(request, target("{}")))).param())
                .isEqualTo("messages[0].content[0]");
        ChatRequest chained = foreign(user(new Block.Text("x")))
                .field(Field.PREVIOUS_RESPONSE, "previous_response_id", Json.of("resp_1"))
                .build();
        assertThat(((Failure.Refused) bad(CODEC.requests().encode(chained, target("{}")))).param())
                .isEqualTo("previous_response_id");
    }

    @Test
    void binds_schemas_only_in_their_strict_form() {
        Extras none = new Extras(Dialect.ANTHROPIC, json("{\"eager_input_streaming\":true}"));
        Tool open = new Tool.Function("f", null, json("{\"type\":\"object\"}"), true, true, none, Mark.NONE);
        ChatRequest request =
                foreign(user(new Block.Text("x"))).tools(List.of(open)).build();
        assertThat(body(encoded(request, "{}")).items("tools"))
                .containsExactly(json("{\"type\":\"function\",\"function\":{\"name\":\"f\","
                        + "\"parameters\":{\"type\":\"object\",\"properties\":{}}}}"));
    }
}
