package dev.sluice.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cli.Shell;
import dev.sluice.cli.tool.FakeGateway;
import dev.sluice.cli.tool.Tree;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Other programs' files as they are found after a crash, a bad editor or a joke: a setup either refuses them with file
/// and line, and touches nothing, or its undo gives every byte back.
class ForeignFilesTest {
    private static final String JSON = "{\n  \"theme\": \"dark\",\n  \"list\": [1, 2],\n  \"more\": {\"a\": 1}\n}\n";
    private static final String TOML = "theme = \"dark\"\nlist = [1, 2]\n\n[more]\na = 1\n";
    private static final String YAML = "theme: dark\nlist: [1, 2]\nmore:\n  a: 1\n";

    @TempDir
    private Path home;

    private FakeGateway gateway;
    private Shell shell;

    @BeforeEach
    void start_a_gateway() throws IOException {
        gateway = new FakeGateway();
        shell = new Shell(home).with("SLUICE_URL", gateway.url()).with("SLUICE_MASTER_KEY", FakeGateway.KEY);
    }

    @AfterEach
    void stop_it() {
        gateway.close();
    }

    /// A tool with its main file, what a whole one says, and what is one of another kind.
    enum Kind {
        CLAUDE_CODE("claude-code", ".claude/settings.json", JSON, "{\"env\": [1]}"),
        CODEX("codex", ".codex/config.toml", TOML, "model_providers = [1]\n"),
        OPENCODE("opencode", ".config/opencode/opencode.json", JSON, "{\"provider\": [1]}"),
        QWEN_CODE("qwen-code", ".qwen/settings.json", JSON, "{\"modelProviders\": [1]}"),
        CRUSH("crush", ".config/crush/crush.json", JSON, "{\"providers\": [1]}"),
        DROID("droid", ".factory/settings.json", JSON, "{\"customModels\": {\"a\": 1}}"),
        ZED("zed", ".config/zed/settings.json", JSON, "{\"agent\": [1], \"language_models\": [1]}"),
        CONTINUE(
                "continue",
                ".continue/config.yaml",
                "name: x\nversion: 1.0.0\nschema: v1\nmodels:\n- name: a\n  model: b\n",
                "models: {a: 1}\n"),
        AIDER("aider", ".aider.conf.yml", YAML, "- a\n- b\n"),
        GOOSE("goose", ".config/goose/config.yaml", YAML, "- a\n- b\n");

        private final String tool;
        private final String file;
        private final String whole;
        private final String otherKind;

        Kind(String tool, String file, String whole, String otherKind) {
            this.tool = tool;
            this.file = file;
            this.whole = whole;
            this.otherKind = otherKind;
        }
    }

    private Shell.Ran setup(Kind kind) {
        return shell.run("tool", "setup", kind.tool, "--yes");
    }

    /// Refused: the file is named, nothing is touched. Taken: the undo leaves every byte as it was.
    private String refusedOrUndone(Kind kind) throws IOException {
        Map<String, String> before = Tree.of(home);
        Shell.Ran ran = setup(kind);
        assertThat(ran.out() + ran.err()).doesNotContain("Exception", "unexpected", FakeGateway.KEY);
        if (ran.exit() == 0) {
            Shell.Ran undone = shell.run("tool", "undo", kind.tool);
            assertThat(undone.exit()).as(undone.err()).isZero();
        } else {
            assertThat(ran.exit()).as(ran.err()).isEqualTo(2);
            assertThat(ran.err()).contains(kind.file);
        }
        assertThat(Tree.of(home)).isEqualTo(before);
        return ran.err();
    }

    private String with(Kind kind, String content) throws IOException {
        Tree.write(home.resolve(kind.file), content);
        return refusedOrUndone(kind);
    }

    @ParameterizedTest
    @EnumSource
    void a_file_cut_at_any_place_is_refused_or_undone(Kind kind) throws IOException {
        for (int end = 0; end < kind.whole.length(); end += 7) {
            with(kind, kind.whole.substring(0, end));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"CLAUDE_CODE", "CODEX", "OPENCODE", "QWEN_CODE", "CRUSH", "DROID", "ZED"})
    void a_file_cut_in_the_middle_is_refused_with_its_line(Kind kind) throws IOException {
        assertThat(with(kind, kind.whole.substring(0, kind.whole.indexOf("2]"))))
                .containsPattern(kind.file.substring(kind.file.lastIndexOf('/') + 1) + ":\\d+: ")
                .contains("nothing was changed");
    }

    static List<UnaryOperator<String>> otherHands() {
        return List.of(
                text -> "\uFEFF" + text,
                text -> text.replace("\n", "\r\n"),
                text -> text.replace("\n", "\r"),
                text -> text.replace("  ", "\t"),
                text -> text.stripTrailing(),
                text -> text + "\n\n\n",
                text -> text + text,
                text -> text + "\u0000",
                _ -> "",
                _ -> "\n",
                _ -> "[1, 2]\n",
                _ -> "null\n",
                _ -> "{}",
                _ -> "<<<<<<< HEAD\n{\n=======\n>>>>>>> theirs\n");
    }

    @ParameterizedTest
    @MethodSource("otherHands")
    void what_other_programs_leave_is_refused_or_undone(UnaryOperator<String> hand) throws IOException {
        for (Kind kind : Kind.values()) {
            with(kind, hand.apply(kind.whole));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"CLAUDE_CODE", "OPENCODE", "CODEX"})
    void a_key_that_stands_twice_is_refused_or_undone(Kind kind) throws IOException {
        with(
                kind,
                kind == Kind.CODEX
                        ? "model = \"a\"\nmodel = \"b\"\n"
                        : "{\"env\": {}, \"env\": {}, \"model\": 1, \"model\": 2}");
    }

