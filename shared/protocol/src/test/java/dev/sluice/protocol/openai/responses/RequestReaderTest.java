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
import dev.sluice.model.ReasoningWish;
import dev.sluice.model.ResponseFormat;
import dev.sluice.model.Signature;
import dev.sluice.model.Tool;
import dev.sluice.model.ToolChoice;
import dev.sluice.protocol.seal.Seal;
import java.util.List;
import org.junit.jupiter.api.Test;

class RequestReaderTest {
    private static Block only(String item) {
        List<Message> messages = Asking.of(item).messages();
        assertThat(messages).hasSize(1);
        assertThat(messages.getFirst().blocks()).hasSize(1);
        return messages.getFirst().blocks().getFirst();
    }

    @Test
    void a_string_is_one_message_of_the_user() {
        ChatRequest request = Asking.request("{'model':'m','instructions':'S','input':'hi'}");

        assertThat(request.system()).containsExactly(new Block.Text("S", Mark.at("instructions")));
        assertThat(request.messages())
                .containsExactly(
                        new Message(Message.Role.USER, List.of(new Block.Text("hi", Mark.at("input"))), null, "input"));
    }

    @Test
    void leading_instructions_are_the_system_prompt_and_later_ones_stay_in_place() {
        ChatRequest request = Asking.of("{'role':'developer','content':'A'},{'type':'message','role':'system',"
                + "'content':[{'type':'input_text','text':'B'}]}," + Asking.USER
                + ",{'role':'developer','content':'C'}");

        assertThat(request.system()).extracting(Block.Text::text).containsExactly("A", "B");
        assertThat(request.messages())
                .extracting(Message::role)
                .containsExactly(Message.Role.USER, Message.Role.SYSTEM);
    }

    @Test
    void what_instructions_hold_beside_text_is_the_users() {
        ChatRequest request = Asking.of("{'role':'developer','content':[{'type':'input_text','text':'A'},"
                + "{'type':'input_image','image_url':'https://e.test/a.png'}]}");

        assertThat(request.system()).hasSize(1);
        assertThat(request.messages().getFirst().role()).isEqualTo(Message.Role.USER);
        assertThat(request.messages().getFirst().blocks().getFirst()).isInstanceOf(Block.Image.class);
    }

    @Test
    void parts_keep_where_their_bytes_are() {
        Message message = Asking.of("{'role':'user','content':["
                        + "{'type':'input_image','image_url':'data:image/png;base64,AA==','detail':'original'},"
                        + "{'type':'input_image','file_id':'file_1'},"
                        + "{'type':'input_file','filename':'a.pdf','file_data':'data:application/pdf;base64,AA=='},"
                        + "{'type':'input_file','file_url':'https://e.test/a.pdf'},"
                        + "{'type':'input_audio','input_audio':{'data':'AA==','format':'wav'}},"
                        + "{'type':'input_hologram','x':1}]}")
                .messages()
                .getFirst();

        assertThat(message.blocks())
                .containsExactly(
                        new Block.Image(
                                new MediaSource.Base64("AA==", "image/png"), "high", Mark.at("input[0].content[0]")),
                        new Block.Image(
                                new MediaSource.FileId(Dialect.OPENAI_RESPONSES, "file_1"),
                                null,
                                Mark.at("input[0].content[1]")),
                        new Block.Document(
                                new MediaSource.Base64("AA==", "application/pdf"),
                                "a.pdf",
                                null,
                                false,
                                Mark.at("input[0].content[2]")),
                        new Block.Document(
                                new MediaSource.Url("https://e.test/a.pdf"),
                                null,
                                null,
                                false,
                                Mark.at("input[0].content[3]")),
                        new Block.Audio(
                                new MediaSource.Base64("AA==", "audio/wav"),
                                "wav",
                                null,
                                Mark.at("input[0].content[4]")),
                        new Block.Unmodelled(
                                Dialect.OPENAI_RESPONSES,
                                Asking.json("{'type':'input_hologram','x':1}"),
                                Mark.at("input[0].content[5]")));
    }

