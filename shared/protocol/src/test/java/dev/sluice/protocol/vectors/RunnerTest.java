package dev.sluice.protocol.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.Json;
import dev.sluice.protocol.Codecs;
import dev.sluice.protocol.json.JsonText;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The runner, the grammars and the canonical forms must tell wrong from right as well.
class RunnerTest {
    private final Harness harness = new Harness(new Codecs(List.of()));

    private static Json.Obj object(String text) {
        Json.Obj object = JsonText.objectOrNull(text);
        assertThat(object).as(text).isNotNull();
        return object;
    }

    private static List<Json> events(String text) {
        return Assertions.items(((JsonText.Parsed.Value) JsonText.parse(text)).json());
    }

    private static Vector sse(String raw, String expected) {
        return Vector.of(Json.object()
                .put("name", "v")
                .put("kind", "sse-decode")
                .put("input", Json.object().put("raw", raw).build())
                .put("expect", object("{\"events\":" + expected + "}"))
                .build());
    }

    @Test
    void tells_a_right_vector_from_a_wrong_one() {
        assertThat(harness.run(sse("data: 1\n\n", "[{\"event\":null,\"data\":\"1\"}]")))
                .isInstanceOf(Verdict.Passed.class);
        assertThat(harness.run(sse("data: 1\n\n", "[{\"event\":null,\"data\":\"2\"}]")))
                .isInstanceOf(Verdict.Failed.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"kind\":\"sse-decode\",\"expect\":{\"events\":[]},\"brand_new\":1}",
                "{\"kind\":\"sse-decode\",\"expect\":{\"events\":[],\"brand_new\":1}}",
                "{\"kind\":\"sse-decode\",\"expect\":{\"events\":[]},\"input\":{\"brand_new\":1}}",
                "{\"kind\":\"sse-decode\",\"expect\":{\"events\":[]},\"context\":{\"brand_new\":1}}"
            })
    void fails_loudly_at_a_key_it_does_not_know(String vector) {
        assertThat(harness.run(Vector.of(object(vector))))
                .isInstanceOfSatisfying(
                        Verdict.Failed.class,
                        failed -> assertThat(failed.reason()).contains("brand_new"));
    }

    @Test
    void fails_at_a_kind_it_does_not_know_and_skips_dialects_that_are_not_there() {
        assertThat(harness.run(Vector.of(object("{\"kind\":\"new\"}")))).isInstanceOf(Verdict.Failed.class);
        assertThat(harness.run(
                        Vector.of(object("{\"kind\":\"stream\",\"source\":\"gemini\",\"target\":\"ollama-chat\"}"))))
                .isInstanceOf(Verdict.Skipped.class);
    }

