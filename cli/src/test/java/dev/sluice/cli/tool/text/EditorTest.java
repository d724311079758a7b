package dev.sluice.cli.tool.text;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import dev.sluice.model.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.tomlj.Toml;
import org.tomlj.TomlParseResult;

/// Every file of the corpus is changed in place, and says afterwards what it said before and what was wanted; parsers of
/// other people are asked, too.
class EditorTest {
    private static final Path CORPUS = Path.of("src", "test", "resources", "tool", "corpus");
    private static final String VALUE = "http://127.0.0.1:8787/v1";

    static Stream<Path> corpus() throws IOException {
        return files("json", "toml", "yaml", "env");
    }

    static Stream<Path> refused() throws IOException {
        return files("refused");
    }

    private static Stream<Path> files(String... folders) throws IOException {
        Stream.Builder<Path> files = Stream.builder();
        for (String folder : folders) {
            try (Stream<Path> listed = Files.list(CORPUS.resolve(folder))) {
                listed.sorted().forEach(files::add);
            }
        }
        return files.build();
    }

    private static Format format(Path file) {
        String name = file.getFileName().toString();
        return switch (name.substring(name.lastIndexOf('.') + 1)) {
            case "toml" -> Formats.TOML;
            case "yaml", "yml" -> Formats.YAML;
            case "env" -> Formats.ENV;
            default -> Formats.JSON;
        };
    }

    /// What can be wanted of a file of that format, each kind of place once.
    private static List<Edit> edits(Format format) {
        Json.Obj item = Json.object()
                .put("name", "Sluice")
                .put("id", "sluice")
                .put("options", Json.object().put("size", 5).build())
                .build();
        if (format == Formats.ENV) {
            return List.of(Edit.put("a b$c", "TARGET"), Edit.claim(VALUE, "MORE"));
        }
        if (format == Formats.YAML) {
            return List.of(
                    Edit.put("sluice", "TARGET"),
                    Edit.put("openai/demo", "model"),
                    Edit.put("yes", "word"),
                    Edit.put("smart", "GOOSE_MODEL"),
                    Edit.claim(VALUE, "claimed"),
                    Edit.put(Json.of(true), "extensions", "sluice", "enabled"),
                    Edit.put(Json.of(5), "extensions", "sluice", "size"),
                    Edit.put("deep", "extensions", "developer", "made", "deep"),
                    new Edit.Item(List.of("models"), "name", item, true));
        }
        List<Edit> both = List.of(
                Edit.put("new", "model"),
                Edit.put(VALUE, "env", "TARGET"),
                Edit.put("two \"quotes\" \\", "env", "more"),
                Edit.offer("offered", "$schema"),
                Edit.claim(VALUE, "claimed"),
                Edit.put(
                        Json.object()
                                .put("k", 1)
                                .put("inner", Json.object().put("d", true).build())
                                .build(),
                        "object"),
                Edit.put(Json.strings(List.of("cat", "/a b")), "model_providers", "sluice", "auth", "args"));
        return format == Formats.TOML
                ? both
                : Stream.concat(
                                both.stream(),
                                Stream.of(
                                        new Edit.Item(List.of("list"), "id", item, false),
                                        new Edit.Item(
                                                List.of("list"), "id", item.with("id", Json.of("first of all")), true),
                                        new Edit.Item(List.of("made", "new"), "id", item, false)))
                        .toList();
    }

