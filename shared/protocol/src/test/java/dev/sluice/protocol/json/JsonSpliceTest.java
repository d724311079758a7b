package dev.sluice.protocol.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.protocol.Outcome;
import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class JsonSpliceTest {
    private static byte[] splice(byte[] body, UnaryOperator<JsonSplice> edits) {
        JsonSpans top = ((Outcome.Ok<JsonSpans>) JsonScanner.topLevel(body)).value();
        return edits.apply(JsonSplice.of(body, top)).bytes();
    }

    private static String splice(String body, UnaryOperator<JsonSplice> edits) {
        return new String(splice(body.getBytes(StandardCharsets.UTF_8), edits), StandardCharsets.UTF_8);
    }

    @Test
    void changes_one_value_and_no_other_byte() {
        String body = "{ \"m\":[\"model\"],\n \"model\" : \"alias\" , \"t\":0.10 }";
        assertThat(splice(body, s -> s.set("model", "\"real\"")))
                .isEqualTo("{ \"m\":[\"model\"],\n \"model\" : \"real\" , \"t\":0.10 }");
    }

    @Test
    void is_the_same_array_when_nothing_changes() {
        byte[] body = "{\"model\":\"m\"}".getBytes(StandardCharsets.UTF_8);
        assertThat(splice(body, s -> s)).isSameAs(body);
        assertThat(splice(body, s -> s.set("model", "\"m\"").remove("x"))).isSameAs(body);
        assertThat(splice(body, s -> s.replace(1, 8, "\"model\"".getBytes(StandardCharsets.UTF_8))))
                .isSameAs(body);
    }

    @Test
    void adds_missing_fields_behind_the_last() {
        assertThat(splice("{\"a\":1 }", s -> s.set("b", "2").set("c\"", "[]")))
                .isEqualTo("{\"a\":1,\"b\":2,\"c\\\"\":[] }");
        assertThat(splice(" { } ", s -> s.set("b", "2"))).isEqualTo(" {\"b\":2 } ");
    }

    @Test
    void removes_fields_with_their_commas() {
        String body = "{\"a\":1, \"b\":2, \"c\":3}";
        assertThat(splice(body, s -> s.remove("a"))).isEqualTo("{\"b\":2, \"c\":3}");
        assertThat(splice(body, s -> s.remove("b"))).isEqualTo("{\"a\":1, \"c\":3}");
        assertThat(splice(body, s -> s.remove("c"))).isEqualTo("{\"a\":1, \"b\":2}");
        assertThat(splice(body, s -> s.remove("a").remove("b"))).isEqualTo("{\"c\":3}");
        assertThat(splice(body, s -> s.remove("b").remove("c"))).isEqualTo("{\"a\":1}");
        assertThat(splice(body, s -> s.remove("a").remove("c"))).isEqualTo("{\"b\":2}");
        assertThat(splice(body, s -> s.remove("a").remove("b").remove("c"))).isEqualTo("{}");
    }

    @Test
    void removes_and_adds_at_once() {
        String body = "{\"a\":1, \"b\":2}";
        assertThat(splice(body, s -> s.remove("b").set("c", "3"))).isEqualTo("{\"a\":1,\"c\":3}");
        assertThat(splice(body, s -> s.remove("a").remove("b").set("c", "3"))).isEqualTo("{\"c\":3}");
        assertThat(splice(body, s -> s.remove("b").set("a", "9").set("c", "3"))).isEqualTo("{\"a\":9,\"c\":3}");
    }

    @Test
    void changes_every_one_of_doubled_names_as_readers_disagree_on_which_counts() {
        String body = "{\"model\":\"x\",\"a\":1,\"model\":\"y\"}";
        assertThat(splice(body, s -> s.set("model", "\"z\""))).isEqualTo("{\"model\":\"z\",\"a\":1,\"model\":\"z\"}");
        assertThat(splice(body, s -> s.remove("model"))).isEqualTo("{\"a\":1}");
    }

    @Test
    void edits_by_span_beside_edits_by_name() {
        byte[] with = "[]".getBytes(StandardCharsets.UTF_8);
        assertThat(splice("{\"a\":[1],\"b\":2}", s -> s.replace(5, 8, with).set("b", "3")))
                .isEqualTo("{\"a\":[],\"b\":3}");
    }

    @Test
    void refuses_edits_that_overlap() {
        byte[] with = "[]".getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(
                        () -> splice("{\"a\":[1]}", s -> s.replace(5, 8, with).set("a", "3")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("overlap");
    }
}
