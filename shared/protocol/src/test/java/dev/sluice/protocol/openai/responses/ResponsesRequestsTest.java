package dev.sluice.protocol.openai.responses;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.Dialect;
import dev.sluice.model.Field;
import dev.sluice.model.Headers;
import dev.sluice.model.Signature;
import dev.sluice.protocol.EncodedRequest;
import dev.sluice.protocol.Outline;
import dev.sluice.protocol.seal.Seal;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResponsesRequestsTest {
    @Test
    void outline_tells_what_routing_needs() {
        Outline outline = Asking.ok(Asking.outline("{'model':'m','stream':true,'max_output_tokens':99,"
                + "'prompt_cache_key':'thread-1','reasoning':{'effort':'low'},'text':{'format':{'type':'json_object'}},"
                + "'tools':[{'type':'web_search'}],'input':'hi'}"));

        assertThat(outline.model()).isEqualTo("m");
        assertThat(outline.stream()).isTrue();
        assertThat(outline.includeUsage()).isTrue();
        assertThat(outline.maxOutputTokens()).isEqualTo(99);
        assertThat(outline.sessionId()).isEqualTo("thread-1");
        assertThat(outline.wants())
                .containsExactlyInAnyOrder(Field.TOOLS, Field.REASONING, Field.RESPONSE_FORMAT, Field.WEB_SEARCH);
    }

    @Test
    void outline_of_a_plain_request_wants_nothing() {
        Outline outline = Asking.ok(Asking.outline("{'input':'hi','model':null,'tools':[ ],'reasoning':"
                + "{'effort':'none','summary':'auto'},'text':{'format':{'type':'text'}}}"));

        assertThat(outline.model()).isEmpty();
        assertThat(outline.stream()).isFalse();
        assertThat(outline.sessionId()).isNull();
        assertThat(outline.maxOutputTokens()).isNull();
        assertThat(outline.wants()).isEmpty();
    }

    @Test
    void a_function_of_that_name_searches_no_web() {
        Outline outline = Asking.ok(
                Asking.outline("{'input':'hi','tools':[{'type':'function','name':'web_search','parameters':{}}]}"));

        assertThat(outline.wants()).containsExactly(Field.TOOLS);
    }

    @Test
    void a_summary_alone_is_a_wish_for_thought() {
        assertThat(Asking.ok(Asking.outline("{'input':'hi','reasoning':{'summary':'auto'}}"))
                        .wants())
                .containsExactly(Field.REASONING);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'model':'m'} | input",
                "{'input':7} | input",
                "{'model':1,'input':'x'} | model",
                "{'input':'x','stream':'yes'} | stream",
                "{'input':'x','max_output_tokens':'9'} | max_output_tokens",
                "{'input':'x','tools':{}} | tools",
            })
    void outline_refuses_wrong_types_by_name(String body, String field) {
        assertThat(Asking.bad(Asking.outline(body)).param()).isEqualTo(field);
    }

    @ParameterizedTest
    @ValueSource(strings = {"'previous_response_id':'resp_1'", "'conversation':'c'", "'prompt':{'id':'p'}"})
    void input_may_be_at_the_provider(String instead) {
        assertThat(Asking.ok(Asking.outline("{" + instead + "}")).model()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'input':'x','prompt':{'id':'pmpt_1'} | prompt",
                "'input':[{'type':'item_reference','id':'msg_9'}] | input[0]",
                "'input':[{'id':'msg_9'}] | input[0]",
                "'input':[{'type':'compaction_trigger'}] | input[0]",
                "'input':[{'role':'robot','content':'x'}] | input[0].role",
                "'input':[{'role':'user','content':7}] | input[0].content",
                "'input':[{'role':'user','content':[{'type':'input_image'}]}] | input[0].content[0].image_url",
                "'input':['x'] | input[0]",
                "'input':'x','tools':[{'name':'f'}] | tools[0].type",
                "'input':'x','tools':[{'type':'namespace','name':'n','tools':[{'type':'function'}]}] | tools[0].tools[0].name",
                "'input':'x','tool_choice':'some' | tool_choice",
                "'input':'x','reasoning':{'effort':'huge'} | reasoning.effort",
                "'input':'x','text':{'format':{'type':'xml'}} | text.format.type",
                "'input':'x','metadata':{'a':1} | metadata.a",
                "'input':'x','instructions':['a'] | instructions",
            })
    void decode_refuses_by_path(String fields, String path) {
        assertThat(Asking.bad(Asking.CODEC.requests().decode(Asking.ok(Asking.outline("{" + fields + "}"))))
                        .param())
                .isEqualTo(path);
    }

    @Test
    void an_unknown_item_is_named() {
        assertThat(Asking.bad(Asking.CODEC
                                .requests()
                                .decode(Asking.ok(
                                        Asking.outline("{'input':[{'type':'item_reference','id':'msg_9'}]}"))))
                        .message())
                .contains("msg_9");
    }

    @ParameterizedTest
    @CsvSource({"background,true", "conversation,'\"conv_1\"'", "previous_response_id,'\"resp_1\"'"})
    void state_of_another_provider_is_refused_by_name(String field, String value) {
        var request = Asking.request("{'input':'x','" + field + "':" + value + "}");

        for (Dialect other : new Dialect[] {Dialect.ANTHROPIC, Dialect.OPENAI_CHAT}) {
            assertThat(Asking.bad(Asking.CODECS
                                    .of(other)
                                    .orElseThrow()
                                    .requests()
                                    .encode(request, Asking.target(other, "{}")))
                            .param())
                    .isEqualTo(field);
        }
        assertThat(Asking.body(Asking.sent(request, Dialect.OPENAI_RESPONSES, "{}"))
                        .has(field))
                .isTrue();
    }

    @Test
    void splice_takes_out_only_the_gateways_own_seals() {
        String sealed = Asking.SEAL.seal(new Seal.Content(new Signature(Dialect.ANTHROPIC, "S"), false, null, null));
        String body = "{'model':'m', 'input':[{'role':'user','content':'gw1.'} ,{'type':'reasoning','summary':[],"
                + "'encrypted_content':'" + sealed
                + "'}, {'type':'reasoning','id':'rs_1','encrypted_content':'gAAA'}]}";

        EncodedRequest spliced = Asking.CODEC
                .requests()
                .splice(Asking.ok(Asking.outline(body)), Asking.target(Dialect.OPENAI_RESPONSES, "{}"));

        assertThat(new String(spliced.body(), StandardCharsets.UTF_8).replace('"', '\''))
                .isEqualTo("{'model':'real', 'input':[{'role':'user','content':'gw1.'} ,"
                        + "{'type':'reasoning','id':'rs_1','encrypted_content':'gAAA'}]}");
        assertThat(spliced.path()).isEqualTo("/responses");
        assertThat(spliced.usageAdded()).isFalse();
    }

    @Test
    void splice_of_nothing_but_seals_leaves_an_empty_input() {
        String sealed = Asking.SEAL.seal(new Seal.Content(new Signature(Dialect.ANTHROPIC, "S"), true, null, null));
        String item = "{'type':'reasoning','summary':[],'encrypted_content':'" + sealed + "'}";

        EncodedRequest spliced = Asking.CODEC
                .requests()
                .splice(
                        Asking.ok(Asking.outline("{'model':'real','input':[" + item + "," + item + "]}")),
                        Asking.target(Dialect.OPENAI_RESPONSES, "{}"));

        assertThat(new String(spliced.body(), StandardCharsets.UTF_8)).isEqualTo("{\"model\":\"real\",\"input\":[]}");
    }

    @Test
    void headers_go_on_by_an_allow_list() {
        Headers client = Headers.from(Map.of(
                "authorization", "Bearer x",
                "cookie", "c",
                "openai-organization", "org",
                "originator", "codex_exec",
                "session-id", "s",
                "x-codex-window-id", "w",
                "x-stainless-lang", "js",
                "content-length", "9"));

        assertThat(Asking.CODEC.forwarded(client).fields().stream()
                        .map(Headers.Field::name)
                        .toList())
                .containsExactlyInAnyOrder("originator", "session-id", "x-codex-window-id", "x-stainless-lang");
    }
}
