package dev.sluice.protocol.bedrock;

import static dev.sluice.protocol.bedrock.Converted.chat;
import static dev.sluice.protocol.bedrock.Converted.messages;
import static dev.sluice.protocol.bedrock.Converted.quirky;
import static dev.sluice.protocol.bedrock.Converted.strictChat;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.Tool;
import dev.sluice.protocol.json.JsonText;
import org.junit.jupiter.api.Test;

class ConverseRequestsTest {
    private static final String USER = "'messages':[{'role':'user','content':'hi'}]";
    private static final String CHAT = "{'model':'m'," + USER;
    private static final String MESSAGES = "{'model':'m','max_tokens':9000," + USER;
    private static final String TOOLS = ",'tools':[{'type':'function','function':{'name':'f','parameters':"
            + "{'type':'object','properties':{}}}}]";

    private static String said(String content) {
        return "{'model':'m','max_tokens':9000,'messages':[{'role':'user','content':[" + content + "]}]}";
    }

    @Test
    void the_path_says_the_model_and_whether_to_stream() {
        assertThat(chat(CHAT + "}").request().path()).isEqualTo("/model/m/converse");
        assertThat(chat(CHAT + ",'stream':true}").request().path()).isEqualTo("/model/m/converse-stream");
        assertThat(chat(CHAT + ",'stream':true}").field("stream")).isEqualTo("nothing");
        assertThat(ConverseRequests.segment("arn:aws:x/us.m-v1:0 \u00e9~"))
                .isEqualTo("arn%3Aaws%3Ax%2Fus.m-v1%3A0%20%C3%A9~");
    }

    @Test
    void inference_is_what_was_asked_and_no_more() {
        assertThat(chat(CHAT + "}").field("inferenceConfig")).isEqualTo("nothing");
        assertThat(chat(CHAT + ",'max_tokens':50,'temperature':0.5,'top_p':0.25,'stop':['a',' ']}"))
                .satisfies(sent -> {
                    assertThat(sent.field("inferenceConfig"))
                            .isEqualTo("{'maxTokens':50,'temperature':0.5,'topP':0.25,'stopSequences':['a']}");
                    assertThat(sent.degraded()).containsExactly("stop");
                });
    }

    @Test
    void numbers_out_of_range_are_clamped_and_told() {
        var sent = chat(CHAT + ",'temperature':1.7,'max_tokens':900}", "{'max_output_tokens':500}");

        assertThat(sent.field("inferenceConfig")).isEqualTo("{'maxTokens':500,'temperature':1}");
        assertThat(sent.degraded()).containsExactlyInAnyOrder("max_tokens", "temperature");
        assertThat(strictChat(CHAT + ",'temperature':1.7}").refusedField()).isEqualTo("temperature");
    }

    @Test
    void what_the_target_has_no_field_for_is_told() {
        assertThat(chat(CHAT + ",'seed':1,'logit_bias':{'1':2},'frequency_penalty':1,'logprobs':true,"
                                + "'parallel_tool_calls':false" + TOOLS + "}")
                        .degraded())
                .containsExactlyInAnyOrder(
                        "seed", "logit_bias", "frequency_penalty", "logprobs", "parallel_tool_calls");
        assertThat(chat(CHAT + ",'n':2}").refusedField()).isEqualTo("n");
        assertThat(chat(CHAT + ",'modalities':['text','audio'],'audio':{}}").refusedField())
                .isEqualTo("modalities");
    }

    @Test
    void top_k_goes_to_the_model_itself() {
        assertThat(messages(MESSAGES + ",'top_k':5}").field("additionalModelRequestFields"))
                .isEqualTo("{'top_k':5}");
    }

    @Test
    void an_effort_is_a_field_of_converse() {
        assertThat(chat(CHAT + ",'reasoning_effort':'minimal'}").field("outputConfig"))
                .isEqualTo("{'effort':'low'}");
        assertThat(chat(CHAT + ",'reasoning_effort':'xhigh'}").field("outputConfig"))
                .isEqualTo("{'effort':'high'}");
        assertThat(chat(CHAT + ",'reasoning_effort':'none'}").field("outputConfig"))
                .isEqualTo("nothing");
        assertThat(chat(CHAT + ",'reasoning_effort':'low'}", "{'reasoning':'none'}"))
                .satisfies(sent -> {
                    assertThat(sent.field("outputConfig")).isEqualTo("nothing");
                    assertThat(sent.degraded()).containsExactly("reasoning_effort");
                });
    }

