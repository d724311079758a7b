package dev.sluice.protocol.gemini;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.Capabilities.Quirk;
import dev.sluice.model.ChatRequest;
import dev.sluice.model.Dialect;
import dev.sluice.model.Json;
import dev.sluice.model.Policies;
import dev.sluice.protocol.TargetProfile;
import dev.sluice.protocol.translate.CapabilityNames;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SubsetSchemaTest {
    private static String converted(String schema) {
        return Gemini.print(SubsetSchema.of(Gemini.json(schema)));
    }

    private static String property(String schema) {
        String whole = converted(
                "{\"type\":\"object\",\"properties\":{\"p\":" + schema + "},\"$defs\":{\"D\":{\"type\":\"string\"}}}");
        return whole.substring("{\"type\":\"OBJECT\",\"properties\":{\"p\":".length(), whole.length() - 2);
    }

    @Test
    void words_that_the_subset_lacks_are_left_out() {
        assertThat(
                        converted(
                                "{\"$schema\":\"s\",\"type\":\"object\",\"additionalProperties\":false,\"patternProperties\":{},\"required\":[\"a\"],\"properties\":{\"a\":{\"type\":\"string\",\"format\":\"uuid\",\"minLength\":1}}}"))
                .isEqualTo(
                        "{\"type\":\"OBJECT\",\"required\":[\"a\"],\"properties\":{\"a\":{\"type\":\"STRING\",\"minLength\":1}}}");
    }

    @Test
    void what_can_be_said_otherwise_is() {
        assertThat(property("{\"const\":\"x\"}")).isEqualTo("{\"type\":\"STRING\",\"enum\":[\"x\"]}");
        assertThat(property("{\"type\":[\"string\",\"null\"]}")).isEqualTo("{\"type\":\"STRING\",\"nullable\":true}");
        assertThat(property("{\"type\":[\"string\",\"number\"]}"))
                .isEqualTo("{\"anyOf\":[{\"type\":\"STRING\"},{\"type\":\"NUMBER\"}]}");
        assertThat(property("{\"oneOf\":[{\"type\":\"string\"},{\"type\":\"null\"}]}"))
                .isEqualTo("{\"nullable\":true,\"anyOf\":[{\"type\":\"STRING\"}]}");
        assertThat(property("{\"type\":\"integer\",\"exclusiveMinimum\":0}"))
                .isEqualTo("{\"type\":\"INTEGER\",\"minimum\":0}");
        assertThat(property("{\"type\":\"integer\",\"enum\":[1,2]}")).isEqualTo("{\"type\":\"INTEGER\"}");
        assertThat(property("{\"type\":\"array\",\"items\":{\"const\":1}}"))
                .isEqualTo("{\"type\":\"ARRAY\",\"items\":{\"type\":\"STRING\"}}");
    }

    @Test
    void references_and_parts_are_put_in_place() {
        assertThat(property("{\"$ref\":\"#/$defs/D\",\"description\":\"d\"}"))
                .isEqualTo("{\"type\":\"STRING\",\"description\":\"d\"}");
        assertThat(property("{\"$ref\":\"#/$defs/none\"}")).isEqualTo("{}");
        assertThat(
                        property(
                                "{\"allOf\":[{\"properties\":{\"a\":{\"type\":\"string\"}}},{\"properties\":{\"b\":{\"type\":\"string\"}}}]}"))
                .contains("\"a\":{\"type\":\"STRING\"}", "\"b\":{\"type\":\"STRING\"}");
    }

    @Test
    void a_schema_without_end_ends() {
        String tree =
                "{\"$defs\":{\"T\":{\"type\":\"object\",\"properties\":{\"next\":{\"$ref\":\"#/$defs/T\"}}}},\"type\":\"object\",\"properties\":{\"t\":{\"$ref\":\"#/$defs/T\"}}}";
        String loop = "{\"$defs\":{\"L\":{\"$ref\":\"#/$defs/L\"}},\"properties\":{\"l\":{\"$ref\":\"#/$defs/L\"}}}";

        assertThat(converted(tree)).contains("\"next\":{\"type\":\"OBJECT\"}");
        assertThat(converted(loop)).startsWith("{\"type\":\"OBJECT\"");
        StringBuilder wide = new StringBuilder();
        for (int i = 0; i < 20; i++) {
            wide.append(i == 0 ? "" : ",").append("\"p").append(i).append("\":{\"$ref\":\"#/$defs/W\"}");
        }
        assertThat(converted("{\"$defs\":{\"W\":{\"properties\":{" + wide + "}}},\"properties\":{" + wide + "}}")
                        .length())
                .isLessThan(500_000);
    }

    @Test
    void only_a_target_with_that_quirk_gets_it() {
        ChatRequest request = Gemini.chat("""
                {"model":"m","messages":[{"role":"user","content":"x"}],
                 "tools":[{"type":"function","function":{"name":"f","parameters":{"type":"object","properties":{"a":{"const":"x"}}}}}],
                 "response_format":{"type":"json_schema","json_schema":{"name":"n","schema":{"type":"object"}}}}
                """);
        TargetProfile old = new TargetProfile(
                Dialect.GEMINI,
                "real",
                Gemini.ok(CapabilityNames.read(Json.Obj.EMPTY, Set.of(Quirk.OPENAPI_SCHEMA))),
                Policies.DEFAULT);
        Json.Obj body = Gemini.json(
                Gemini.ok(Gemini.CODEC.requests().encode(request, old)).body());

        assertThat(Gemini.print(Gemini.at(body, "tools.0.functionDeclarations.0.parameters")))
                .contains("\"enum\":[\"x\"]");
        assertThat(Gemini.at(body, "tools.0.functionDeclarations.0.parametersJsonSchema"))
                .isNull();
        assertThat(Gemini.print(Gemini.at(body, "generationConfig.responseSchema")))
                .isEqualTo("{\"type\":\"OBJECT\"}");
        assertThat(Gemini.print(Gemini.body(request, "{}"))).contains("parametersJsonSchema", "responseJsonSchema");
    }
}
