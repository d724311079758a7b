package dev.sluice.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cli.Shell;
import dev.sluice.cli.tool.FakeGateway;
import dev.sluice.cli.tool.Tree;
import dev.sluice.model.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ToolCommandsTest {
    private static final String CLAUDE = ".claude/settings.json";
    private static final String CODEX = ".codex/config.toml";
    private static final String MINE = "{\r\n\t// mine\r\n\t\"permissions\": {\"deny\": []}, // keep\r\n}";

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

    private Shell.Ran setup(String... more) {
        return shell.run(
                Stream.concat(Stream.of("tool", "setup"), Stream.of(more)).toArray(String[]::new));
    }

    private Path mine(String name, String content) throws IOException {
        Path file = home.resolve(name);
        Tree.write(file, content);
        return file;
    }

    private String text(String name) throws IOException {
        return Files.readString(home.resolve(name), StandardCharsets.UTF_8);
    }

    @Test
    void to_look_at_a_setup_with_a_key_of_its_own_keeps_nothing_here() throws IOException {
        Map<String, String> before = Tree.of(home);
        Shell.Ran ran = setup("codex", "--own-key", "--print");
        assertThat(ran.exit()).as(ran.err()).isZero();
        assertThat(ran.out()).contains("nothing was written");
        assertThat(Tree.of(home)).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "claude-code",
                "codex",
                "opencode",
                "gemini-cli",
                "qwen-code",
                "cline",
                "kilo",
                "crush",
                "copilot",
                "droid",
                "continue",
                "aider",
                "zed",
                "cursor",
                "goose",
                "roo"
            })
    void every_tool_is_set_up_and_undone_to_the_byte(String tool) throws IOException {
        mine(CLAUDE, MINE);
        mine(CODEX, "# mine\n[tui]\nnotifications = true");
        mine(".config/opencode/opencode.jsonc", MINE);
        mine(".gemini/.env", "A=1");
        mine(".qwen/settings.json", "{\"modelProviders\": {\"openai\": [{\"id\": \"x\"}]}}");
        mine(".factory/settings.json", "{\n  \"customModels\": [ ] // none\n}\n");
        mine(".continue/config.yaml", "name: x # mine\nversion: 1.0.0\nschema: v1\nmodels:\n- name: a\n  model: b\n");
        mine(".aider.conf.yml", "# mine\nmodel: gpt # m\n");
        mine(
                ".config/zed/settings.json",
                "// zed\n{\n  \"agent\": {\n    \"default_model\": {\"provider\": \"a\", \"model\": \"b\"},\n  },\n}\n");
        mine(".config/goose/config.yaml", "GOOSE_MODEL: old\nextensions:\n  a:\n    enabled: true");
        mine(".config/Code/User/settings.json", "{\n    \"editor.tabSize\": 2,\n}");
        Map<String, String> before = Tree.of(home);

        Shell.Ran set = setup(tool, "--yes");
        assertThat(set.exit()).as(set.err()).isZero();
        assertThat(set.out() + set.err()).contains("start it with: ").doesNotContain(FakeGateway.KEY);
        if (tool.equals("cursor")) {
            assertThat(Tree.of(home)).isEqualTo(before);
            return;
        }
        assertThat(Tree.of(home)).isNotEqualTo(before);
        assertThat(gateway.requests()).hasSize(1);
        assertThat(shell.run("tool", "status", tool).exit()).isZero();

        Shell.Ran undone = shell.run("tool", "undo", tool);
        assertThat(undone.exit()).as(undone.err()).isZero();
        assertThat(undone.out()).doesNotContain(FakeGateway.KEY);
        assertThat(without(Tree.of(home), ".sluice")).isEqualTo(before);
    }

    /// The folder itself stays: it is where `start` keeps things, too.
    private static Map<String, String> without(Map<String, String> tree, String name) {
        tree.remove(name);
        return tree;
    }

    @Test
    void a_refused_gate_writes_nothing_and_says_what_the_gateway_said() throws IOException {
        gateway.refusing(429, "the monthly cap is used up");
        Map<String, String> before = Tree.of(home);
        Shell.Ran ran = setup("codex", "--yes");
        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.err()).contains("nothing was written", "429", "the monthly cap is used up", "codex");
        assertThat(Tree.of(home)).isEqualTo(before);
    }

    @Test
    void a_wrong_key_is_told_apart() {
        Shell.Ran ran = setup("codex", "--yes", "--key", "slc_some-other-key-0000000000000");
        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.err()).contains("401", "no such key");
    }

    @Test
    void an_answer_that_breaks_off_or_is_cut_passes_no_gate() {
        gateway.streaming("data: {\"choices\":[]}\n\n");
        assertThat(setup("crush", "--yes").err()).contains("ended before it was whole");
        gateway.streaming("data: {\"error\":{\"message\":\"overloaded upstream\"}}\n\ndata: [DONE]\n\n");
        assertThat(setup("crush", "--yes").err()).contains("overloaded upstream");
    }

    @Test
    void the_gate_sends_what_the_tool_will_send() {
        setup("claude-code", "--model", "main", "--model", "haiku=small", "--yes");
        assertThat(gateway.requests()).hasSize(2);
        assertThat(gateway.requests().getFirst())
                .startsWith("POST /v1/messages?beta=true ")
                .contains("\"model\":\"main\"", "\"stream\":true", "\"tools\":[");
        assertThat(gateway.requests().getLast()).contains("\"model\":\"small\"");
        setup("gemini-cli", "--model", "a/b", "--yes");
        assertThat(gateway.requests().getLast()).startsWith("POST /v1beta/models/a%2Fb:streamGenerateContent?alt=sse ");
    }

    @Test
    void without_a_terminal_nothing_asks() {
        Shell.Ran ran = setup("codex");
        assertThat(ran.exit()).isEqualTo(2);
        assertThat(ran.err()).contains("--yes");
        assertThat(gateway.requests()).isEmpty();
    }

    @Test
    void at_a_terminal_it_shows_and_asks() throws IOException {
        Shell.Ran no = shell.typing("n").run("tool", "setup", "codex");
        assertThat(no.exit()).isEqualTo(1);
        assertThat(no.out()).contains("model_provider = \"sluice\"", "\u001b[32m+");
        assertThat(Files.exists(home.resolve(CODEX))).isFalse();
        assertThat(shell.typing("y").run("tool", "setup", "codex").exit()).isZero();
        assertThat(text(CODEX)).contains("model_provider = \"sluice\"");
    }

    @Test
    void print_writes_and_sends_nothing() throws IOException {
        mine(CLAUDE, MINE);
        Map<String, String> before = Tree.of(home);
        Shell.Ran ran = setup("claude-code", "--print");
        assertThat(ran.exit()).isZero();
        assertThat(ran.out()).contains("+\t\t\"ANTHROPIC_BASE_URL\": \"" + gateway.url() + "\"", "nothing was written");
        assertThat(Tree.of(home)).isEqualTo(before);
        assertThat(gateway.requests()).isEmpty();
    }

    @Test
    void answers_in_json() {
        Json.Obj set = setup("opencode", "--yes", "--json", "--model", "coding").json();
        assertThat(set.text("result")).isEqualTo("written");
        assertThat(set.items("files")).hasSize(2);
        assertThat(set.items("models")).containsExactly(Json.of("coding"));
        Json.Obj status = shell.run("tool", "status", "opencode", "--json").json();
        assertThat(status.text("state")).isEqualTo("set up");
        assertThat(status.text("gate")).isEqualTo("passed");
        assertThat(status.text("url")).isEqualTo(gateway.url());
        Json.Obj listed = shell.run("tool", "list", "--json").json();
        assertThat(listed.items("tools")).hasSize(16);
        assertThat(shell.run("tool", "undo", "opencode", "--json").json().text("result"))
                .isEqualTo("undone");
        assertThat(shell.run("tool", "status", "opencode", "--json").json().text("state"))
                .isEqualTo("not set up");
    }

    @Test
    void a_second_setup_is_clean_and_undo_goes_back_to_the_first_original() throws IOException {
        mine(CODEX, "# mine\nmodel = \"gpt\" # before\n");
        Map<String, String> before = Tree.of(home);
        setup("codex", "--model", "one", "--yes");
        assertThat(setup("codex", "--model", "two", "--yes").exit()).isZero();
        assertThat(text(CODEX)).contains("model = \"two\" # before").doesNotContain("one");
        assertThat(setup("codex", "--model", "two", "--yes").out()).contains("like that already");
        shell.run("tool", "undo", "codex");
        assertThat(without(Tree.of(home), ".sluice")).isEqualTo(before);
    }

    @Test
    void what_was_edited_since_stays_through_a_second_setup_and_an_undo() throws IOException {
        mine(CODEX, "# mine\n[tui]\nx = 1\n");
        setup("codex", "--yes");
        Files.writeString(home.resolve(CODEX), text(CODEX).replace("# mine", "# mine, edited"));
        assertThat(shell.run("tool", "status", "codex").out()).contains("edited since");
        assertThat(setup("codex", "--model", "two", "--yes").exit()).isZero();
        assertThat(shell.run("tool", "undo", "codex").exit()).isZero();
        assertThat(text(CODEX)).isEqualTo("# mine, edited\n[tui]\nx = 1\n");
    }

    @Test
    void undo_of_an_edited_file_asks_and_takes_out_only_what_is_sluices() throws IOException {
        mine(CODEX, "# mine\n[tui]\nx = 1\n");
        setup("codex", "--yes");
        Files.writeString(home.resolve(CODEX), text(CODEX) + "\n[projects.\"/p\"]\ntrust_level = \"trusted\"\n");
        Shell.Ran refused = shell.run("tool", "undo", "codex");
        assertThat(refused.exit()).isEqualTo(2);
        assertThat(refused.err()).contains("edited since", "--yes");
        assertThat(shell.run("tool", "undo", "codex", "--yes").exit()).isZero();
        assertThat(text(CODEX)).isEqualTo("# mine\n[tui]\nx = 1\n\n[projects.\"/p\"]\ntrust_level = \"trusted\"\n");
    }

    @Test
    void undo_of_a_file_that_its_tool_wrote_anew_takes_out_only_what_is_sluices() throws IOException {
        mine(CLAUDE, "{\"env\": {\"A\": \"1\"}, \"theme\": \"dark\"}");
        setup("claude-code", "--yes");
        String url = gateway.url();
        String key = home.resolve(".sluice/keys/claude-code").toString();
        Files.writeString(home.resolve(CLAUDE), """
                {
                  "permissions": {"allow": ["Bash(ls)"]},
                  "apiKeyHelper": "cat '%s'",
                  "theme": "light",
                  "env": {
                    "ANTHROPIC_MODEL": "smart", "A": "1",
                    "ANTHROPIC_BASE_URL": "%s",
                    "ANTHROPIC_DEFAULT_OPUS_MODEL": "smart",
                    "ANTHROPIC_DEFAULT_SONNET_MODEL": "smart", "ANTHROPIC_DEFAULT_HAIKU_MODEL": "smart",
                    "CLAUDE_CODE_AUTO_COMPACT_WINDOW": "200000",
                    "CLAUDE_CODE_MAX_OUTPUT_TOKENS": "32000"
                  }
                }
                """.formatted(key, url));
        assertThat(shell.run("tool", "undo", "claude-code", "--yes").exit()).isZero();
        assertThat(text(CLAUDE)).isEqualTo("""
                {
                  "permissions": {"allow": ["Bash(ls)"]},
                  "theme": "light",
                  "env": {
                    "A": "1"
                  }
                }
                """);
    }

    @Test
    void undo_refuses_where_sluices_own_lines_were_edited_and_says_where_the_original_is() throws IOException {
        mine(CODEX, "# mine\n");
        setup("codex", "--yes");
        String edited = text(CODEX).replace("/v1\"", "/other\"");
        Files.writeString(home.resolve(CODEX), edited);
        Shell.Ran ran = shell.run("tool", "undo", "codex", "--yes");
        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.err()).contains(".original", "+base_url", "-base_url");
        assertThat(text(CODEX)).isEqualTo(edited);
    }

    @Test
    void a_crash_between_two_files_can_be_undone_or_finished() throws IOException {
        mine(CODEX, "# mine\n");
        setup("codex", "--yes");
        Path record = home.resolve(".sluice/undo/codex/user/record.json");
        Files.writeString(record, Files.readString(record).replace("\"complete\":true", "\"complete\":false"));
        Files.writeString(home.resolve(CODEX), "# mine\n"); // the second file was not yet written
        assertThat(shell.run("tool", "status", "codex").out()).contains("cut short");
        assertThat(setup("codex", "--yes").exit()).isZero();
        assertThat(shell.run("tool", "status", "codex").out()).doesNotContain("cut short");
        Files.writeString(record, Files.readString(record).replace("\"complete\":true", "\"complete\":false"));
        Files.writeString(home.resolve(CODEX), "# mine\n");
        assertThat(shell.run("tool", "undo", "codex").exit()).isZero();
        assertThat(text(CODEX)).isEqualTo("# mine\n");
        assertThat(Files.exists(home.resolve(".sluice/keys"))).isFalse();
    }

    @Test
    void a_half_written_file_is_refused_with_its_line() throws IOException {
        mine(CLAUDE, "{\n  \"env\": {\n    \"A\": \n}\n");
        refusesUntouched("claude-code", ".claude/settings.json:4: ");
    }

    @Test
    void somebody_elses_gateway_is_refused_with_its_line() throws IOException {
        mine(CLAUDE, "{\n  \"env\": {\n    \"ANTHROPIC_BASE_URL\": \"https://other.example\"\n  }\n}\n");
        refusesUntouched("claude-code", ".claude/settings.json:3: env.ANTHROPIC_BASE_URL is already");
        mine(CLAUDE, "{\"env\": {\n    \"ANTHROPIC_API_KEY\": \"sk-ant-secret\"\n  }\n}\n");
        refusesUntouched("claude-code", ".claude/settings.json:2: env.ANTHROPIC_API_KEY is set");
    }

    private void refusesUntouched(String tool, String words) throws IOException {
        Map<String, String> before = Tree.of(home);
        Shell.Ran ran = setup(tool, "--yes");
        assertThat(ran.exit()).as(ran.out()).isEqualTo(2);
        assertThat(ran.err()).contains(words, "nothing was changed").doesNotContain("sk-ant-secret");
        assertThat(Tree.of(home)).isEqualTo(before);
        assertThat(gateway.requests()).isEmpty();
    }

    @Test
    void bytes_that_are_no_text_a_folder_and_a_link_to_nowhere_are_refused() throws IOException {
        Files.createDirectories(home.resolve(".codex"));
        Files.write(home.resolve(CODEX), new byte[] {'#', (byte) 0xC3, '\n'});
        assertThat(setup("codex", "--yes").err()).contains("UTF-8");
        Files.createDirectories(home.resolve(CLAUDE));
        assertThat(setup("claude-code", "--yes").err()).contains("is no file");
        Files.createDirectories(home.resolve(".config/crush"));
        Files.createSymbolicLink(home.resolve(".config/crush/crush.json"), home.resolve("gone.json"));
        assertThat(setup("crush", "--yes").err()).contains("leads nowhere");
    }

    @Test
    void a_link_stays_a_link_and_a_mode_stays_a_mode() throws IOException {
        Path real = mine("dotfiles/claude.json", "{}\n");
        Files.setPosixFilePermissions(real, PosixFilePermissions.fromString("rw-rw----"));
        Files.createDirectories(home.resolve(".claude"));
        Files.createSymbolicLink(home.resolve(CLAUDE), Path.of("../dotfiles/claude.json"));
        Map<String, String> before = Tree.of(home);
        assertThat(setup("claude-code", "--yes").exit()).isZero();
        assertThat(Files.isSymbolicLink(home.resolve(CLAUDE))).isTrue();
        assertThat(Files.readString(real)).contains("ANTHROPIC_BASE_URL");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(real)))
                .isEqualTo("rw-rw----");
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(home.resolve(".sluice/keys/claude-code"))))
                .isEqualTo("rw-------");
        shell.run("tool", "undo", "claude-code");
        assertThat(without(Tree.of(home), ".sluice")).isEqualTo(before);
    }

    @Test
    void unknown_names_are_answered_with_the_nearest() {
        Shell.Ran tool = setup("claudecode", "--yes");
        assertThat(tool.exit()).isEqualTo(2);
        assertThat(tool.err()).contains("did you mean claude-code?");
        assertThat(setup("claude-code", "--yes", "--model", "hauku=x").err()).contains("did you mean haiku?");
        assertThat(setup("codex", "--yes", "--model", "small=x").err()).contains("one model only");
        assertThat(setup("codex", "--yes", "--url", "ftp://x").exit()).isEqualTo(2);
        assertThat(shell.run("tool", "undo", "codex").exit()).isEqualTo(1);
    }

    @Test
    void a_project_is_refused_where_the_tool_has_none() {
        Shell.Ran ran = setup("codex", "--project", "--yes");
        assertThat(ran.exit()).isEqualTo(2);
        assertThat(ran.err()).contains("project", ".codex/config.toml");
    }

    @Test
    void what_the_gateway_does_not_know_is_left_out_and_said() throws IOException {
        gateway.knowingNoLimits();
        Shell.Ran ran = setup("opencode", "--yes", "--model", "coding");
        assertThat(ran.out()).contains("does not know the context window and output limit of coding");
        assertThat(text(".config/opencode/opencode.json")).doesNotContain("limit");
        assertThat(setup("zed", "--yes", "--model", "coding").err()).contains("contextWindow");
    }

    @Test
    void says_which_variables_of_the_shell_win() {
        Shell.Ran ran = shell.with("ANTHROPIC_API_KEY", "sk-ant-secret").run("tool", "setup", "claude-code", "--yes");
        assertThat(ran.out()).contains("ANTHROPIC_API_KEY is set in this shell").doesNotContain("sk-ant-secret");
    }

    @Test
    void without_a_gateway_or_a_key_it_says_what_to_do() {
        assertThat(shell.without("SLUICE_URL")
                        .run("tool", "setup", "codex", "--yes")
                        .err())
                .contains("sluice start", "--url");
        assertThat(new Shell(home)
                        .with("SLUICE_URL", gateway.url())
                        .run("tool", "setup", "codex", "--yes")
                        .err())
                .contains("--key");
    }

    @Test
    void status_says_when_the_gateway_refuses_or_a_file_is_gone() throws IOException {
        setup("codex", "--yes");
        gateway.refusing(503, "out of order");
        Shell.Ran refused = shell.run("tool", "status", "codex");
        assertThat(refused.exit()).isEqualTo(1);
        assertThat(refused.out()).contains("refused", "out of order");
        try (FakeGateway other = new FakeGateway()) {
            assertThat(shell.run("tool", "status", "codex", "--url", other.url())
                            .exit())
                    .isZero();
            assertThat(shell.run("tool", "status", "codex", "--url", other.url(), "--key", "slc_wrong")
                            .out())
                    .contains("no such key");
        }
        Files.delete(home.resolve(".sluice/keys/codex"));
        assertThat(shell.run("tool", "status", "codex").out()).contains("missing");
    }
}