    @ParameterizedTest
    @EnumSource
    void another_kind_of_value_is_refused_with_its_line(Kind kind) throws IOException {
        assertThat(with(kind, kind.otherKind)).containsPattern(":\\d+: ").contains("nothing was changed");
    }

    @ParameterizedTest
    @EnumSource
    void what_is_not_utf_8_is_refused(Kind kind) throws IOException {
        Path file = home.resolve(kind.file);
        Tree.write(file, "");
        Files.write(file, "{\"name\": \"J\u00fcrgen\"}".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(refusedOrUndone(kind)).contains("UTF-8", "nothing was changed");
    }

    @ParameterizedTest
    @EnumSource
    void a_folder_in_the_place_of_the_file_is_refused(Kind kind) throws IOException {
        Files.createDirectories(home.resolve(kind.file));
        assertThat(refusedOrUndone(kind)).contains("is no file");
    }

    @ParameterizedTest
    @EnumSource
    void a_link_stays_a_link_and_one_to_nowhere_is_refused(Kind kind) throws IOException {
        Path elsewhere = home.resolve("elsewhere");
        Tree.write(elsewhere, kind.whole);
        Files.createDirectories(home.resolve(kind.file).getParent());
        Files.createSymbolicLink(home.resolve(kind.file), elsewhere);
        assertThat(refusedOrUndone(kind)).isEmpty();
        Files.delete(elsewhere);
        assertThat(refusedOrUndone(kind)).contains("a link that leads nowhere");
        Files.delete(home.resolve(kind.file));
        Files.createSymbolicLink(home.resolve(kind.file), home.resolve(kind.file));
        assertThat(refusedOrUndone(kind)).contains("a link that leads nowhere");
    }

    @ParameterizedTest
    @EnumSource
    void a_file_of_50_megabytes_is_refused(Kind kind) throws IOException {
        Path file = home.resolve(kind.file);
        Tree.write(file, kind.whole);
        try (RandomAccessFile large = new RandomAccessFile(file.toFile(), "rw")) {
            large.setLength(50L << 20); // a hole: nothing is written
        }
        Shell.Ran ran = setup(kind);
        assertThat(ran.exit()).isEqualTo(2);
        assertThat(ran.err()).contains(kind.file, "larger than any settings are");
        assertThat(file).hasSize(50L << 20);
        assertThat(home.resolve(".sluice")).doesNotExist();
    }

    @ParameterizedTest
    @EnumSource(names = {"CLAUDE_CODE", "CODEX", "CONTINUE"})
    void a_pipe_in_the_place_of_the_file_is_refused(Kind kind) throws IOException, InterruptedException {
        Path file = home.resolve(kind.file);
        Files.createDirectories(file.getParent());
        Process made = new ProcessBuilder("mkfifo", file.toString()).start();
        assertThat(made.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(made.exitValue()).isZero();
        Shell.Ran ran = setup(kind);
        assertThat(ran.exit()).isEqualTo(2);
        assertThat(ran.err()).contains(kind.file, "is no file");
        assertThat(Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)).isFalse();
        assertThat(home.resolve(".sluice")).doesNotExist();
    }

    @ParameterizedTest
    @MethodSource("otherHands")
    void a_document_from_other_hands_is_refused_whole_or_applied(UnaryOperator<String> hand) throws IOException {
        String document = hand.apply("{\n  \"version\": 1,\n  \"providers\": []\n}\n");
        Path file = Files.writeString(home.resolve("config.json"), document);
        for (List<String> words : List.of(List.of("config", "apply"), List.of("config", "import", "--yes"))) {
            String before = shell.run("config", "history").out();
            Shell.Ran ran = shell.run(
                    Stream.concat(words.stream(), Stream.of(file.toString())).toArray(String[]::new));
            assertThat(ran.out() + ran.err()).doesNotContain("Exception", "unexpected");
            assertThat(ran.exit()).as(ran.err()).isIn(0, 2);
            if (ran.exit() == 2) {
                assertThat(ran.err()).containsAnyOf("refused: nothing was changed", file.toString());
                assertThat(shell.run("config", "history").out()).isEqualTo(before);
            }
            assertThat(shell.run("credential", "list", "--json").json().items("credentials"))
                    .isEmpty();
        }
        assertThat(file).hasContent(document);
    }

    @Test
    void a_document_cut_in_the_middle_is_refused_with_its_line() throws IOException {
        Path file = Files.writeString(home.resolve("config.json"), "{\n  \"version\": 1,\n  \"prov");
        for (String command : List.of("apply", "validate")) {
            Shell.Ran ran = shell.run("config", command, file.toString());
            assertThat(ran.exit()).isEqualTo(2);
            assertThat(ran.out() + ran.err()).contains("line 3");
        }
        Files.write(file, "{\"version\": 1, \"x\": \"\u00fc\"}".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(shell.run("config", "apply", file.toString()).err()).contains("line 1");
        try (RandomAccessFile large = new RandomAccessFile(file.toFile(), "rw")) {
            large.setLength(50L << 20);
        }
        for (String command : List.of("apply", "validate", "import")) {
            assertThat(shell.run("config", command, file.toString()).err()).contains("is larger than");
        }
        assertThat(shell.run("config", "apply", home.toString()).err()).contains("cannot read");
    }
}
