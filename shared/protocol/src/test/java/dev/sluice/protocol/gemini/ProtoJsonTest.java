package dev.sluice.protocol.gemini;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.protocol.translate.Shape;
import org.junit.jupiter.api.Test;

class ProtoJsonTest {
    @Test
    void snake_case_is_the_same_name() {
        assertThat(Gemini.print(
                        ProtoJson.camel(Gemini.json("{\"max_output_tokens\":1,\"topK\":2,\"_x\":3,\"a__b\":4}"))))
                .isEqualTo("{\"maxOutputTokens\":1,\"topK\":2,\"_x\":3,\"aB\":4}");
    }

    @Test
    void of_both_spellings_camel_case_counts() {
        assertThat(Gemini.print(ProtoJson.camel(Gemini.json("{\"top_k\":1,\"topK\":2}"))))
                .isEqualTo("{\"topK\":2}");
    }

    @Test
    void what_is_inside_keeps_its_names() {
        assertThat(Gemini.print(ProtoJson.camel(Gemini.json("{\"function_call\":{\"my_args\":1}}"))))
                .isEqualTo("{\"functionCall\":{\"my_args\":1}}");
    }

    @Test
    void one_object_stands_for_a_list() {
        Shape shape = new Shape(Gemini.json("{\"parts\":{\"text\":\"x\"}}"), "contents[0]");

        assertThat(ProtoJson.objects(shape, "parts"))
                .singleElement()
                .satisfies(part -> assertThat(part.path()).isEqualTo("contents[0].parts"));
    }
}