    @Test
    void a_breakpoint_marks_its_part() {
        Message message = Asking.of("{'role':'user','content':[{'type':'input_text','text':'a',"
                        + "'prompt_cache_breakpoint':{'mode':'explicit','ttl':'12h'}}]}")
                .messages()
                .getFirst();

        assertThat(message.blocks().getFirst().mark().cache()).isEqualTo(Mark.CacheTtl.ONE_HOUR);
    }

    @Test
    void an_answers_words_keep_their_sources_and_refusals_their_kind() {
        Message message = Asking.of(
                        "{'role':'assistant','phase':'final_answer','content':[{'type':'output_text','text':'a',"
                                + "'annotations':[{'type':'url_citation','url':'https://e.test','title':'E'}]},"
                                + "{'type':'refusal','refusal':'no'}]}")
                .messages()
                .getFirst();

        assertThat(message.role()).isEqualTo(Message.Role.ASSISTANT);
        Block.Text text = (Block.Text) message.blocks().getFirst();
        assertThat(text.citations().getFirst().url()).isEqualTo("https://e.test");
        assertThat(message.blocks().get(1)).isEqualTo(new Block.Refusal("no", Mark.at("input[0].content[1]")));
    }

    @Test
    void calls_keep_namespace_kind_and_raw_text() {
        assertThat(only("{'type':'function_call','call_id':'c1','namespace':'crm','name':'list','arguments':'{ }'}"))
                .isEqualTo(
                        new Block.ToolCall("c1", "list", "crm", Tool.Kind.FUNCTION, "{ }", null, Mark.at("input[0]")));
        assertThat(only("{'type':'custom_tool_call','call_id':'c1','name':'patch','input':'***'}"))
                .isEqualTo(new Block.ToolCall("c1", "patch", null, Tool.Kind.CUSTOM, "***", null, Mark.at("input[0]")));
    }

    @Test
    void an_output_without_a_call_id_goes_by_its_name() {
        Block.ToolResult result =
                (Block.ToolResult) only("{'type':'function_call_output','call_id':null,'name':'f','output':'1'}");

        assertThat(result.callId()).isEmpty();
        assertThat(result.toolName()).isEqualTo("f");
    }

    @Test
    void reasoning_of_this_dialects_providers_keeps_its_proof() {
        assertThat(only("{'type':'reasoning','id':'rs_1','summary':[{'type':'summary_text','text':'a'},"
                        + "{'type':'summary_text','text':'b'}],'content':null,'encrypted_content':'gA'}"))
                .isEqualTo(new Block.Reasoning(
                        "a\n\nb", new Signature(Dialect.OPENAI_RESPONSES, "gA"), Mark.at("input[0]")));
        assertThat(only("{'type':'reasoning','id':'rs_1','summary':[],'encrypted_content':'gA'}"))
                .isEqualTo(new Block.EncryptedReasoning(
                        new Signature(Dialect.OPENAI_RESPONSES, "gA"), "rs_1", Mark.at("input[0]")));
    }

    @Test
    void sealed_reasoning_is_opened() {
        Signature signature = new Signature(Dialect.ANTHROPIC, "SIG");
        String readable = Asking.SEAL.seal(new Seal.Content(signature, false, null, null));
        String hidden = Asking.SEAL.seal(new Seal.Content(signature, true, null, "x"));

        assertThat(only("{'type':'reasoning','id':'rs_1','summary':[{'type':'summary_text','text':'hmm'}],"
                        + "'encrypted_content':'" + readable + "'}"))
                .isEqualTo(new Block.Reasoning("hmm", signature, Mark.at("input[0]")));
        assertThat(only("{'type':'reasoning','id':'rs_1','summary':[],'encrypted_content':'" + hidden + "'}"))
                .isEqualTo(new Block.EncryptedReasoning(signature, "x", Mark.at("input[0]")));
    }

