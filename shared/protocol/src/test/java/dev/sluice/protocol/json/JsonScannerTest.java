package dev.sluice.protocol.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.Failure;
import dev.sluice.protocol.Outcome;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonScannerTest {
    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static JsonSpans scan(String text) {
        return ((Outcome.Ok<JsonSpans>) JsonScanner.topLevel(bytes(text))).value();
    }

    private static Failure refused(String text) {
        return ((Outcome.Bad<JsonSpans>) JsonScanner.topLevel(bytes(text))).failure();
    }

    private static JsonSpans.Span span(String text, String name) {
        JsonSpans.Span span = scan(text).field(name);
        assertThat(span).isNotNull();
        return span;
    }

    @Test
    void finds_where_values_and_names_stand() {
        String text = " { \"model\" : \"m\" ,\"n\":[1, 2] } ";
        JsonSpans.Span model = span(text, "model");
        assertThat(text.substring(model.from(), model.to())).isEqualTo("\"m\"");
        assertThat(text.substring(model.fieldFrom())).startsWith("\"model\"");
        JsonSpans.Span n = span(text, "n");
        assertThat(text.substring(n.from(), n.to())).isEqualTo("[1, 2]");
    }

    @Test
    void reads_escaped_names_and_takes_the_last_of_doubled_ones() {
        String text = "{\"m\\u006fdel\":1,\"model\":2}";
        assertThat(JsonScanner.whole(bytes(text), span(text, "model"))).isEqualTo(2);
        assertThat(scan(text).spans()).extracting(JsonSpans.Span::name).containsExactly("model", "model");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"a\":-0.5e+10}",
                "{\"a\":0}",
                "{\"a\":1E5}",
                "{\"\":[[],{}]}",
                "{\"a\":\"\\ud83d\\u00e9\\/\\\"\"}",
                "\t\r\n{\"a\":[true,false,null]}\n",
                "{\"a\":\"é😀\u007f\"}"
            })
    void accepts(String text) {
        assertThat(JsonScanner.topLevel(bytes(text))).isInstanceOf(Outcome.Ok.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "[]",
                "1",
                "\"a\"",
                "{",
                "{\"a\"",
                "{\"a\":",
                "{\"a\":1",
                "{\"a\":1,}",
                "{,}",
                "{\"a\" 1}",
                "{a:1}",
                "{'a':1}",
                "{\"a\":01}",
                "{\"a\":-}",
                "{\"a\":1.}",
                "{\"a\":.5}",
                "{\"a\":1e}",
                "{\"a\":+1}",
                "{\"a\":NaN}",
                "{\"a\":tru}",
                "{\"a\":nulll}",
                "{\"a\":[1,]}",
                "{\"a\":[1 2]}",
                "{\"a\":\"\n\"}",
                "{\"a\":\"\\x\"}",
                "{\"a\":\"\\u12g4\"}",
                "{\"a\":\"\\u12\"}",
                "{\"a\":\"\\\"}",
                "{\"a\":\"",
                "{}{}",
                "{} x",
                "{\"a\":1}}",
                "{\"a\":[}",
                "\ufeff{}"
            })
    void refuses(String text) {
        assertThat(JsonScanner.topLevel(bytes(text))).isInstanceOf(Outcome.Bad.class);
    }

    @Test
    void says_what_is_wrong_and_where() {
        Failure failure = refused("{\"a\":01}");
        assertThat(failure.kind()).isEqualTo(Failure.Kind.INVALID_REQUEST);
        assertThat(failure.message())
                .contains("not valid JSON")
                .contains("a number is malformed")
                .endsWith("at byte 7.");
        assertThat(refused("{\"model\": \"m\", ").message())
                .contains("it ends too early")
                .endsWith("at byte 15.");
    }

    @Test
    void refuses_nesting_deeper_than_500_and_no_less() {
        assertThat(JsonScanner.topLevel(bytes("{\"a\":" + "[".repeat(499) + "]".repeat(499) + "}")))
                .isInstanceOf(Outcome.Ok.class);
        assertThat(refused("{\"a\":" + "[".repeat(500) + "]".repeat(500) + "}").message())
                .contains("deeper than 500");
        assertThat(refused("{\"a\":" + "[".repeat(1_000_000)).message()).contains("deeper than 500");
    }

    @Test
    void reads_values_of_their_type_only() {
        String text =
                "{\"s\":\"a\\n\\u00e9\\\\é\",\"t\":true,\"f\":false,\"n\":null,\"i\":12,\"d\":1.5,\"e\":1e3,\"big\":99999999999999999999}";
        byte[] body = bytes(text);
        assertThat(JsonScanner.string(body, span(text, "s"))).isEqualTo("a\né\\é");
        assertThat(JsonScanner.string(body, span(text, "i"))).isNull();
        assertThat(JsonScanner.bool(body, span(text, "t"))).isTrue();
        assertThat(JsonScanner.bool(body, span(text, "f"))).isFalse();
        assertThat(JsonScanner.bool(body, span(text, "n"))).isNull();
        assertThat(JsonScanner.isNull(body, span(text, "n"))).isTrue();
        assertThat(JsonScanner.whole(body, span(text, "i"))).isEqualTo(12);
        assertThat(JsonScanner.whole(body, span(text, "e"))).isEqualTo(1000);
        assertThat(JsonScanner.whole(body, span(text, "d"))).isNull();
        assertThat(JsonScanner.whole(body, span(text, "big"))).isNull();
        assertThat(JsonScanner.whole(body, span(text, "s"))).isNull();
    }

    @Test
    void looks_into_nested_objects_and_arrays() {
        String text = "{\"o\":{\"x\":1,\"in\":{\"x\":2},\"x\":3},\"a\":[\"p\",{\"q\":4}]}";
        byte[] body = bytes(text);
        JsonSpans.Span found = JsonScanner.field(body, span(text, "o"), "x");
        assertThat(found).isNotNull();
        assertThat(JsonScanner.whole(body, found)).isEqualTo(3);
        assertThat(JsonScanner.field(body, span(text, "o"), "y")).isNull();
        assertThat(JsonScanner.field(body, span(text, "a"), "x")).isNull();
        List<JsonSpans.Span> items = JsonScanner.items(body, span(text, "a"));
        assertThat(items).hasSize(2);
        JsonSpans.Span q = JsonScanner.field(body, items.get(1), "q");
        assertThat(q).isNotNull();
        assertThat(JsonScanner.whole(body, q)).isEqualTo(4);
    }

    @Test
    void reads_strings_of_any_length_around_the_step_of_eight_bytes() {
        for (int length = 0; length < 40; length++) {
            for (int escape = 0; escape <= length; escape++) {
                String inner = "a".repeat(escape) + "\\n" + "é".repeat(length - escape);
                String text = "{\"s\":\"" + inner + "\"}";
                assertThat(JsonScanner.string(bytes(text), span(text, "s"))).isEqualTo(inner.replace("\\n", "\n"));
            }
        }
    }
}