    private static String text(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.UTF_8);
    }

    private static String edited(Path file, List<Edit> edits) throws IOException {
        Editor.Outcome outcome = Editor.edit(format(file), text(file), edits);
        assertThat(outcome).as("%s", outcome).isInstanceOf(Editor.Outcome.Edited.class);
        return ((Editor.Outcome.Edited) outcome).text();
    }

    @ParameterizedTest
    @MethodSource("corpus")
    void says_what_was_wanted_and_otherwise_what_it_said(Path file) throws IOException {
        Format format = format(file);
        String after = edited(file, edits(format));
        Json.Obj said = read(format, after);
        Json.Obj before = read(format, text(file));
        for (Edit edit : edits(format)) {
            switch (edit) {
                case Edit.Put(List<String> path, Json value) ->
                    assertThat(at(said, path)).isEqualTo(value);
                case Edit.Claim(List<String> path, Json value) ->
                    assertThat(at(said, path)).isEqualTo(value);
                case Edit.Offer(List<String> path, Json value) ->
                    assertThat(at(said, path)).isEqualTo(at(before, path) == Json.NULL ? value : at(before, path));
                case Edit.Item item ->
                    assertThat(((Json.Arr) at(said, item.path())).items()).contains(item.item());
                case Edit.Nothing _ -> throw new AssertionError("wants nothing");
            }
        }
        before.fields().forEach((name, value) -> {
            if (edits(format).stream().noneMatch(edit -> edit.path().getFirst().equals(name))) {
                assertThat(said.field(name)).isEqualTo(value);
            }
        });
    }

    @ParameterizedTest
    @MethodSource("corpus")
    void takes_no_byte_away_where_it_only_adds(Path file) throws IOException {
        Format format = format(file);
        String text = text(file);
        List<Edit> adding = edits(format).stream()
                .filter(edit -> !isThere(read(format, text), edit.path()))
                .toList();
        String after = edited(file, adding);
        assertThat(holds(after, text)).as(after).isTrue();
    }

    /// Whether something is written at the place, or right above it: also a `null`.
    private static boolean isThere(Json.Obj object, List<String> path) {
        Json at = object;
        for (String name : path) {
            if (!(at instanceof Json.Obj above)) {
                return true;
            }
            at = above.field(name);
            if (at == null) {
                return false;
            }
        }
        return true;
    }

    /// Whether every character of the part comes in the whole, in that order.
    private static boolean holds(String whole, String part) {
        int at = 0;
        for (int i = 0; i < whole.length() && at < part.length(); i++) {
            at += whole.charAt(i) == part.charAt(at) ? 1 : 0;
        }
        return at == part.length();
    }

    @ParameterizedTest
    @MethodSource("corpus")
    void other_peoples_parsers_read_it(Path file) throws IOException {
        Format format = format(file);
        String after = edited(file, edits(format));
        String bare = after.startsWith("\uFEFF") ? after.substring(1) : after;
        if (format == Formats.JSON) {
            tokens(bare);
        } else if (format == Formats.TOML) {
            TomlParseResult parsed = Toml.parse(bare);
            assertThat(parsed.errors()).as(after).isEmpty();
            assertThat(parsed.getString(List.of("env", "TARGET"))).isEqualTo(VALUE);
            assertThat(parsed.getString(List.of("env", "more"))).isEqualTo("two \"quotes\" \\");
            assertThat(parsed.getString(List.of("model"))).isEqualTo("new");
        } else if (format == Formats.YAML) {
            Object parsed = new Load(LoadSettings.builder().build()).loadFromString(bare);
            assertThat(parsed)
                    .hasFieldOrPropertyWithValue("TARGET", "sluice")
                    .hasFieldOrPropertyWithValue("word", "yes");
        }
    }

    private static void tokens(String text) throws IOException {
        JsonFactory tolerant = JsonFactory.builder()
                .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS)
                .enable(JsonReadFeature.ALLOW_TRAILING_COMMA)
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .build();
        try (JsonParser parser = tolerant.createParser(text)) {
            int depth = 0;
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
            }
            assertThat(depth).isZero();
        }
    }

    @ParameterizedTest
    @MethodSource("corpus")
    void a_second_time_changes_nothing(Path file) throws IOException {
        Format format = format(file);
        List<Edit> edits = edits(format).stream()
                .filter(edit -> !(edit instanceof Edit.Item))
                .toList();
        String once = edited(file, edits);
        assertThat(Editor.edit(format, once, edits)).isEqualTo(new Editor.Outcome.Edited(once));
    }

    @ParameterizedTest
    @MethodSource("corpus")
    void line_ends_and_a_byte_order_mark_stay(Path file) throws IOException {
        String before = text(file);
        String after = edited(file, edits(format(file)));
        assertThat(after.startsWith("\uFEFF")).isEqualTo(before.startsWith("\uFEFF"));
        if (before.contains("\r\n")) {
            assertThat(after.replace("\r\n", "")).doesNotContain("\n");
        } else {
            assertThat(after).doesNotContain("\r");
        }
    }

    @ParameterizedTest
    @MethodSource("refused")
    void names_the_line_of_what_cannot_be_changed(Path file) throws IOException {
        String[] parts = file.getFileName().toString().split("\\.", 3);
        int line = Integer.parseInt(parts[1]);
        Format format = format(file);
        List<Edit> edits = format == Formats.YAML || format == Formats.ENV
                ? List.of(Edit.put("x", "TARGET"), Edit.claim(VALUE, "claimed"))
                : List.of(Edit.put("x", "env", "TARGET"), Edit.claim(VALUE, "claimed"));
        Editor.Outcome outcome = Editor.edit(format, text(file), edits);
        assertThat(outcome).as("%s", outcome).isInstanceOf(Editor.Outcome.Refused.class);
        Editor.Outcome.Refused refused = (Editor.Outcome.Refused) outcome;
        assertThat(refused.line()).as(refused.problem()).isEqualTo(line);
        assertThat(refused.problem()).isNotBlank().doesNotContain("Exception");
    }

    @ParameterizedTest
    @MethodSource("corpus")
    void a_file_that_breaks_off_anywhere_is_refused_or_read_right(Path file) throws IOException {
        Format format = format(file);
        String whole = text(file);
        for (int length = 0; length < whole.length(); length++) {
            String cut = whole.substring(0, length);
            if (Editor.edit(format, cut, edits(format)) instanceof Editor.Outcome.Refused refused) {
                assertThat(refused.line()).as(cut).isBetween(1, Lines.of(cut).size() + 1);
            }
        }
    }

    @Test
    void an_item_that_is_there_is_somebody_elses() {
        Json.Obj item = Json.object().put("id", "a").build();
        Edit add = new Edit.Item(List.of("list"), "id", item, false);
        assertThat(Editor.edit(Formats.JSON, "{\n\"list\": [{\"id\": \"a\"}]}", List.of(add)))
                .isInstanceOfSatisfying(Editor.Outcome.Refused.class, refused -> {
                    assertThat(refused.line()).isEqualTo(2);
                    assertThat(refused.problem()).contains("not Sluice's");
                });
    }

    @Test
    void what_would_win_is_refused() {
        assertThat(Editor.edit(Formats.JSON, "{\"env\": {\n\"KEY\": \"x\"}}", List.of(Edit.nothing("env", "KEY"))))
                .isInstanceOfSatisfying(
                        Editor.Outcome.Refused.class,
                        refused -> assertThat(refused.line()).isEqualTo(2));
    }

    @Test
    void writes_as_its_neighbours_are_written() {
        String before = "{\n\t\"a\": 1, // one\n\t\"b\": {\"c\": 2}, // two\n}\n";
        assertThat(Editor.edit(Formats.JSON, before, List.of(Edit.put("v", "k"), Edit.put("w", "b", "d"))))
                .isEqualTo(new Editor.Outcome.Edited(
                        "{\n\t\"a\": 1, // one\n\t\"b\": {\"c\": 2, \"d\": \"w\"}, // two\n\t\"k\": \"v\",\n}\n"));
    }

    private static Json.Obj read(Format format, String text) {
        String bare = text.startsWith("\uFEFF") ? text.substring(1) : text;
        Format.Reading reading = format.read(bare);
        assertThat(reading).as(text).isInstanceOf(Format.Reading.Good.class);
        return ((Format.Reading.Good) reading).value();
    }

    private static Json at(Json.Obj object, List<String> path) {
        Json at = object;
        for (String name : path) {
            Json next = at instanceof Json.Obj above ? above.field(name) : null;
            if (next == null) {
                return Json.NULL;
            }
            at = next;
        }
        return at;
    }
}