    @Test
    void thinking_goes_to_models_of_anthropic_in_their_own_field() {
        var adaptive = messages(MESSAGES + ",'thinking':{'type':'adaptive'},'output_config':{'effort':'low'}}");
        assertThat(adaptive.field("additionalModelRequestFields")).isEqualTo("{'thinking':{'type':'adaptive'}}");
        assertThat(adaptive.field("outputConfig")).isEqualTo("{'effort':'low'}");

        var budget = messages(
                MESSAGES + ",'temperature':0.2,'thinking':{'type':'enabled','budget_tokens':2000}}",
                "{'thinking':'budget'}");
        assertThat(budget.field("additionalModelRequestFields"))
                .isEqualTo("{'thinking':{'type':'enabled','budget_tokens':2000}}");
        assertThat(budget.field("inferenceConfig")).isEqualTo("{'maxTokens':9000}");
        assertThat(budget.degraded()).containsExactly("temperature");

        var effort = chat(CHAT + ",'reasoning_effort':'high'}", "{'thinking':'budget'}");
        assertThat(effort.field("additionalModelRequestFields")).contains("'budget_tokens':24000");
        assertThat(effort.field("inferenceConfig")).isEqualTo("{'maxTokens':32000}");
    }

    @Test
    void a_schema_goes_as_text_or_in_words() {
        String format = ",'response_format':{'type':'json_schema','json_schema':{'name':'an answer','schema':"
                + "{'type':'object'}}}}";
        assertThat(JsonText.print(chat(CHAT + format).body().fields().get("outputConfig")))
                .contains("\"schema\":\"{\\\"type\\\":\\\"object\\\"}\"")
                .contains("\"name\":\"an_answer_");

        var inWords = chat(CHAT + format, "{'structured_output':false}");
        assertThat(inWords.field("outputConfig")).isEqualTo("nothing");
        assertThat(inWords.field("system")).contains("JSON Schema");
        assertThat(inWords.degraded()).containsExactly("response_format");
        assertThat(chat(CHAT + ",'response_format':{'type':'json_object'}}").degraded())
                .containsExactly("response_format");
    }

    @Test
    void hints_are_metadata_and_a_tier() {
        var sent = chat(CHAT + ",'metadata':{'team':'a{b}'},'user':'u1','service_tier':'flex','store':false}");

        assertThat(sent.field("requestMetadata")).isEqualTo("{'team':'a_b_','user_id':'u1'}");
        assertThat(sent.field("serviceTier")).isEqualTo("{'type':'flex'}");
        assertThat(sent.degraded()).isEmpty();
        assertThat(chat(CHAT + ",'service_tier':'auto'}").field("serviceTier")).isEqualTo("nothing");
    }

    @Test
    void unknown_fields_are_told_and_servers_of_tools_refused() {
        assertThat(chat(CHAT + ",'frobnicate':1}").degraded()).containsExactly("frobnicate");
        assertThat(messages(MESSAGES + ",'mcp_servers':[{'name':'x'}]}").refusedField())
                .isEqualTo("mcp_servers");
        assertThat(messages(MESSAGES + ",'context_management':{'edits':[]}}").degraded())
                .containsExactly("context_management");
    }

    @Test
    void models_that_refuse_the_two_get_temperature_or_top_p() {
        assertThat(chat(CHAT + ",'temperature':0.2,'top_p':0.9}").field("inferenceConfig"))
                .contains("temperature", "topP");
        var both = quirky(CHAT + ",'temperature':0.2,'top_p':0.9}");
        assertThat(both.field("inferenceConfig")).isEqualTo("{'temperature':0.2}");
        assertThat(both.degraded()).containsExactly("top_p");
        var usual = quirky(CHAT + ",'temperature':1,'top_p':0.9}");
        assertThat(usual.field("inferenceConfig")).isEqualTo("{'topP':0.9}");
        assertThat(usual.degraded()).isEmpty();
        assertThat(quirky(CHAT + ",'temperature':0.2,'top_p':1}").degraded()).isEmpty();
        assertThat(quirky(CHAT + ",'top_p':0.9}").field("inferenceConfig")).isEqualTo("{'topP':0.9}");
    }

