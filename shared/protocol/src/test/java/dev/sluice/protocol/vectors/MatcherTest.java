package dev.sluice.protocol.vectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.model.Json;
import dev.sluice.protocol.json.JsonText;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The matcher must tell wrong from right, or every vector passes.
class MatcherTest {
    private static Json json(String text) {
        return ((JsonText.Parsed.Value) JsonText.parse(text)).json();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            1 | 1.0 | true
            1 | 2 | false
            "a" | "a" | true
            {"a":1} | {"a":1} | true
            {"a":1} | {"a":1,"b":2} | false
            {"a":1,"b":2} | {"a":1} | false
            [1,2] | [1,2] | true
            [1,2] | [1] | false
            [1] | [1,2] | false
            null | null | true
            {"a":{"$m":"any"}} | {"a":null} | true
            {"a":{"$m":"any"}} | {} | false
            {"a":{"$m":"absent"}} | {} | true
            {"a":{"$m":"absent"}} | {"a":1} | false
            {"a":{"$m":"opt","v":1}} | {} | true
            {"a":{"$m":"opt","v":1}} | {"a":2} | false
            {"a":{"$m":"nullish"}} | {"a":null} | true
            {"a":{"$m":"nullish"}} | {} | true
            {"a":{"$m":"nullish"}} | {"a":0} | false
            {"$m":"re","re":"^a.c$"} | "a\\nc" | true
            {"$m":"re","re":"^a$"} | "ab" | false
            {"$m":"re","re":"1"} | 1 | false
            [{"$m":"bind","name":"x"},{"$m":"bind","name":"x"}] | [1,1] | true
            [{"$m":"bind","name":"x"},{"$m":"bind","name":"x"}] | [1,2] | false
            {"$m":"bind","name":"x","re":"^m"} | "n" | false
            {"$m":"json","v":{"a":1}} | "{\\"a\\": 1}" | true
            {"$m":"json","v":{"a":1}} | "{\\"a\\": 2}" | false
            {"$m":"json","v":{"a":1}} | "{" | false
            {"$m":"oneof","v":[1,"a"]} | "a" | true
            {"$m":"oneof","v":[1,"a"]} | "b" | false
            {"$m":"text","parts":["a","b"]} | "a\\n\\nb" | true
            {"$m":"text","parts":["a","b"]} | "ab" | true
            {"$m":"text","parts":["a","b"]} | [{"text":"a"},{"text":"b"}] | true
            {"$m":"text","parts":["a","b"]} | "b a" | false
            {"$m":"num","min":1,"max":3} | 3 | true
            {"$m":"num","min":1,"max":3} | 4 | false
            {"$m":"num","min":1,"max":3} | "2" | false
            {"$m":"contains","s":["a","b"]} | "xbxa" | true
            {"$m":"contains","s":["a","b"]} | "xa" | false
            {"$m":"subset","v":{"a":1}} | {"a":1,"b":2} | true
            {"$m":"subset","v":{"a":1}} | {"b":2} | false
            {"$m":"unordered","v":[1,2]} | [2,1] | true
            {"$m":"unordered","v":[1,1]} | [1,2] | false
            [{"$optional":1},2] | [2] | true
            [{"$optional":1},2] | [1,2] | true
            [{"$optional":1},2] | [3,2] | false
            """)
    void matches(String pattern, String value, boolean expected) {
        assertThat(new Patterns().mismatch(json(pattern), json(value)) == null).isEqualTo(expected);
    }

    @Test
    void a_failed_alternative_binds_nothing() {
        Json pattern = json("""
                [{"$m":"oneof","v":[[{"$m":"bind","name":"x"},2],[1,{"$m":"bind","name":"x"}]]},{"$m":"bind","name":"x"}]""");
        assertThat(new Patterns().mismatch(pattern, json("[[1,3],3]"))).isNull();
    }

    @Test
    void refuses_matchers_and_ops_it_does_not_know() {
        assertThatThrownBy(() -> new Patterns().mismatch(json("{\"$m\":\"new\"}"), Json.NULL))
                .hasMessageContaining("unknown matcher new");
        assertThatThrownBy(() -> Assertions.failure(Json.NULL, (Json.Obj) json("{\"path\":\"$\",\"op\":\"new\"}")))
                .hasMessageContaining("unknown op new");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            $.a | exists | null | {"a":null} | true
            $.a | absent | null | {"a":1} | false
            $..x | absent | null | {"a":[{"b":1}]} | true
            $..x | absent | null | {"a":[{"x":1}]} | false
            $.a[-1] | eq | 2 | {"a":[1,2]} | true
            $.a[5] | eq | 2 | {"a":[1,2]} | false
            $.a | in | [1,{"__absent":true}] | {} | true
            $.a | in | [1] | {} | false
            $.a | not_in | [1] | {"a":1} | false
            $.a | re | ^x | {"a":"xy"} | true
            $.a | not_re | ^x | {"a":"xy"} | false
            $.a | contains | y" | {"a":{"k":"y\\""}} | true
            $.a[*] | contains | z | {"a":["x","y"]} | false
            $.a | contains | x | {"a":["x","y"]} | true
            $.a | not_contains | y | {"a":{"k":"y"}} | false
            $.a | len | 2 | {"a":[1,2]} | true
            $.a | len | 0 | {} | false
            $.a | len_le | 1 | {"a":[1,2]} | false
            $.a | len_le | 1 | {} | true
            $.a | len_ge | 2 | {"a":[1,2]} | true
            $.a | absent_or_len_le | 1 | {"a":"xy"} | false
            $.a | le | 3 | {"a":3} | true
            $.a | le | 3 | {} | false
            $.a | ge | 3 | {"a":2} | false
            $.a | type | array | {"a":[]} | true
            $.a | type | string | {"a":1} | false
            $.a[*] | each_in | [1,2] | {"a":[1,2,2]} | true
            $.a[*] | each_in | [1] | {"a":[1,2]} | false
            $.a[*] | each_re | ^x$ | {"a":["x","y"]} | false
            $.a[*] | none_re | ^x$ | {"a":["y"]} | true
            $.a[*] | each_type | object | {"a":[{},1]} | false
            $.a[*] | each_len_ge | 1 | {"a":["x",""]} | false
            $.a[*] | distinct | true | {"a":[1,1]} | false
            $.a | same_as | $.b | {"a":1,"b":1} | true
            $.a | same_as | $.b | {"a":1} | false
            $.a | ne_path | $.b | {"a":1,"b":1} | false
            $.a | lt_path | $.b | {"a":1,"b":2} | true
            $.a | lt_path | $.b | {"a":2,"b":2} | false
            $.a | json_eq | {"x":1} | {"a":"{\\"x\\":1}"} | true
            $.a | json_eq | {"x":1} | {"a":"{"} | false
            $.a | match | {"$m":"subset","v":{"x":1}} | {"a":{"x":1,"y":2}} | true
            $.a | match_or_absent | 1 | {} | true
            $.a | in_or_match | [1,2] | {"a":3} | false
            $[-1].data | match_or_done | {"x":1} | [{"data":{"x":1}},{"data":"[DONE]"}] | true
            $[-1].data | match_or_done | {"x":1} | [{"data":{"x":2}},{"data":"[DONE]"}] | false
            $.a[*] | contains_item | 2 | {"a":[1,2]} | true
            $.a | one_of_keys | ["x","y"] | {"a":{"x":1,"y":2}} | false
            $.a[*] | strictly_increasing_from | 0 | {"a":[0,1,5]} | true
            $.a[*] | strictly_increasing_from | 0 | {"a":[1,2]} | false
            $.a[*] | strictly_increasing_from | 0 | {"a":[0,2,2]} | false
            $.a[*] | only_last_true | true | {"a":[false,true]} | true
            $.a[*] | only_last_true | true | {"a":[true,true]} | false
            $ | no_empty_text | true | {"content":[{"text":" "}]} | false
            $.m | all_tool_use_answered | true | {"m":[{"content":[{"type":"tool_use","id":"a"}]}]} | false
            $.m | all_tool_use_answered | true | {"m":[{"content":[{"type":"tool_use","id":"a"}]},{"content":[{"type":"tool_result","tool_use_id":"a"}]}]} | true
            $ | no_orphan_tool_result | true | {"messages":[{"content":[{"type":"tool_result","tool_use_id":"a"}]}]} | false
            $.m | no_orphan_tool_calls | true | {"m":[{"tool_calls":[{"id":"a"}]},{"role":"user"}]} | false
            $.m | no_orphan_tool_calls | true | {"m":[{"tool_calls":[{"id":"a"}]},{"role":"tool","tool_call_id":"a"}]} | true
            $ | strict_schema_ok | $.s | {"s":{"strict":true,"schema":{"type":"object","properties":{"a":{}}}}} | false
            $ | strict_schema_ok | $.s | {"s":{"strict":true,"schema":{"type":"object","additionalProperties":false,"required":["a"],"properties":{"a":{}}}}} | true
            $ | thinking_budget_valid | true | {"thinking":{"type":"enabled","budget_tokens":5000},"max_tokens":5000} | false
            $ | not_both | ["$.thinking","x"] | {"thinking":{},"tool_choice":{"type":"any"}} | false
            $.p | gemini_nonempty_object_or_absent | true | {"p":{"properties":{}}} | false
            $ | gemini_tools_schema_ok | true | {"tools":[{"functionDeclarations":[{"parameters":{"$ref":"x"}}]}]} | false
            $ | chat_tool_pair | {"name":"f","content":"r"} | {"messages":[{"tool_calls":[{"id":"a","function":{"name":"f"}}]},{"role":"tool","tool_call_id":"a","content":"r"}]} | true
            $ | chat_tool_pair | {"name":"f","content":"r"} | {"messages":[{"tool_calls":[{"id":"a","function":{"name":"f"}}]},{"role":"tool","tool_call_id":"b","content":"r"}]} | false
            """)
    void asserts(String path, String op, String value, String root, boolean expected) {
        Json wanted = JsonText.parse(value) instanceof JsonText.Parsed.Value(Json parsed) ? parsed : Json.of(value);
        Json.Obj assertion = Json.object()
                .put("path", path)
                .put("op", op)
                .put("value", wanted)
                .build();
        assertThat(Assertions.failure(json(root), assertion) == null).isEqualTo(expected);
    }
}
