package dev.sluice.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cli.Shell;
import dev.sluice.model.Json;
import dev.sluice.testkit.FakeServiceAccount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProviderCommandsTest {
    private static final String SECRET = "sk-or-v1-very-secret";

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

    private Json.Obj provider(String id) {
        return (Json.Obj) document().items("providers").stream()
                .filter(item -> item instanceof Json.Obj provider
                        && provider.text("id", "").equals(id))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void adds_a_preset_by_its_name_and_asks_for_the_secret() {
        Shell.Ran added = shell.typing(SECRET).run("provider", "add", "openrouter");
        assertThat(added.exit()).isZero();
        assertThat(added.out()).contains("+  providers", "version 1 is in force");
        assertThat(added.err()).contains("sluice provider test openrouter").doesNotContain("no credential");
        assertThat(provider("openrouter").text("credential")).isEqualTo("openrouter");
        assertThat(provider("openrouter").items("models")).containsExactly(Json.of("*"));
        assertThat(shell.run("credential", "list").out()).contains("openrouter");
        assertThat(added.out() + added.err()).doesNotContain(SECRET);
    }

    @Test
    void reads_the_secret_from_standard_input_and_never_from_an_argument() {
        assertThat(shell.runWith(SECRET + "\n", "provider", "add", "groq", "--credential-stdin")
                        .exit())
                .isZero();
        assertThat(shell.run("config", "show").out()).doesNotContain(SECRET);
        assertThat(shell.run("provider", "list", "--json").out()).contains("\"credentialIsSet\":true");
        assertThat(shell.run("provider", "add", "xai", SECRET).exit()).isEqualTo(2);
    }

    @Test
    void without_a_terminal_nothing_asks_and_the_missing_secret_is_told() {
        Shell.Ran added = shell.run("provider", "add", "groq");
        assertThat(added.exit()).isZero();
        assertThat(added.err()).contains("provider groq has no credential: sluice credential set groq");
    }

    @Test
    void a_refused_provider_asks_for_no_secret_and_keeps_none() {
        Shell.Ran refused = shell.typing(SECRET).run("provider", "add", "groq", "--priority", "-1");
        assertThat(refused.exit()).isEqualTo(2);
        assertThat(refused.err()).contains("priority", "nothing was changed");
        assertThat(shell.run("credential", "list", "--json").json().items("credentials"))
                .isEmpty();
    }

    @Test
    void a_dry_run_changes_nothing_and_asks_nothing() {
        Shell.Ran planned = shell.typing(SECRET).run("provider", "add", "groq", "--dry-run");
        assertThat(planned.out()).contains("would become version 1");
        assertThat(shell.run("config", "show", "--json").json().whole("version"))
                .isZero();
        assertThat(shell.run("credential", "list", "--json").json().items("credentials"))
                .isEmpty();
    }

    @Test
    void names_the_secret_of_the_environment() {
        shell.run("provider", "add", "groq", "--credential-env", "GROQ_API_KEY");
        assertThat(provider("groq").field("credential"))
                .isEqualTo(Json.object().put("env", "GROQ_API_KEY").build());
    }

    @Test
    void fills_the_presets_variables_and_names_the_one_that_lacks() {
        Shell.Ran lacking = shell.run("provider", "add", "azure");
        assertThat(lacking.exit()).isEqualTo(2);
        assertThat(lacking.err()).contains("--set resource=...: the resource's name");
        assertThat(shell.run("provider", "add", "azure", "--set", "resorce=x").err())
                .contains("no variable resorce; did you mean resource");
        assertThat(shell.run("provider", "add", "azure", "--set", "resource=mine")
                        .exit())
                .isZero();
        assertThat(Objects.requireNonNull(provider("azure").object("endpoints")).text("openai-chat"))
                .isEqualTo("https://mine.openai.azure.com/openai/v1");
    }

    @Test
    void vertex_wants_a_key_file_and_its_region_is_in_the_host() throws IOException {
        FakeServiceAccount account = FakeServiceAccount.create();
        Path file = Files.writeString(home.resolve("key.json"), account.keyFile());
        Shell.Ran added = shell.run(
                "provider",
                "add",
                "vertex",
                "--set",
                "project=p",
                "--set",
                "location=europe-west4",
                "--credential-file",
                file.toString());
        assertThat(added.exit()).as(added.err()).isZero();
        assertThat(added.err()).doesNotContain("no credential");
        assertThat(provider("vertex").object("auth"))
                .isEqualTo(Json.object().put("type", "google-service-account").build());
        assertThat(endpoint("vertex", "gemini"))
                .isEqualTo(
                        "https://europe-west4-aiplatform.googleapis.com/v1/projects/p/locations/europe-west4/publishers/google");

        Shell.Ran claude = shell.run(
                "provider",
                "add",
                "vertex-claude",
                "--set",
                "project=p",
                "--set",
                "location=global",
                "--credential",
                "vertex");
        assertThat(claude.exit()).as(claude.err()).isZero();
        assertThat(claude.err()).doesNotContain("no credential");
        assertThat(endpoint("vertex-claude", "anthropic"))
                .isEqualTo("https://aiplatform.googleapis.com/v1/projects/p/locations/global/publishers/anthropic");
        assertThat(shell.run("config", "show").out())
                .doesNotContain("private_key", account.base64().substring(0, 20));
    }

    private String endpoint(String provider, String dialect) {
        return Objects.requireNonNull(provider(provider).object("endpoints")).text(dialect, "");
    }

    @Test
    void at_a_terminal_the_path_of_a_key_file_is_asked_for() throws IOException {
        Path file = Files.writeString(
                home.resolve("key.json"), FakeServiceAccount.create().keyFile());
        String[] words = {"provider", "add", "vertex", "--set", "project=p", "--set", "location=global"};

        Shell.Ran wrong = shell.typing("/no/such/file").run(words);
        assertThat(wrong.exit()).isEqualTo(2);
        assertThat(wrong.err()).contains("there is no file /no/such/file");
        Shell.Ran added = shell.typing(" ~/" + file.getFileName() + " ").run(words);

        assertThat(added.exit()).as(added.err()).isZero();
        assertThat(shell.run("provider", "list", "--json").out()).contains("\"credentialIsSet\":true");
    }

    @Test
    void a_key_in_the_place_of_a_key_file_is_refused_and_nothing_added() {
        Shell.Ran refused = shell.runWith(
                SECRET,
                "provider",
                "add",
                "vertex",
                "--set",
                "project=p",
                "--set",
                "location=global",
                "--credential-stdin");

        assertThat(refused.exit()).isEqualTo(2);
        assertThat(refused.err())
                .contains("no key file of a Google service account")
                .doesNotContain(SECRET);
        assertThat(shell.run("config", "show", "--json").json().whole("version"))
                .isZero();
        Shell.Ran twice =
                shell.runWith(SECRET, "provider", "add", "groq", "--credential-stdin", "--credential-file", "x");
        assertThat(twice.err()).contains("give one");
    }

    @Test
    void a_second_account_of_a_preset_has_a_name_of_its_own() {
        shell.run("provider", "add", "groq");
        assertThat(shell.run("provider", "add", "groq-work", "--preset", "groq").exit())
                .isZero();
        assertThat(provider("groq-work").text("name")).isEqualTo("Groq (groq-work)");
        assertThat(provider("groq-work").text("credential")).isEqualTo("groq-work");
    }

    @Test
    void adds_one_that_no_preset_knows_by_its_urls() {
        Shell.Ran added = shell.run(
                "provider",
                "add",
                "desk",
                "--url",
                "openai-chat=http://127.0.0.1:9999/v1",
                "--allow-private-network",
                "--model",
                "m",
                "--header",
                "X-Title=sluice",
                "--auth",
                "header:x-key:Token");
        assertThat(added.exit()).as(added.err()).isZero();
        assertThat(provider("desk").has("credential")).isFalse();
        assertThat(provider("desk").object("auth"))
                .isEqualTo(Json.object()
                        .put("type", "header")
                        .put("headerName", "x-key")
                        .put("prefix", "Token")
                        .build());
    }

    @Test
    void an_unknown_preset_dialect_or_scheme_names_the_nearest() {
        assertThat(shell.run("provider", "add", "opnrouter").err()).contains("did you mean openrouter", "--url");
        assertThat(shell.run("provider", "add", "a", "--preset", "grok").err()).contains("did you mean groq");
        assertThat(shell.run("provider", "add", "a", "--url", "openai=https://a.example")
                        .err())
                .contains("openai is no dialect; did you mean openai-chat");
        assertThat(shell.run("provider", "add", "groq", "--auth", "barer").err())
                .contains("did you mean bearer");
        assertThat(shell.run("provider", "edit", "nobody", "--name", "x").err()).contains("there is none yet");
    }

    @Test
    void what_is_there_already_is_not_added_twice() {
        shell.run("provider", "add", "groq");
        Shell.Ran again = shell.run("provider", "add", "groq");
        assertThat(again.exit()).isEqualTo(2);
        assertThat(again.err()).contains("sluice provider edit groq");
    }

    @Test
    void an_edit_leaves_all_else_as_it_was_written() throws IOException {
        Path file = home.resolve("c.json");
        Files.writeString(file, """
                {"strict": true, "version": 1,
                 "providers": [{"models": ["*", {"maxOutputTokens": 64000, "id": "m"}], "id": "groq",
                                "endpoints": {"openai-chat": "https://api.groq.com/openai/v1"}}],
                 "retries": {"attempts": 2}}
                """);
        shell.run("config", "apply", file.toString());
        String before = shell.run("config", "show").out();
        assertThat(shell.run("provider", "edit", "groq", "--priority", "3").out())
                .contains("+  providers[groq].priority  -       3", "version 2 is in force");
        String after = shell.run("config", "show").out();
        assertThat(after.replace(",\n      \"priority\": 3", "")).isEqualTo(before);
    }

    @Test
    void an_edit_takes_away_what_it_is_told_to() {
        shell.run("provider", "add", "openrouter", "--header", "X-A=1");
        assertThat(shell.run("provider", "edit", "openrouter", "--remove-url", "anthropic", "--remove-header", "X-A")
                        .exit())
                .isZero();
        shell.run("provider", "edit", "openrouter", "--no-credential", "--disable");
        Json.Obj left = provider("openrouter");
        assertThat(Objects.requireNonNull(left.object("endpoints")).has("anthropic"))
                .isFalse();
        assertThat(left.has("headers")).isFalse();
        assertThat(left.has("credential")).isFalse();
        assertThat(left.field("enabled")).isEqualTo(Json.FALSE);
        assertThat(shell.run("provider", "list").out()).contains("disabled");
        shell.run("provider", "edit", "openrouter", "--enable");
        assertThat(provider("openrouter").has("enabled")).isFalse();
        assertThat(shell.run("provider", "edit", "openrouter", "--remove-header", "Y")
                        .exit())
                .isEqualTo(2);
    }

    @Test
    void an_edit_that_says_the_same_is_no_new_version() {
        shell.run("provider", "add", "groq");
        assertThat(shell.run("provider", "edit", "groq").out()).contains("version 1 says the same already");
    }

    @Test
    void what_is_referred_to_stays_unless_that_goes_as_well() {
        shell.run("provider", "add", "groq", "--model", "m");
        shell.run("alias", "add", "coding", "--target", "groq/m");
        shell.run("model", "default", "coding");
        Shell.Ran refused = shell.run("provider", "remove", "groq");
        assertThat(refused.exit()).isEqualTo(2);
        assertThat(refused.err()).contains("alias coding: groq/m", "defaultModel: coding", "--cascade");
        assertThat(shell.run("provider", "remove", "groq", "--cascade", "--dry-run")
                        .out())
                .contains("modelAliases.coding", "would become version 4");
        assertThat(shell.run("provider", "remove", "groq", "--cascade").out()).contains("version 4 is in force");
        assertThat(document().items("providers")).isEmpty();
        assertThat(shell.run("provider", "remove", "groq").exit()).isEqualTo(2);
    }

    @Test
    void who_comes_second_is_told_what_changed() {
        shell.run("provider", "add", "groq");
        shell.run("provider", "edit", "groq", "--priority", "5");
        Shell.Ran late = shell.run("provider", "edit", "groq", "--priority", "9", "--if-version", "1");
        assertThat(late.exit()).isEqualTo(1);
        assertThat(late.err()).contains("providers[groq].priority", "conflict: version 2 is in force, not 1");
        Json.Obj json = shell.run("provider", "edit", "groq", "--disable", "--if-version", "1", "--json")
                .json();
        assertThat(json.text("result")).isEqualTo("conflict");
        assertThat(json.items("changes")).hasSize(1);
    }

    @Test
    void the_history_says_which_command_it_was() {
        shell.run("provider", "add", "groq");
        assertThat(shell.run("config", "history").out()).contains("ada (provider add groq)");
    }

    @Test
    void every_list_is_json_when_it_was_asked_for() {
        shell.run("provider", "add", "groq", "--model", "m");
        Json.Obj listed = (Json.Obj) shell.run("provider", "list", "--json")
                .json()
                .items("providers")
                .getFirst();
        assertThat(listed.text("id")).isEqualTo("groq");
        assertThat(listed.isTrue("credentialIsSet")).isFalse();
        assertThat(shell.run("provider", "presets", "--json").json().items("presets"))
                .hasSizeGreaterThan(24);
        assertThat(shell.run("provider", "presets", "groq", "--json").json().text("credentialVariable"))
                .isEqualTo("GROQ_API_KEY");
    }

    @Test
    void a_preset_tells_all_that_is_known_of_it() {
        assertThat(shell.run("provider", "presets").out()).contains("PRESET", "openrouter", "--set resource");
        assertThat(shell.run("provider", "presets", "qwen").out())
                .contains("--set workspace=...", "document  https://", "not tried with a real account");
        assertThat(shell.run("provider", "presets", "qwn").err()).contains("did you mean qwen");
    }
}
