package dev.sluice.protocol.gemini;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OpenApiSchemaTest {
    private static String converted(String schema) {
        return Gemini.print(OpenApiSchema.toJsonSchema(Gemini.json(schema)));
    }

    @Test
    void types_become_lower_case_at_every_depth() {
        assertThat(
                        converted(
                                "{\"type\":\"OBJECT\",\"properties\":{\"type\":{\"type\":\"ARRAY\",\"items\":{\"type\":\"STRING\"}}},\"anyOf\":[{\"type\":\"NUMBER\"}]}"))
                .isEqualTo(
                        "{\"type\":\"object\",\"properties\":{\"type\":{\"type\":\"array\",\"items\":{\"type\":\"string\"}}},\"anyOf\":[{\"type\":\"number\"}]}");
    }

    @Test
    void nullable_is_a_type_more() {
        assertThat(converted("{\"type\":\"STRING\",\"nullable\":true,\"enum\":[\"a\"]}"))
                .isEqualTo("{\"type\":[\"string\",\"null\"],\"enum\":[\"a\",null]}");
        assertThat(converted("{\"anyOf\":[{\"type\":\"STRING\"}],\"nullable\":true}"))
                .isEqualTo("{\"anyOf\":[{\"type\":\"string\"},{\"type\":\"null\"}]}");
        assertThat(converted("{\"type\":\"STRING\",\"nullable\":false}")).isEqualTo("{\"type\":\"string\"}");
    }

    @Test
    void long_numbers_in_strings_are_numbers() {
        assertThat(converted("{\"min_items\":\"1\",\"maxLength\":\"x\",\"maximum\":5}"))
                .isEqualTo("{\"minItems\":1,\"maxLength\":\"x\",\"maximum\":5}");
    }

    @Test
    void words_of_the_subset_alone_are_turned_or_left_out() {
        assertThat(
                        converted(
                                "{\"format\":\"enum\",\"propertyOrdering\":[\"a\"],\"example\":1,\"type\":\"TYPE_UNSPECIFIED\",\"ref\":\"#/$defs/A\",\"defs\":{\"A\":{\"type\":\"STRING\"}}}"))
                .isEqualTo("{\"examples\":[1],\"$ref\":\"#/$defs/A\",\"$defs\":{\"A\":{\"type\":\"string\"}}}");
        assertThat(converted("{\"format\":\"date-time\"}")).isEqualTo("{\"format\":\"date-time\"}");
    }
}
