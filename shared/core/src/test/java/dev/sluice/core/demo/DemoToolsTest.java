package dev.sluice.core.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.ChatRequest;
import dev.sluice.model.Dialect;
import dev.sluice.model.Extras;
import dev.sluice.model.Json;
import dev.sluice.model.Mark;
import dev.sluice.model.Tool;
import dev.sluice.protocol.json.JsonText;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DemoToolsTest {
    private static final Json.Obj FILE = Objects.requireNonNull(
            JsonText.objectOrNull(
                    "{\"properties\":{\"path\":{\"type\":\"string\"},\"content\":{\"type\":\"string\"}},\"required\":[\"path\",\"content\"]}"));

    private static DemoTools.Choice choose(String prompt, String... names) {
        List<Tool> tools = Stream.of(names)
                .<Tool>map(name -> new Tool.Function(
                        name, null, FILE, null, false, new Extras(Dialect.OPENAI_CHAT, Json.Obj.EMPTY), Mark.NONE))
                .toList();
        ChatRequest request =
                new ChatRequest.Builder(Dialect.OPENAI_CHAT).tools(tools).build();
        return Objects.requireNonNull(DemoTools.choose(request, prompt));
    }

    @Test
    void the_tool_of_just_that_name_is_meant_before_one_that_only_holds_it() {
        assertThat(choose("create a.txt", "todowrite", "write_file", "write").name())
                .isEqualTo("write");
        assertThat(choose("create a.txt", "todowrite", "write_file").name()).isEqualTo("write_file");
        assertThat(choose("create a.txt", "todowrite").name()).isEqualTo("todowrite");
    }

    @Test
    void a_prompt_in_quotation_marks_is_read_without_them() {
        assertThat(choose("\"create hello.txt containing hi\"", "write").arguments())
                .isEqualTo("{\"path\":\"hello.txt\",\"content\":\"hi\"}");
    }
}
