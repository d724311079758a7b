package dev.sluice.core.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.Block;
import dev.sluice.model.ChatRequest;
import dev.sluice.model.Dialect;
import dev.sluice.model.Json;
import dev.sluice.protocol.json.JsonText;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DemoArgumentsTest {
    private static String arguments(String prompt, String schema, String... system) {
        ChatRequest request = new ChatRequest.Builder(Dialect.ANTHROPIC)
                .system(List.of(system).stream().map(Block.Text::new).toList())
                .build();
        Json.Obj parsed = JsonText.objectOrNull(schema);
        assertThat(parsed).isNotNull();
        return JsonText.print(new DemoArguments(request, prompt).object(parsed));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "run ls -la | ls -la",
                "please run `make test` now | make test",
                "create a.txt containing it's | printf '%s\\n' 'it'\\''s' > 'a.txt'",
                "list the files | ls",
                "use the tool | echo 'Hello from Sluice'"
            })
    void finds_the_command(String prompt, String command) {
        String schema = "{\"properties\":{\"command\":{\"type\":\"string\"}},\"required\":[\"command\"]}";
        assertThat(arguments(prompt, schema))
                .isEqualTo(JsonText.print(Json.object().put("command", command).build()));
    }

    @Test
    void fills_in_what_is_required_by_its_type() {
        String schema = """
                {"type":"object","required":["s","i","b","l","o","e","c","n","u"],"properties":{\
                "s":{"type":["null","string"]},"i":{"type":"integer"},"b":{"type":"boolean"},\
                "l":{"type":"array","items":{"type":"integer"}},\
                "o":{"type":"object","properties":{"x":{"const":7}},"required":["x"]},\
                "e":{"enum":["red","blue"]},"c":{"anyOf":[{"type":"null"},{"type":"boolean"}]},\
                "n":{"type":"null"},"u":{"type":"string","format":"uri","default":"d"},"optional":{"type":"string"}}}""";
        assertThat(arguments("paint 42 in blue", schema))
                .isEqualTo("{\"s\":\"blue\",\"i\":42,\"b\":false,\"l\":[42],\"o\":{\"x\":7},\"e\":\"blue\",\"c\":false,"
                        + "\"n\":null,\"u\":\"d\"}");
    }

    @Test
    void makes_paths_absolute_in_the_directory_the_tool_works_in() {
        String schema = """
                {"properties":{"file_path":{"type":"string","description":"The absolute path"}},"required":["file_path"]}""";
        assertThat(arguments("write notes.md", schema, "Env:\nWorking directory: /home/me/p\nOS: Linux"))
                .isEqualTo("{\"file_path\":\"/home/me/p/notes.md\"}");
    }

    @Test
    void a_schema_that_nests_without_end_is_cut() {
        Json.Obj deep = Json.Obj.EMPTY;
        for (int i = 0; i < 100; i++) {
            deep = Json.object()
                    .put("type", "object")
                    .put("properties", Json.object().put("x", deep).build())
                    .put("required", Json.strings(List.of("x")))
                    .build();
        }
        assertThat(arguments("hi", JsonText.print(deep)).length()).isLessThan(200);
    }

    @Test
    void writes_a_patch_for_a_patch_tool() {
        ChatRequest request = new ChatRequest.Builder(Dialect.OPENAI_CHAT).build();
        assertThat(new DemoArguments(request, "create a.txt containing hi").freeText("apply_patch"))
                .isEqualTo("*** Begin Patch\n*** Add File: a.txt\n+hi\n*** End Patch");
    }
}
