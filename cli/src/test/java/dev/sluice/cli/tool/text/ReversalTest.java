package dev.sluice.cli.tool.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ReversalTest {
    private static final List<Edit> EDITS = List.of(
            Edit.put("new", "model"),
            Edit.put("url", "env", "TARGET"),
            Edit.put(Json.object().put("k", 1).build(), "made", "deep"),
            new Edit.Item(
                    List.of("list"), "id", Json.object().put("id", "sluice").build(), false),
            new Edit.Item(
                    List.of("other", "list"),
                    "id",
                    Json.object().put("id", "sluice").build(),
                    true));

    static Stream<Path> corpus() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src", "test", "resources", "tool", "corpus", "json"))) {
            return files.sorted().toList().stream();
        }
    }

    private static String edited(String text) {
        return Editor.edit(Formats.JSON, text, EDITS) instanceof Editor.Outcome.Edited(String after) ? after : "";
    }

    private static Json.Obj read(String text) {
        String bare = text.startsWith("\uFEFF") ? text.substring(1) : text;
        return Formats.JSON.read(bare) instanceof Format.Reading.Good(Json.Obj value) ? value : Json.Obj.EMPTY;
    }

    @ParameterizedTest
    @MethodSource("corpus")
    void says_again_what_it_said(Path file) throws IOException {
        String before = Files.readString(file);
        String after = edited(before);
        assertThat(after).isNotEmpty();
        assertThat(Reversal.of(before, after, after))
                .hasValueSatisfying(text -> assertThat(read(text)).as(text).isEqualTo(read(before)));
    }

    @ParameterizedTest
    @MethodSource("corpus")
    void keeps_what_was_added_since(Path file) throws IOException {
        String before = Files.readString(file);
        String after = edited(before);
        List<Edit> theirs = List.of(Edit.put("theirs", "added"), Edit.put("theirs", "env", "added"));
        String now = Editor.edit(Formats.JSON, after, theirs) instanceof Editor.Outcome.Edited(String text) ? text : "";
        String expected =
                Editor.edit(Formats.JSON, before, theirs) instanceof Editor.Outcome.Edited(String text) ? text : "";
        assertThat(Reversal.of(before, after, now))
                .hasValueSatisfying(text -> assertThat(read(text)).as(text).isEqualTo(read(expected)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"a\": 1, \"x\": 2, \"b\": 3} | {\"a\": 1, \"b\": 3}",
                "{\"x\": 2, \"b\": 3}           | {\"b\": 3}",
                "{\"a\": 1, \"x\": 2}           | {\"a\": 1}",
                "{\"a\": 1, \"x\": 2,}          | {\"a\": 1,}",
                "{\"x\": 2}                     | {}",
            })
    void takes_a_member_out_with_the_comma_it_needed(String now, String expected) {
        assertThat(Reversal.of("{}", "{\"x\": 2}", now)).contains(expected);
    }

    @Test
    void leaves_a_comment_that_is_somebody_elses() {
        assertThat(Reversal.of("{}", "{\"x\": 2}", "{\n  \"a\": 1, // one\n  \"x\": 2 // two\n}\n"))
                .contains("{\n  \"a\": 1 // one\n   // two\n}\n");
    }

    @Test
    void a_value_that_was_changed_again_is_left_and_told() {
        assertThat(Reversal.of("{\"x\": 1}", "{\"x\": 2}", "{\"x\": 3}")).isEmpty();
        assertThat(Reversal.of("{}", "{\"x\": 2}", "{\"x\": 3}")).isEmpty();
        assertThat(Reversal.of("{}", "{\"x\": 2}", "{}")).contains("{}");
        assertThat(Reversal.of("{}", "{\"x\": 2}", "no json")).isEmpty();
    }
}