    @Test
    void a_wish_for_no_thought_is_told_but_where_no_word_means_the_same() {
        assertThat(chat(CHAT + ",'reasoning_effort':'none'}").degraded()).containsExactly("reasoning_effort");
        assertThat(messages(MESSAGES + ",'thinking':{'type':'disabled'}}").degraded())
                .isEmpty();
    }

    @Test
    void models_that_it_does_not_count_for_are_told_by_its_words() {
        var counts = new BedrockCodec().counts().orElseThrow();
        byte[] said = "{\"message\":\"The provided model doesn't support counting tokens.\"}".getBytes(UTF_8);
        assertThat(counts.isCountless(400, said)).isTrue();
        assertThat(counts.isCountless(400, "{\"message\":\"too long\"}".getBytes(UTF_8)))
                .isFalse();
        assertThat(counts.isCountless(404, new byte[0])).isTrue();
        assertThat(counts.isCountless(429, said)).isFalse();
    }

    @Test
    void no_tools_are_offered_when_none_may_be_called() {
        assertThat(chat(CHAT + TOOLS + ",'tool_choice':'none'}")).satisfies(sent -> {
            assertThat(sent.field("toolConfig")).isEqualTo("nothing");
            assertThat(sent.degraded()).isEmpty();
        });
        String history =
                "{'model':'m','messages':[{'role':'user','content':'x'},{'role':'assistant','tool_calls':[{'id':'c',"
                        + "'type':'function','function':{'name':'f','arguments':'{}'}}]},{'role':'tool','tool_call_id':'c',"
                        + "'content':''}]";
        assertThat(chat(history + TOOLS + ",'tool_choice':'none'}")).satisfies(sent -> {
            assertThat(sent.field("toolConfig")).contains("'toolSpec'").doesNotContain("toolChoice");
            assertThat(sent.degraded()).containsExactly("tool_choice");
            assertThat(sent.message(2)).contains("'content':[{'text':'(no output)'}]");
        });
    }

    @Test
    void a_choice_is_auto_any_or_a_known_tool() {
        assertThat(chat(CHAT + TOOLS + ",'tool_choice':'auto'}").field("toolConfig"))
                .endsWith("'toolChoice':{'auto':{}}}");
        assertThat(chat(CHAT + TOOLS + ",'tool_choice':'required'}").field("toolConfig"))
                .endsWith("'toolChoice':{'any':{}}}");
        assertThat(chat(CHAT + TOOLS + ",'tool_choice':{'type':'function','function':{'name':'f'}}}")
                        .field("toolConfig"))
                .endsWith("'toolChoice':{'tool':{'name':'f'}}}");
        assertThat(chat(CHAT + TOOLS + ",'tool_choice':{'type':'function','function':{'name':'g'}}}"))
                .satisfies(sent -> {
                    assertThat(sent.field("toolConfig")).doesNotContain("toolChoice");
                    assertThat(sent.degraded()).containsExactly("tool_choice");
                });
    }

    @Test
    void a_chosen_tool_of_a_namespace_is_chosen_under_the_name_it_has_here() {
        Converted sent = Converted.responses("{'model':'m','input':'x',"
                + "'tools':[{'type':'namespace','name':'crm','tools':[{'type':'function','name':'list'}]}],"
                + "'tool_choice':{'type':'function','name':'list'}}");

        assertThat(sent.field("toolConfig")).endsWith("'toolChoice':{'tool':{'name':'crm__list'}}}");
    }

    @Test
    void only_allowed_tools_are_offered() {
        String two = TOOLS.substring(0, TOOLS.length() - 1) + ",{'type':'function','function':{'name':'g'}}]";
        assertThat(chat(CHAT + two
                                + ",'tool_choice':{'type':'allowed_tools','allowed_tools':{'mode':'required','tools':"
                                + "[{'type':'function','function':{'name':'g'}}]}}}")
                        .field("toolConfig"))
                .contains("'name':'g'")
                .doesNotContain("'name':'f'")
                .endsWith("'toolChoice':{'any':{}}}");
    }