    @Test
    void notes_are_no_unknown_keys() {
        Vector vector = Vector.of(
                object(
                        "{\"kind\":\"sse-decode\",\"input\":{\"raw\":\"\"},\"expect\":{\"events\":[],\"alt\":\"\",\"some_note\":\"\",\"note\":\"\"}}"));
        assertThat(harness.run(vector)).isInstanceOf(Verdict.Passed.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            [{"event":"message_start","data":{"type":"message_start"}},{"event":"message_delta","data":{"type":"message_delta"}},{"event":"message_stop","data":{"type":"message_stop"}}] | true
            [{"event":"message_start","data":{"type":"message_start"}},{"event":"message_stop","data":{"type":"message_stop"}}] | false
            [{"event":"message_start","data":{"type":"message_start"}}] | false
            [{"event":"message_start","data":{"type":"message_start"}},{"event":"error","data":{"type":"error"}}] | true
            [{"event":"message_start","data":{"type":"message_start"}},{"event":"error","data":{"type":"error"}},{"event":"message_stop","data":{"type":"message_stop"}}] | false
            [{"event":"message_start","data":{"type":"message_start"}},{"event":"content_block_start","data":{"type":"content_block_start","index":1}}] | false
            [{"event":"message_start","data":{"type":"message_start"}},{"event":"content_block_delta","data":{"type":"content_block_delta","index":0}}] | false
            """)
    void knows_the_grammar_of_messages(String events, boolean legal) {
        assertThat(Grammar.problems("anthropic", events(events), true).isEmpty())
                .isEqualTo(legal);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            [{"data":{"id":"1","object":"chat.completion.chunk","choices":[{"index":0,"delta":{"content":"a"},"finish_reason":"stop"}]}},{"data":"[DONE]"}] | true
            [{"data":{"id":"1","object":"chat.completion.chunk","choices":[{"index":0,"delta":{"content":"a"},"finish_reason":null}]}},{"data":"[DONE]"}] | false
            [{"data":{"id":"1","object":"chat.completion.chunk","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}}] | false
            [{"data":{"id":"1","object":"chat.completion.chunk","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}},{"data":{"id":"2","object":"chat.completion.chunk","choices":[],"usage":{}}},{"data":"[DONE]"}] | false
            [{"data":{"id":"1","object":"chat.completion.chunk","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}},{"data":{"id":"1","object":"chat.completion.chunk","choices":[{"index":0,"delta":{"content":"b"}}]}},{"data":"[DONE]"}] | false
            [{"data":{"id":"1","object":"chat.completion.chunk","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}},{"data":"[DONE]"},{"data":"[DONE]"}] | false
            """)
    void knows_the_grammar_of_chunks(String events, boolean legal) {
        assertThat(Grammar.problems("openai-chat", events(events), true).isEmpty())
                .isEqualTo(legal);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            [{"event":"response.created","data":{"type":"response.created"}},{"event":"response.completed","data":{"type":"response.completed","response":{"output":[]}}}] | true
            [{"event":"response.created","data":{"type":"response.created"}}] | false
            [{"event":"response.completed","data":{"type":"response.completed","response":{"output":[]}}}] | false
            [{"event":"response.created","data":{"type":"response.created"}},{"event":"response.output_item.added","data":{"type":"response.output_item.added","output_index":0,"item":{"id":"a"}}},{"event":"response.completed","data":{"type":"response.completed","response":{"output":[]}}}] | false
            """)
    void knows_the_grammar_of_responses(String events, boolean legal) {
        assertThat(Grammar.problems("openai-responses", events(events), true).isEmpty())
                .isEqualTo(legal);
    }

    @Test
    void joins_neighbouring_deltas_and_drops_keep_alives() {
        List<Json> canonical = StreamCanon.anthropic(events("""
                [{"event":"ping","data":{}},
                 {"event":"content_block_delta","data":{"index":0,"delta":{"type":"text_delta","text":"a"}}},
                 {"event":"ping","data":{}},
                 {"event":"content_block_delta","data":{"index":0,"delta":{"type":"text_delta","text":"b"}}},
                 {"event":"content_block_delta","data":{"index":1,"delta":{"type":"text_delta","text":"c"}}}]"""));
        assertThat(canonical).hasSize(2);
        assertThat(JsonText.print(canonical.getFirst())).contains("\"ab\"");
    }

    @Test
    void reads_chunks_as_facts() {
        List<Json> facts = StreamCanon.chatFacts(events("""
                [{"data":{"choices":[{"index":0,"delta":{"role":"assistant","content":""}}]}},
                 {"data":{"choices":[{"index":0,"delta":{"content":"a"}}]}},
                 {"data":{"choices":[{"index":0,"delta":{"content":"b"}}]}},
                 {"data":{"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"t","function":{"name":"f","arguments":"{"}}]}}]}},
                 {"data":{"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}},{"data":"[DONE]"}]"""));
        assertThat(JsonText.print(new Json.Arr(facts)))
                .isEqualTo("[[\"c0.role\",\"assistant\"],[\"c0.content\",\"ab\"],"
                        + "[\"c0.tool0.start\",{\"id\":\"t\",\"type\":\"function\",\"name\":\"f\"}],"
                        + "[\"c0.tool0.args\",\"{\"],[\"c0.finish\",\"stop\"],[\"DONE\",true]]");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            openai-chat | {"model":"m","messages":[{"role":"user","content":"x"}]} | true
            openai-chat | {"model":"m","messages":[{"role":"user","content":"x"}],"top_k":1} | false
            openai-chat | {"model":"m","messages":[]} | false
            openai-chat | {"model":"m","messages":[{"role":"tool","tool_call_id":"a","content":"x"}]} | false
            openai-chat | {"model":"m","max_tokens":1,"max_completion_tokens":1,"messages":[{"role":"user","content":"x"}]} | false
            anthropic | {"model":"m","max_tokens":1,"messages":[{"role":"user","content":"x"}]} | true
            anthropic | {"model":"m","messages":[{"role":"user","content":"x"}]} | false
            anthropic | {"model":"m","max_tokens":1,"messages":[{"role":"assistant","content":"x"}]} | false
            anthropic | {"model":"m","max_tokens":1,"messages":[{"role":"user","content":[{"type":"text","text":" "}]}]} | false
            anthropic | {"model":"m","max_tokens":1,"messages":[{"role":"user","content":"x"}],"tools":[{"name":"a b","input_schema":{"type":"object"}}]} | false
            openai-responses | {"input":"x","store":false} | true
            openai-responses | {"input":"x"} | false
            gemini | {"contents":[{"role":"user","parts":[{"text":"x"}]}]} | true
            gemini | {"contents":[{"role":"assistant","parts":[{"text":"x"}]}]} | false
            bedrock-converse | {"messages":[{"role":"user","content":[{"text":"x"}]}]} | true
            bedrock-converse | {"messages":[{"role":"user","content":[{"text":"x","image":{}}]}]} | false
            """)
    void knows_what_every_forwarded_body_must_keep(String target, String body, boolean legal) {
        assertThat(BaseRules.problems(target, object(body)).isEmpty()).isEqualTo(legal);
    }
}