    @Test
    void a_seal_that_is_not_ours_is_no_reasoning() {
        ChatRequest request = Asking.of(
                "{'type':'reasoning','id':'rs_1','summary':[],'encrypted_content':'gw1.AAAA.BBBB'}," + Asking.USER);

        assertThat(request.messages()).hasSize(1);
        assertThat(Asking.body(Asking.sent(request, Dialect.OPENAI_RESPONSES, "{}"))
                        .items("input"))
                .containsExactly(Asking.json(Asking.USER));
    }

    @Test
    void items_of_hosted_tools_are_kept_with_who_speaks() {
        assertThat(only("{'type':'web_search_call','id':'ws_1','status':'completed'}"))
                .isInstanceOf(Block.ServerToolCall.class);
        assertThat(only("{'type':'computer_call_output','call_id':'c','output':{}}"))
                .isInstanceOf(Block.ServerToolResult.class);
        assertThat(only("{'type':'tool_search_call','execution':'server','arguments':{}}"))
                .isInstanceOf(Block.ServerToolCall.class);
        assertThat(only("{'type':'compaction','id':'cmp_1','encrypted_content':'gA'}"))
                .isInstanceOf(Block.Unmodelled.class);
    }

    @Test
    void tools_come_in_all_their_forms() {
        ChatRequest request = Asking.request("{'input':'x','tools':["
                + "{'type':'function','name':'f','description':'d','strict':true,'defer_loading':true,'x':1},"
                + "{'type':'custom','name':'c','format':{'type':'grammar','syntax':'lark','definition':'g'}},"
                + "{'type':'custom','name':'t','format':{'type':'text'}},"
                + "{'type':'namespace','name':'n','tools':[{'type':'function','name':'g'}]},"
                + "{'type':'mcp','server_label':'a'},{'type':'mcp','server_label':'b'},"
                + "{'type':'web_search_2025_08_26'}]}");

        assertThat(request.tools()).hasSize(7);
        Tool.Function function = (Tool.Function) request.tools().getFirst();
        assertThat(function.deferred()).isTrue();
        assertThat(function.strict()).isTrue();
        assertThat(function.extras().fields()).isEqualTo(Asking.json("{'x':1}"));
        assertThat(((Tool.Custom) request.tools().get(1)).grammar()).isEqualTo(new Tool.Grammar("lark", "g"));
        assertThat(((Tool.Custom) request.tools().get(2)).grammar()).isNull();
        assertThat(((Tool.Namespace) request.tools().get(3)).tools()).hasSize(1);
        assertThat(((Tool.Native) request.tools().get(6)).purpose()).isEqualTo(Tool.Purpose.WEB_SEARCH);
    }

    @Test
    void tools_that_the_input_brings_in_are_known_once() {
        String late = "{'type':'namespace','name':'crm','tools':[{'type':'function','name':'list'},"
                + "{'type':'function','name':'find'}]}";
        ChatRequest request = Asking.request("{'tools':[{'type':'function','name':'f'},{'type':'namespace',"
                + "'name':'crm','tools':[{'type':'function','name':'list'}]}],'input':["
                + "{'type':'additional_tools','role':'developer','tools':[{'type':'function','name':'f'},"
                + "{'type':'custom','name':'g'}]}," + Asking.USER
                + ",{'type':'tool_search_call','call_id':'c1','execution':'client','arguments':{'query':'x'}},"
                + "{'type':'tool_search_output','call_id':'c1','execution':'client','tools':[" + late + "]}]}");

        assertThat(request.tools()).extracting(Tool::name).containsExactly("f", "crm", "g", "crm");
        assertThat(((Tool.Namespace) request.tools().get(3)).tools())
                .extracting(Tool::name)
                .containsExactly("find");
    }