    @Test
    void names_are_legal_and_come_back() {
        String name = "mcp.server/" + "x".repeat(80);
        var sent = chat(CHAT + ",'tools':[{'type':'function','function':{'name':'" + name + "'}}]}");

        String legal = sent.field("toolConfig").replaceAll(".*'name':'([^']*)'.*", "$1");
        assertThat(legal).matches("[a-zA-Z0-9_-]{1,64}");
        assertThat(sent.request().names().toClient(legal).name()).isEqualTo(name);
    }

    @Test
    void a_custom_tool_is_a_function_with_one_string() {
        var sent = chat(CHAT + ",'tools':[{'type':'custom','custom':{'name':'patch','description':'d'}}]}");

        assertThat(sent.field("toolConfig")).contains("'required':['input']");
        assertThat(sent.request().names().toClient("patch").kind()).isEqualTo(Tool.Kind.CUSTOM);
    }

    @Test
    void a_providers_own_tool_goes_by_capability_and_policy() {
        String search = MESSAGES + ",'tools':[{'type':'web_search_20250305','name':'web_search'}]}";
        assertThat(messages(search)).satisfies(sent -> {
            assertThat(sent.field("toolConfig")).isEqualTo("nothing");
            assertThat(sent.degraded()).containsExactly("tools[0]");
        });
        assertThat(messages(search, "{'web_search':true}").field("toolConfig")).contains("systemTool");
    }

    @Test
    void at_most_four_breakpoints_are_written_the_last_ones() {
        String part = "{'type':'text','text':'t','cache_control':{'type':'ephemeral'}}";
        var sent = messages(said(String.join(",", part, part, part, part, part)));

        assertThat(sent.message(0).split("cachePoint", -1)).hasSize(5);
        assertThat(sent.message(0)).startsWith("{'role':'user','content':[{'text':'t'},{'text':'t'},{'cachePoint'");
    }

    @Test
    void a_breakpoint_for_the_whole_request_ends_its_last_message() {
        assertThat(messages(MESSAGES + ",'cache_control':{'type':'ephemeral','ttl':'1h'}}")
                        .message(0))
                .endsWith("{'text':'hi'},{'cachePoint':{'type':'default','ttl':'1h'}}]}");
    }

    @Test
    void a_model_that_knows_no_breakpoints_gets_none() {
        String body = MESSAGES + ",'cache_control':{'type':'ephemeral'},'system':[{'type':'text','text':'s',"
                + "'cache_control':{'type':'ephemeral'}}]}";
        assertThat(messages(body, "{'prompt_cache':false}")).satisfies(sent -> {
            assertThat(sent.field("system")).isEqualTo("[{'text':'s'}]");
            assertThat(sent.message(0)).doesNotContain("cachePoint");
            assertThat(sent.degraded()).isEmpty();
        });
    }

    @Test
    void the_line_for_the_vendors_books_is_left_out() {
        assertThat(messages(MESSAGES + ",'system':[{'type':'text','text':'x-anthropic-billing-header: a'},"
                                + "{'type':'text','text':'s'}]}")
                        .field("system"))
                .isEqualTo("[{'text':'s'}]");
    }

    @Test
    void a_breakpoint_inside_of_a_result_comes_behind_it() {
        String call =
                "{'model':'m','max_tokens':9,'messages':[{'role':'user','content':'x'},{'role':'assistant','content':"
                        + "[{'type':'tool_use','id':'t','name':'f','input':{}}]},{'role':'user','content':[{'type':'tool_result',"
                        + "'tool_use_id':'t','is_error':true,'content':[{'type':'text','text':'r','cache_control':"
                        + "{'type':'ephemeral'}}]}]}]}";
        assertThat(messages(call).message(2))
                .isEqualTo("{'role':'user','content':[{'toolResult':{'toolUseId':'t','content':[{'text':'r'}],"
                        + "'status':'error'}},{'cachePoint':{'type':'default'}}]}");
    }

    @Test
    void instructions_in_the_midst_stay_where_the_target_takes_them() {
        String body = "{'model':'m','messages':[{'role':'system','content':'a'},{'role':'user','content':'b'},"
                + "{'role':'system','content':'c'},{'role':'user','content':'d'}]}";
        assertThat(chat(body).field("system")).isEqualTo("[{'text':'a'}]");
        assertThat(chat(body).message(1)).isEqualTo("{'role':'system','content':[{'text':'c'}]}");
        assertThat(chat(body, "{'mid_system':false}").message(0))
                .isEqualTo("{'role':'user','content':[{'text':'b'},{'text':'c'},{'text':'d'}]}");
    }

