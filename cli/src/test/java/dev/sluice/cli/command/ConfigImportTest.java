package dev.sluice.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cli.PrettyJson;
import dev.sluice.cli.Shell;
import dev.sluice.model.Json;
import dev.sluice.protocol.json.JsonText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigImportTest {
    private static final Path SAMPLES = Path.of("../samples/import");
    private static final Path GOLDENS = Path.of("src/test/resources/import");

    @TempDir
    private Path home;

    private Shell shell;

    @BeforeEach
    void open_a_shell() {
        shell = new Shell(home);
    }

    private Json.Obj document() {
        return Objects.requireNonNull(
                shell.run("config", "show", "--json").json().object("document"));
    }

    private Shell.Ran importing(String text, String... more) throws IOException {
        Path file = home.resolve("foreign");
        Files.writeString(file, text);
        String[] words = new String[4 + more.length];
        words[0] = "config";
        words[1] = "import";
        words[2] = file.toString();
        words[3] = "--yes";
        System.arraycopy(more, 0, words, 4, more.length);
        return shell.run(words);
    }

    @ParameterizedTest
    @CsvSource({
        "llm-router-1.json, llm-router",
        "llm-router-2.json, llm-router",
        "claude-code-router.json, claude-code-router",
        "litellm.yaml, litellm",
        "omniroute.json, omniroute",
    })
    void each_sample_becomes_what_its_golden_says(String sample, String format) throws IOException {
        Shell.Ran ran = shell.run("config", "import", SAMPLES.resolve(sample).toString(), "--yes", "--json");
        assertThat(ran.exit()).as(ran.out() + ran.err()).isZero();
        Json.Obj report = ran.json();
        assertThat(report.text("from")).isEqualTo(format);
        Json.Obj both = Json.object()
                .put("configuration", document())
                .put("credentials", Objects.requireNonNull(report.field("credentials")))
                .put("notCarriedOver", Objects.requireNonNull(report.field("notCarriedOver")))
                .put("notes", Objects.requireNonNull(report.field("notes")))
                .build();
        Path golden = GOLDENS.resolve(sample + ".golden.json");
        String text = PrettyJson.print(both) + "\n";
        if ("write".equals(System.getProperty("golden"))) {
            Files.createDirectories(GOLDENS);
            Files.writeString(golden, text);
        }
        assertThat(golden).hasContent(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "llm-router-1.json",
                "llm-router-2.json",
                "claude-code-router.json",
                "litellm.yaml",
                "omniroute.json"
            })
    void no_secret_of_a_sample_is_in_the_configuration_or_on_the_screen(String sample) {
        Shell.Ran ran = shell.run("config", "import", SAMPLES.resolve(sample).toString(), "--yes");
        assertThat(ran.exit()).as(ran.err()).isZero();
        String all = ran.out()
                + ran.err()
                + shell.run("config", "show").out()
                + shell.run("config", "history", "--json").out();
        assertThat(all)
                .doesNotContainPattern("example-[a-z-]*(key|token|secret)")
                .doesNotContain("gw_replace", "user:example");
    }

    @Test
    void secrets_go_to_the_store_under_the_providers_name() {
        shell.run("config", "import", SAMPLES.resolve("llm-router-1.json").toString(), "--yes");
        assertThat(shell.run("credential", "list").out()).contains("openrouter");
    }

    @Test
    void it_asks_at_a_terminal_and_takes_no_for_an_answer() {
        String file = SAMPLES.resolve("litellm.yaml").toString();
        Shell.Ran no = shell.typing("n").run("config", "import", file);
        assertThat(no.exit()).isEqualTo(1);
        assertThat(no.out()).contains("not carried over:", "would become version 1");
        assertThat(no.err()).contains("nothing was changed");
        assertThat(shell.run("credential", "list", "--json").json().items("credentials"))
                .isEmpty();
        assertThat(shell.typing("y").run("config", "import", file).out()).contains("version 1 is in force");
    }

    @Test
    void without_a_terminal_it_wants_a_yes_and_a_dry_run_changes_nothing() {
        String file = SAMPLES.resolve("litellm.yaml").toString();
        Shell.Ran unasked = shell.run("config", "import", file);
        assertThat(unasked.exit()).isEqualTo(2);
        assertThat(unasked.err()).contains("--yes");
        assertThat(shell.run("config", "import", file, "--dry-run").out())
                .contains("not carried over:", "would become version 1");
        assertThat(shell.run("config", "show", "--json").json().whole("version"))
                .isZero();
        assertThat(shell.run("credential", "list", "--json").json().items("credentials"))
                .isEmpty();
    }

    @Test
    void what_is_there_stays_unless_it_shall_be_replaced() {
        shell.runWith("mine", "provider", "add", "openrouter", "--credential-stdin", "--model", "m");
        shell.run("model", "default", "openrouter/m");
        String file = SAMPLES.resolve("llm-router-1.json").toString();
        Shell.Ran refused = shell.run("config", "import", file, "--yes");
        assertThat(refused.exit()).isEqualTo(2);
        assertThat(refused.err()).contains("there is already: provider openrouter", "--replace");
        assertThat(shell.run("config", "import", file, "--yes", "--replace").exit())
                .isZero();
        assertThat(document().text("defaultModel")).isEqualTo("openrouter/gpt-4o");
    }

    @Test
    void another_accounts_secret_of_that_name_stays() {
        shell.runWith("mine", "credential", "set", "openrouter");
        shell.run("config", "import", SAMPLES.resolve("llm-router-1.json").toString(), "--yes");
        Json.Obj first = (Json.Obj) document().items("providers").getFirst();
        assertThat(first.text("credential")).isEqualTo("openrouter-2");
    }

    @Test
    void what_is_configured_beside_it_is_kept() throws IOException {
        shell.run("provider", "add", "groq");
        importing("{\"providers\":[{\"id\":\"x\",\"baseUrl\":\"https://x.example\",\"models\":[\"m\"]}]}");
        assertThat(document().items("providers")).hasSize(2);
    }

    @Test
    void a_file_of_sluice_itself_and_one_of_nobody_are_told_apart() throws IOException {
        assertThat(importing("{\"version\":1,\"providers\":[{\"id\":\"a\",\"endpoints\":"
                                + "{\"openai-chat\":\"https://a.example\"},\"models\":[\"m\"]}]}")
                        .err())
                .contains("sluice config apply");
        assertThat(importing("{\"hello\": 1}").err()).contains("looks like none", "--from");
        assertThat(importing("{\"model_list\": []}", "--from", "litelm").err()).contains("did you mean litellm");
        assertThat(importing("{\"model_list\": []}").err())
                .contains("nothing in")
                .contains("could be carried over");
    }

    @Test
    void a_price_per_token_is_one_per_million_exactly() throws IOException {
        importing("""
                model_list:
                  - model_name: m
                    litellm_params: {model: openai/m, input_cost_per_token: 1.5e-07, output_cost_per_token: 0.0000000012345}
                """);
        assertThat(JsonText.print(document())).contains("\"price\":{\"input\":\"0.15\",\"output\":\"0.0012345\"}");
    }

    @Test
    void a_wrong_price_is_no_amount() throws IOException {
        Shell.Ran ran = importing("""
                model_list:
                  - model_name: m
                    litellm_params: {model: openai/m, input_cost_per_token: 1e999999999, output_cost_per_token: cheap}
                """);
        assertThat(ran.exit()).as(ran.err()).isZero();
        assertThat(ran.out()).contains("input_cost_per_token", "output_cost_per_token", "no amount of dollars");
    }

    // Files that mean no good.

    @Test
    void a_bomb_of_anchors_is_refused() throws IOException {
        StringBuilder bomb = new StringBuilder("a0: &a0 [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]\n");
        for (int i = 1; i < 12; i++) {
            bomb.append("a%d: &a%d [%s]\n".formatted(i, i, ("*a" + (i - 1) + ", ").repeat(10) + "1"));
        }
        Shell.Ran ran = importing(bomb + "model_list: *a11\n");
        assertThat(ran.exit()).isEqualTo(2);
        assertThat(ran.err()).contains("more than 200000 values");
    }

    @Test
    void an_alias_of_itself_is_refused() throws IOException {
        assertThat(importing("model_list: &a [*a]\n").err()).contains("an alias names no anchor before it");
    }

    @Test
    void what_is_nested_without_end_is_refused() throws IOException {
        assertThat(importing("model_list: " + "[".repeat(5000) + "]".repeat(5000))
                        .err())
                .contains("nested deeper than 60 levels");
        assertThat(importing("{\"a\":".repeat(3000) + "1" + "}".repeat(3000)).exit())
                .isEqualTo(2);
    }

    @Test
    void a_name_that_stands_twice_is_refused_with_its_line() throws IOException {
        assertThat(importing("model_list: []\nmodel_list: []\n").err())
                .contains("a name stands twice in one object (line 2)");
        assertThat(importing("{\"Providers\": [],\n \"Providers\": []}").err()).contains("stands twice");
    }

    @Test
    void what_is_too_large_is_refused() throws IOException {
        assertThat(importing("# " + "x".repeat(5 * 1024 * 1024)).err()).contains("larger than");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"Providers\": [",
                "model_list: [\n  - a: }",
                "key: \"unclosed",
                "\t- tab",
                "--- a\n--- b\n",
                "",
                "just words",
                "[1, 2]",
                "? {a: b}\n: c\nmodel_list: []",
                "model_list: !!java.net.URL [http://127.0.0.1:1/]"
            })
    void half_written_files_are_refused_without_a_stack_trace(String text) throws IOException {
        Shell.Ran ran = importing(text);
        assertThat(ran.exit()).isEqualTo(2);
        assertThat(ran.err()).startsWith("sluice: ").doesNotContain("Exception", "unexpected failure");
        assertThat(shell.run("config", "show", "--json").json().whole("version"))
                .isZero();
    }

    @Test
    void no_message_repeats_the_text_of_a_file_that_cannot_be_read() throws IOException {
        Shell.Ran ran = importing("master_key: very-secret-value\nother: [\n");
        assertThat(ran.err()).contains("line").doesNotContain("very-secret-value");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"model_list\": {\"a\": 1}}",
                "{\"model_list\": [1, null, \"x\", {\"model_name\": 5, \"litellm_params\": []}]}",
                "{\"model_list\": [{\"model_name\": \"m\", \"litellm_params\": {\"model\": {\"a\": 1}}}]}",
                "{\"Providers\": [{\"name\": 1, \"api_base_url\": [], \"models\": {}}], \"Router\": 7}",
                "{\"Providers\": \"x\", \"Router\": {\"default\": [\"a\"]}}",
                "{\"providers\": [{\"id\": {}, \"baseUrl\": 3, \"models\": \"m\"}], \"modelAliases\": []}",
                "{\"providerConnections\": [{\"provider\": []}], \"combos\": [[], {\"models\": 1}], \"settings\": 3}"
            })
    void fields_of_wrong_types_are_lost_and_nothing_breaks(String text) throws IOException {
        Shell.Ran ran = importing(text);
        assertThat(ran.exit()).isEqualTo(2);
        assertThat(ran.err()).contains("nothing in").doesNotContain("unexpected failure");
    }

    @Test
    void more_caps_than_a_provider_may_have_are_lost() throws IOException {
        StringBuilder list = new StringBuilder("model_list:\n");
        for (int i = 0; i < 20; i++) {
            list.append(
                    "  - {model_name: m%d, litellm_params: {model: openai/m%d, rpm: 5, tpm: 50}}\n".formatted(i, i));
        }
        Shell.Ran ran = importing(list.toString());
        assertThat(ran.exit()).as(ran.err()).isZero();
        assertThat(ran.out()).contains("at most 32 caps");
    }
}