    @Test
    void choices_are_read_by_name() {
        assertThat(choice("'none'")).isEqualTo(new ToolChoice.None());
        assertThat(choice("'required'")).isEqualTo(new ToolChoice.Required());
        assertThat(choice("{'type':'function','name':'f'}")).isEqualTo(new ToolChoice.Named("f", Tool.Kind.FUNCTION));
        assertThat(choice("{'type':'custom','name':'f'}")).isEqualTo(new ToolChoice.Named("f", Tool.Kind.CUSTOM));
        assertThat(choice("{'type':'web_search_preview'}"))
                .isEqualTo(new ToolChoice.Named("web_search", Tool.Kind.FUNCTION));
        assertThat(choice("{'type':'allowed_tools','mode':'required','tools':[{'type':'function','name':'f'},"
                        + "{'type':'web_search'}]}"))
                .isEqualTo(new ToolChoice.Allowed(List.of("f", "web_search"), true));
    }

    private static ToolChoice choice(String choice) {
        return Asking.request("{'input':'x','tool_choice':" + choice + "}").toolChoice();
    }

    @Test
    void wishes_find_their_slots() {
        ChatRequest request = Asking.request("{'model':'m','input':'x','stream':true,'max_output_tokens':9,"
                + "'temperature':0.5,'top_p':1.0,'top_logprobs':2,'include':['message.output_text.logprobs'],"
                + "'text':{'verbosity':'low','format':{'type':'json_schema','name':'r','schema':{},'strict':true}},"
                + "'metadata':{'a':'b'},'safety_identifier':'s','user':'u','prompt_cache_key':'k','service_tier':'flex',"
                + "'store':false,'parallel_tool_calls':false,'context_management':[{'type':'compaction'}],"
                + "'client_metadata':{'x':'y'},'truncation':'disabled','new_wish':1}");

        assertThat(request.stream()).isTrue();
        assertThat(request.maxOutputTokens()).isEqualTo(9);
        assertThat(request.sampling().temperature()).isEqualTo(new Json.Num("0.5"));
        assertThat(request.sampling().logprobs()).isTrue();
        assertThat(request.sampling().topLogprobs()).isEqualTo(2);
        assertThat(request.verbosity()).isEqualTo("low");
        assertThat(request.format()).isEqualTo(new ResponseFormat.JsonSchema("r", null, Json.Obj.EMPTY, true));
        assertThat(request.metadata()).containsEntry("a", "b");
        assertThat(request.endUser()).isEqualTo("s");
        assertThat(request.cache().key()).isEqualTo("k");
        assertThat(request.serviceTier()).isEqualTo("flex");
        assertThat(request.parallelTools()).isFalse();
        assertThat(request.fields()).containsOnlyKeys(Field.STORE, Field.CONTEXT_MANAGEMENT);
        assertThat(request.extras().fields().fields()).containsOnlyKeys("new_wish");
        assertThat(request.pathOf(Field.VERBOSITY)).isEqualTo("text.verbosity");
    }

    @Test
    void thought_is_asked_for_by_effort_and_summary() {
        assertThat(reasoning("{'effort':'none'}")).isEqualTo(new ReasoningWish.Off());
        assertThat(reasoning("{'effort':'low'}")).isEqualTo(new ReasoningWish.ByEffort(ReasoningWish.Effort.LOW));
        assertThat(reasoning("{'effort':'low','summary':'auto'}"))
                .isEqualTo(new ReasoningWish.Adaptive(ReasoningWish.Effort.LOW, "auto"));
        assertThat(reasoning("{'summary':'auto'}")).isEqualTo(new ReasoningWish.Adaptive(null, "auto"));
        assertThat(reasoning("{}")).isEqualTo(new ReasoningWish.Unset());
    }

    private static ReasoningWish reasoning(String wish) {
        return Asking.request("{'input':'x','reasoning':" + wish + "}").reasoning();
    }
}