    @Test
    void a_conversation_begins_with_a_user_and_ends_with_one() {
        var sent = chat("{'model':'m','messages':[{'role':'assistant','content':'a'}]}");

        assertThat(sent.body().items("messages")).hasSize(3);
        assertThat(sent.degraded()).containsExactly("messages[0]");
        assertThat(chat("{'model':'m','messages':[{'role':'assistant','content':'a'}]}", "{'prefill':true}")
                        .body()
                        .items("messages"))
                .hasSize(2);
        assertThat(chat("{'model':'m','messages':[{'role':'user','content':' '}]}")
                        .refusedField())
                .isEqualTo("messages");
    }

    @Test
    void signed_thoughts_are_replayed_and_others_left_out() {
        String turn =
                "{'model':'m','max_tokens':9,'messages':[{'role':'user','content':'x'},{'role':'assistant','content':["
                        + "{'type':'thinking','thinking':'t','signature':'%s'},{'type':'redacted_thinking','data':'QQ=='},"
                        + "{'type':'text','text':'a'}]},{'role':'user','content':'y'}]}";
        assertThat(messages(turn.formatted("SIG")).message(1))
                .isEqualTo("{'role':'assistant','content':[{'reasoningContent':{'reasoningText':{'text':'t',"
                        + "'signature':'SIG'}}},{'reasoningContent':{'redactedContent':'QQ=='}},{'text':'a'}]}");
        assertThat(messages(turn.formatted("gw1.e30.forged")).message(1)).doesNotContain("reasoningText");
        assertThat(messages(turn.formatted("SIG"), "{'reasoning':'none'}").message(1))
                .isEqualTo("{'role':'assistant','content':[{'text':'a'}]}");
    }

    @Test
    void pictures_are_bytes_of_a_known_format() {
        assertThat(messages(said("{'type':'image','source':{'type':'base64','media_type':'image/jpg','data':'QQ=='}}"))
                        .message(0))
                .contains("{'image':{'format':'jpeg','source':{'bytes':'QQ=='}}}");
        assertThat(messages(said("{'type':'image','source':{'type':'base64','media_type':'image/tiff','data':'QQ=='}}"))
                        .refusedField())
                .isEqualTo("messages[0].content[0]");
        assertThat(messages(said("{'type':'image','source':{'type':'file','file_id':'f'}}"))
                        .refusedField())
                .isEqualTo("messages[0].content[0]");
    }

    @Test
    void documents_have_legal_names_no_two_alike_and_a_word_beside_them() {
        String document = "{'type':'document','title':'a_b  c.pdf','source':{'type':'text','media_type':'text/plain',"
                + "'data':'t'},'citations':{'enabled':true}}";
        var sent = messages(said(document + "," + document));

        assertThat(sent.message(0))
                .isEqualTo("{'role':'user','content':["
                        + "{'document':{'format':'txt','name':'a-b c-pdf','source':{'text':'t'},'citations':{'enabled':true}}},"
                        + "{'document':{'format':'txt','name':'a-b c-pdf 2','source':{'text':'t'},'citations':{'enabled':true}}},"
                        + "{'text':'See the attached document.'}]}");
        assertThat(messages(said("{'type':'document','source':{'type':'base64','media_type':'application/zip',"
                                + "'data':'QQ=='}}"))
                        .refusedField())
                .isEqualTo("messages[0].content[0]");
    }

    @Test
    void arguments_that_are_no_object_become_an_empty_one_and_are_told() {
        var sent = chat(
                "{'model':'m','messages':[{'role':'user','content':'x'},{'role':'assistant','tool_calls':[{'id':'c',"
                        + "'type':'function','function':{'name':'f','arguments':'[1]'}}]},{'role':'tool','tool_call_id':'c',"
                        + "'content':'r'}]" + TOOLS + "}");

        assertThat(sent.message(1)).contains("'input':{}");
        assertThat(sent.degraded()).containsExactly("messages[1].tool_calls[0]");
    }
}
