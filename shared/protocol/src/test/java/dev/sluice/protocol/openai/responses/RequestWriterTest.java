package dev.sluice.protocol.openai.responses;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.Block;
import dev.sluice.model.ChatRequest;
import dev.sluice.model.Dialect;
import dev.sluice.model.Field;
import dev.sluice.model.Json;
import dev.sluice.model.Mark;
import dev.sluice.model.MediaSource;
import dev.sluice.model.Message;
import dev.sluice.model.Policies;
import dev.sluice.model.Signature;
import dev.sluice.model.Tool;
import dev.sluice.protocol.EncodedRequest;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestWriterTest {
    private static final Signature OWN = new Signature(Dialect.OPENAI_RESPONSES, "gA");

    private static ChatRequest said(Dialect client, Message... messages) {
        return new ChatRequest.Builder(client).messages(List.of(messages)).build();
    }

    private static Message user(Block... blocks) {
        return new Message(Message.Role.USER, List.of(blocks));
    }

    private static Message assistant(Block... blocks) {
        return new Message(Message.Role.ASSISTANT, List.of(blocks));
    }

    private static EncodedRequest sent(ChatRequest request, String caps) {
        return Asking.sent(request, Dialect.OPENAI_RESPONSES, caps);
    }

    private static List<Json> input(Message... messages) {
        return Asking.body(sent(said(Dialect.ANTHROPIC, messages), "{}")).items("input");
    }

    private static Json.Obj chat(String fields) {
        return Asking.body(Asking.sent(
                Dialect.OPENAI_CHAT, "{'model':'m','messages':[" + Asking.USER + "]," + fields + "}", "{}"));
    }

    @Test
    void a_thought_stands_before_what_it_led_to_and_has_no_minted_id() {
        assertThat(input(
                        user(new Block.Text("q")),
                        assistant(
                                new Block.Reasoning("hmm", OWN, Mark.NONE),
                                new Block.Text("a"),
                                new Block.Reasoning("of another", new Signature(Dialect.ANTHROPIC, "S"), Mark.NONE),
                                new Block.EncryptedReasoning(OWN, "rs_7", Mark.NONE)),
                        user(new Block.Text("q2"))))
                .containsExactly(
                        Asking.json("{'type':'message','role':'user','content':'q'}"),
                        Asking.json("{'type':'reasoning','summary':[{'type':'summary_text','text':'hmm'}],"
                                + "'encrypted_content':'gA'}"),
                        Asking.json("{'type':'message','role':'assistant','content':'a'}"),
                        Asking.json("{'type':'reasoning','id':'rs_7','summary':[],'encrypted_content':'gA'}"),
                        Asking.json("{'type':'message','role':'user','content':'q2'}"));
    }

    @Test
    void several_words_of_an_answer_are_parts_of_output() {
        assertThat(input(
                                user(new Block.Text("q")),
                                assistant(new Block.Text("a"), new Block.Refusal("no", Mark.NONE)),
                                user(new Block.Text("q2")))
                        .get(1))
                .isEqualTo(Asking.json("{'type':'message','role':'assistant','content':["
                        + "{'type':'output_text','text':'a','annotations':[]},{'type':'refusal','refusal':'no'}]}"));
    }

    @Test
    void instructions_in_the_middle_are_the_developers() {
        assertThat(input(
                        user(new Block.Text("q")),
                        new Message(Message.Role.SYSTEM, List.of(new Block.Text("be brief"))),
                        user(new Block.Text("q2"))))
                .element(1)
                .isEqualTo(Asking.json("{'type':'message','role':'developer','content':'be brief'}"));
    }

    @Test
    void a_failed_result_says_so_in_words() {
        Block.ToolCall call = new Block.ToolCall("c1", "f", null, Tool.Kind.FUNCTION, "", null, Mark.NONE);

        assertThat(input(
                        user(new Block.Text("q")),
                        assistant(call),
                        user(new Block.ToolResult(
                                "c1", null, List.of(new Block.Text("no such file")), true, Mark.NONE))))
                .containsSubsequence(
                        Asking.json("{'type':'function_call','call_id':'c1','name':'f','arguments':'{}'}"),
                        Asking.json("{'type':'function_call_output','call_id':'c1','output':'Error: no such file'}"));
    }

    @Test
    void a_result_without_words_is_an_empty_string() {
        Block.ToolCall call = new Block.ToolCall("c1", "f", null, Tool.Kind.FUNCTION, "{}", null, Mark.NONE);

        assertThat(input(
                                user(new Block.Text("q")),
                                assistant(call),
                                user(new Block.ToolResult("c1", null, List.of(), false, Mark.NONE)))
                        .getLast())
                .isEqualTo(Asking.json("{'type':'function_call_output','call_id':'c1','output':''}"));
    }

    @Test
    void media_have_forms_of_their_own() {
        assertThat(input(user(
                        new Block.Image(new MediaSource.Base64("AA==", "image/png"), null, Mark.NONE),
                        new Block.Document(
                                new MediaSource.Base64("AA==", "application/pdf"),
                                null,
                                "see page 2",
                                false,
                                Mark.NONE),
                        new Block.Document(new MediaSource.PlainText("words"), "T", null, false, Mark.NONE),
                        new Block.Document(new MediaSource.Url("https://e.test/a.pdf"), null, null, false, Mark.NONE),
                        new Block.Audio(new MediaSource.Base64("AA==", "audio/wav"), "wav", null, Mark.NONE),
                        new Block.SearchResult("s", "t", List.of(new Block.Text("found")), Mark.NONE))))
                .containsExactly(Asking.json("{'type':'message','role':'user','content':["
                        + "{'type':'input_image','image_url':'data:image/png;base64,AA==','detail':'auto'},"
                        + "{'type':'input_text','text':'see page 2'},"
                        + "{'type':'input_file','filename':'document.pdf','file_data':'data:application/pdf;base64,AA=='},"
                        + "{'type':'input_text','text':'T\\n\\nwords'},"
                        + "{'type':'input_file','file_url':'https://e.test/a.pdf'},"
                        + "{'type':'input_audio','input_audio':{'data':'AA==','format':'wav'}},"
                        + "{'type':'input_text','text':'t\\ns\\n\\nfound'}]}"));
    }

    @ParameterizedTest
    @CsvSource({"vision,image", "pdf,pdf"})
    void content_that_the_model_does_not_take_is_refused(String capability, String kind) {
        Block block = kind.equals("image")
                ? new Block.Image(new MediaSource.Url("https://e.test/a.png"), null, Mark.at("messages[0].content[0]"))
                : new Block.Document(
                        new MediaSource.Base64("AA==", "application/pdf"),
                        null,
                        null,
                        false,
                        Mark.at("messages[0].content[0]"));

        assertThat(Asking.bad(Asking.CODEC
                                .requests()
                                .encode(
                                        said(Dialect.ANTHROPIC, user(block)),
                                        Asking.target(Dialect.OPENAI_RESPONSES, "{'" + capability + "':false}")))
                        .param())
                .isEqualTo("messages[0].content[0]");
    }

    @Test
    void a_file_at_another_vendor_is_refused() {
        Block image = new Block.Image(new MediaSource.FileId(Dialect.ANTHROPIC, "file_1"), null, Mark.at("here"));

        assertThat(Asking.bad(Asking.CODEC
                                .requests()
                                .encode(
                                        said(Dialect.ANTHROPIC, user(image)),
                                        Asking.target(Dialect.OPENAI_RESPONSES, "{}")))
                        .param())
                .isEqualTo("here");
    }

    @Test
    void what_nobody_can_come_back_to_is_not_stored() {
        assertThat(chat("'store':true").field("store")).isEqualTo(Json.FALSE);
        assertThat(Asking.body(sent(Asking.request("{'input':'x','store':true}"), "{}"))
                        .field("store"))
                .isEqualTo(Json.TRUE);
    }

    @Test
    void thoughts_are_asked_back_only_of_who_thinks() {
        assertThat(chat("'reasoning_effort':'low'").items("include"))
                .containsExactly(Json.of("reasoning.encrypted_content"));
        assertThat(chat("'reasoning_effort':'none'").has("include")).isFalse();
        assertThat(chat("'seed':null").has("include")).isFalse();
        assertThat(Asking.body(Asking.sent(
                                Dialect.OPENAI_CHAT,
                                "{'messages':[" + Asking.USER + "],'reasoning_effort':'low'}",
                                "{'reasoning':'none'}"))
                        .fields())
                .doesNotContainKeys("include", "reasoning");
        assertThat(Asking.body(sent(
                                said(
                                        Dialect.ANTHROPIC,
                                        user(new Block.Text("q")),
                                        assistant(new Block.Reasoning("t", OWN, Mark.NONE)),
                                        user(new Block.Text("q"))),
                                "{}"))
                        .items("include"))
                .containsExactly(Json.of("reasoning.encrypted_content"));
    }

    @Test
    void a_client_that_is_shown_thoughts_gets_summaries() {
        String body = "{'model':'m','max_tokens':9000,'messages':[" + Asking.USER + "],'thinking':";

        assertThat(Asking.body(Asking.sent(Dialect.ANTHROPIC, body + "{'type':'enabled','budget_tokens':2048}}", "{}"))
                        .field("reasoning"))
                .isEqualTo(Asking.json("{'effort':'low','summary':'auto'}"));
        assertThat(Asking.body(Asking.sent(
                                Dialect.ANTHROPIC,
                                body + "{'type':'adaptive','display':'omitted'},'output_config':{'effort':'high'}}",
                                "{}"))
                        .field("reasoning"))
                .isEqualTo(Asking.json("{'effort':'high'}"));
    }

    @Test
    void wishes_that_this_dialect_has_no_field_for_are_reported() {
        EncodedRequest encoded = Asking.sent(
                Dialect.OPENAI_CHAT,
                "{'messages':[" + Asking.USER + "],'stop':['X'],'seed':1,'top_k':2,'min_p':0.1,'presence_penalty':1,"
                        + "'frequency_penalty':1,'logit_bias':{'1':2},'temperature':0.1,'prediction':{},'odd':1}",
                "{'sampling':false}");

        assertThat(Asking.lost(encoded))
                .containsExactlyInAnyOrder(
                        "stop",
                        "seed",
                        "top_k",
                        "min_p",
                        "presence_penalty",
                        "frequency_penalty",
                        "logit_bias",
                        "temperature",
                        "odd");
    }

    @Test
    void a_strict_owner_has_losses_refused() {
        Policies strict = new Policies(Policies.Loss.REJECT, Policies.Loss.DROP, true, true, false, true);
        ChatRequest request = Asking.request(Dialect.OPENAI_CHAT, "{'messages':[" + Asking.USER + "],'stop':['X']}");

        assertThat(Asking.bad(Asking.CODEC
                                .requests()
                                .encode(request, Asking.target(Dialect.OPENAI_RESPONSES, "{}", strict)))
                        .param())
                .isEqualTo("stop");
    }

    @ParameterizedTest
    @CsvSource({"n,2", "modalities,'[\"text\",\"audio\"]'"})
    void an_answer_of_another_shape_is_refused(String field, String value) {
        ChatRequest request =
                Asking.request(Dialect.OPENAI_CHAT, "{'messages':[" + Asking.USER + "],'" + field + "':" + value + "}");

        assertThat(Asking.bad(Asking.CODEC.requests().encode(request, Asking.target(Dialect.OPENAI_RESPONSES, "{}")))
                        .param())
                .isEqualTo(field);
    }

    @Test
    void output_is_bounded_from_both_sides() {
        assertThat(chat("'max_tokens':1").field("max_output_tokens")).isEqualTo(Json.of(16));
        EncodedRequest clamped = Asking.sent(
                Dialect.OPENAI_CHAT,
                "{'messages':[" + Asking.USER + "],'max_tokens':5000}",
                "{'max_output_tokens':1000}");
        assertThat(Asking.body(clamped).field("max_output_tokens")).isEqualTo(Json.of(1000));
        assertThat(Asking.lost(clamped)).containsExactly("max_tokens");
    }

    @Test
    void tools_are_flat_and_say_whether_they_are_strict() {
        Json.Obj body = chat("'tools':["
                + "{'type':'function','function':{'name':'f'}},"
                + "{'type':'function','function':{'name':'g','strict':true,'parameters':{'type':'object',"
                + "'properties':{'a':{'type':'string'}}}}},"
                + "{'type':'function','function':{'name':'h','strict':true,'parameters':{'type':'object',"
                + "'properties':{},'required':[],'additionalProperties':false}}}],"
                + "'tool_choice':{'type':'allowed_tools','allowed_tools':{'mode':'required','tools':["
                + "{'type':'function','function':{'name':'g'}}]}},'parallel_tool_calls':false");

        assertThat(body.items("tools"))
                .containsExactly(
                        Asking.json("{'type':'function','name':'f','parameters':{'type':'object','properties':{}},"
                                + "'strict':false}"),
                        Asking.json("{'type':'function','name':'g','parameters':{'type':'object','properties':"
                                + "{'a':{'type':'string'}}},'strict':false}"),
                        Asking.json("{'type':'function','name':'h','parameters':{'type':'object','properties':{},"
                                + "'required':[],'additionalProperties':false},'strict':true}"));
        assertThat(body.field("tool_choice"))
                .isEqualTo(Asking.json(
                        "{'type':'allowed_tools','mode':'required','tools':[{'type':'function','name':'g'}]}"));
        assertThat(body.field("parallel_tool_calls")).isEqualTo(Json.FALSE);
    }

    @Test
    void custom_tools_are_functions_where_the_provider_has_none() {
        EncodedRequest encoded = sent(
                Asking.request("{'input':[" + Asking.USER
                        + ",{'type':'custom_tool_call','id':'ctc_1','call_id':'c1','name':'patch','input':'***'},"
                        + "{'type':'custom_tool_call_output','call_id':'c1','output':'ok'}],"
                        + "'tools':[{'type':'custom','name':'patch'}],'tool_choice':{'type':'custom','name':'patch'}}"),
                "{'custom_tools':false}");

        Json.Obj body = Asking.body(encoded);
        assertThat(((Json.Obj) body.items("tools").getFirst()).text("type")).isEqualTo("function");
        assertThat(body.field("tool_choice")).isEqualTo(Asking.json("{'type':'function','name':'patch'}"));
        assertThat(body.items("input").subList(1, 3))
                .containsExactly(
                        Json.object()
                                .put("type", "function_call")
                                .put("call_id", "c1")
                                .put("name", "patch")
                                .put("arguments", "{\"input\":\"***\"}")
                                .build(),
                        Asking.json("{'type':'function_call_output','call_id':'c1','output':'ok'}"));
        assertThat(encoded.names().toClient("patch").property()).isEqualTo("input");
    }

    @Test
    void another_dialects_search_of_the_web_is_mapped_where_there_is_one() {
        String body = "{'max_tokens':100,'messages':[" + Asking.USER
                + "],'tools':[{'type':'web_search_20250305','name':'web_search','allowed_domains':['a.test'],'max_uses':3,"
                + "'user_location':{'type':'approximate','country':'FR'}},{'type':'bash_20250124','name':'bash'}]}";

        EncodedRequest with = Asking.sent(Dialect.ANTHROPIC, body, "{'web_search':true}");
        assertThat(Asking.body(with).items("tools"))
                .containsExactly(Asking.json("{'type':'web_search','filters':{'allowed_domains':['a.test']},"
                        + "'user_location':{'type':'approximate','country':'FR'}}"));
        assertThat(Asking.lost(with)).containsExactly("tools[0].max_uses", "tools[1]");
        EncodedRequest without = Asking.sent(Dialect.ANTHROPIC, body, "{}");
        assertThat(Asking.body(without).has("tools")).isFalse();
        assertThat(Asking.lost(without)).containsExactly("tools[0]", "tools[1]");
    }

    @Test
    void a_choice_of_a_tool_that_is_not_there_is_reported() {
        EncodedRequest encoded = Asking.sent(
                Dialect.OPENAI_CHAT,
                "{'messages':[" + Asking.USER + "],'tools':[{'type':'function','function':{'name':'f'}}],"
                        + "'tool_choice':{'type':'function','function':{'name':'g'}}}",
                "{}");

        assertThat(Asking.body(encoded).has("tool_choice")).isFalse();
        assertThat(Asking.lost(encoded)).containsExactly("tool_choice");
    }

    @Test
    void names_are_made_legal_and_turned_back() {
        String name = "a.very/odd name";
        ChatRequest request = Asking.request(
                Dialect.OPENAI_CHAT,
                "{'messages':[" + Asking.USER + "],'tools':[{'type':'function','function':{'name':'" + name + "'}}]}");

        EncodedRequest encoded = sent(request, "{}");

        String legal = ((Json.Obj) Asking.body(encoded).items("tools").getFirst()).text("name", "");
        assertThat(legal).matches("[a-zA-Z0-9_-]{1,64}");
        assertThat(encoded.names().toClient(legal).name()).isEqualTo(name);
    }

    @Test
    void breakpoints_stand_on_parts_where_the_model_knows_them() {
        String body = "{'max_tokens':100,'system':[{'type':'text','text':'S','cache_control':{'type':'ephemeral'}}],"
                + "'messages':[{'role':'user','content':[{'type':'text','text':'q','cache_control':"
                + "{'type':'ephemeral','ttl':'1h'}}]}]}";

        Json.Obj with = Asking.body(Asking.sent(Dialect.ANTHROPIC, body, "{'prompt_cache_breakpoint':true}"));
        assertThat(with.has("instructions")).isFalse();
        assertThat(with.items("input"))
                .containsExactly(
                        Asking.json("{'type':'message','role':'developer','content':[{'type':'input_text','text':'S',"
                                + "'prompt_cache_breakpoint':{'mode':'explicit'}}]}"),
                        Asking.json("{'type':'message','role':'user','content':[{'type':'input_text','text':'q',"
                                + "'prompt_cache_breakpoint':{'mode':'explicit','ttl':'12h'}}]}"));
        Json.Obj without = Asking.body(Asking.sent(Dialect.ANTHROPIC, body, "{}"));
        assertThat(without.text("instructions")).isEqualTo("S");
        assertThat(without.items("input"))
                .containsExactly(Asking.json("{'type':'message','role':'user','content':'q'}"));
    }

    @Test
    void formats_bind_when_their_schema_can() {
        assertThat(chat("'response_format':{'type':'json_object'}").field("text"))
                .isEqualTo(Asking.json("{'format':{'type':'json_object'}}"));
        Json.Obj strict = Asking.body(Asking.sent(
                Dialect.ANTHROPIC,
                "{'max_tokens':100,'messages':[" + Asking.USER
                        + "],'output_config':{'format':{'type':'json_schema','schema':{'type':'object','properties':{},"
                        + "'required':[],'additionalProperties':false}}}}",
                "{}"));
        assertThat(strict.field("text"))
                .isEqualTo(Asking.json("{'format':{'type':'json_schema','name':'output','schema':{'type':'object',"
                        + "'properties':{},'required':[],'additionalProperties':false},'strict':true}}"));
    }

    @Test
    void a_clients_own_state_stays_with_its_own_dialect() {
        ChatRequest request = Asking.request("{'input':[{'type':'additional_tools','role':'developer','tools':["
                + "{'type':'function','name':'late'}]},{'type':'mcp_call','id':'mcp_1','name':'x'},"
                + "{'type':'compaction','id':'c'}," + Asking.USER + "],'new_wish':1}");

        assertThat(Asking.body(sent(request, "{}")).items("input")).hasSize(4);
        assertThat(Asking.body(sent(request, "{}")).has("tools")).isFalse();
        EncodedRequest chat = Asking.sent(request, Dialect.OPENAI_CHAT, "{}");
        assertThat(Asking.body(chat).items("tools")).hasSize(1);
        assertThat(Asking.lost(chat)).containsExactlyInAnyOrder("input[1]", "input[2]", "new_wish");
    }

    @Test
    void prefixes_of_answers_are_reported() {
        EncodedRequest encoded = Asking.sent(
                Dialect.ANTHROPIC,
                "{'model':'m','max_tokens':99,'messages':[" + Asking.USER + ",{'role':'assistant','content':'{'}]}",
                "{}");

        assertThat(Asking.lost(encoded)).containsExactly("messages[1]");
    }

    @Test
    void fields_of_other_vendors_that_the_answer_needs_are_refused() {
        ChatRequest request = new ChatRequest.Builder(Dialect.ANTHROPIC)
                .messages(List.of(user(new Block.Text("q"))))
                .field(Field.MCP_SERVERS, "mcp_servers", Json.Arr.of(Json.TRUE))
                .build();

        assertThat(Asking.bad(Asking.CODEC.requests().encode(request, Asking.target(Dialect.OPENAI_RESPONSES, "{}")))
                        .param())
                .isEqualTo("mcp_servers");
    }
}
