package dev.sluice.cli.guide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cli.Shell;
import dev.sluice.cli.provider.ScriptedProvider;
import dev.sluice.cli.terminal.Key;
import dev.sluice.cli.terminal.Key.Named;
import dev.sluice.cli.tool.Tree;
import dev.sluice.model.Json;
import dev.sluice.testkit.FakeServiceAccount;
import dev.sluice.testkit.http.ScriptedServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProviderWizardTest {
    @TempDir
    private Path home;

    @TempDir
    private Path other;

    /// From the first screen to the review, without what is pressed there.
    private static Typing toReview(ScriptedServer server) {
        return new Typing()
                .enter() // Add a provider
                .entered("another")
                .enter() // openai-chat
                .entered("http://127.0.0.1:" + server.port() + "/v1")
                .enter() // on this machine
                .instead("desk")
                .press(Named.HOME)
                .enter() // the secret is typed now
                .paste(ScriptedProvider.SECRET + "\n")
                .enter()
                .text("  ")
                .enter() // both models
                .text("y")
                .enter() // tried, and good
                .enter() // an alias over both
                .enter() // called coding
                .down(3)
                .enter() // a month
                .enter() // requests
                .entered("1000");
    }

    private static ScriptedStage played(Visit visit, List<Key> keys, Key last) {
        ScriptedStage stage = new ScriptedStage(keys, last);
        new Guide(stage, visit.desk()).run();
        return stage;
    }

    private static Json.Obj document(Shell shell) {
        Json.Obj document = shell.run("config", "show", "--json").json().object("document");
        assertThat(document).isNotNull();
        return document;
    }

    @Test
    void from_nothing_to_a_provider_with_models_alias_default_and_limit_in_one_version() throws IOException {
        try (ScriptedServer server = ScriptedProvider.well()) {
            Visit visit = new Visit(home);
            ScriptedStage stage = played(visit, toReview(server).text("s").keys(), Named.INTERRUPT);
            assertThat(stage.left()).isZero();
            assertThat(stage.titled("It works")).contains("stream", "m1", "called, with arguments");
            assertThat(stage.titled("Review"))
                    .contains("This becomes version 1", "+ providers", "+ modelAliases", "credential desk");
            assertThat(stage.titled("Done")).contains("version 1 is in force", "sluice provider add desk");
            assertThat(stage.all()).doesNotContain(ScriptedProvider.SECRET);
            Json.Obj document = document(visit.shell());
            assertThat(document.text("defaultModel")).isEqualTo("coding");
            assertThat(document.toString()).contains("m1", "m2", "month").doesNotContain(ScriptedProvider.SECRET);
            assertThat(visit.shell().run("config", "history", "--json").json().items("versions"))
                    .hasSize(1);
            assertThat(visit.shell().run("provider", "test", "desk").exit()).isZero();
        }
    }

    @Test
    void the_commands_that_it_prints_do_the_same() throws IOException {
        try (ScriptedServer server = ScriptedProvider.well()) {
            Visit visit = new Visit(home);
            ScriptedStage stage = new ScriptedStage(toReview(server).text("s").keys(), Named.INTERRUPT);
            List<String> lines = new Guide(stage, visit.desk()).run();
            assertThat(lines)
                    .hasSize(5)
                    .allSatisfy(line -> assertThat(line).startsWith("sluice ").doesNotContain(ScriptedProvider.SECRET));
            Shell shell = new Shell(other);
            assertThat(shell.runWith(ScriptedProvider.SECRET, "credential", "set", "desk")
                            .exit())
                    .isZero();
            for (String line : lines) {
                List<String> words = new ArrayList<>(List.of(line.split(" ")));
                Shell.Ran ran = shell.run(words.subList(1, words.size()).toArray(String[]::new));
                assertThat(ran.exit()).as(line + ran.err()).isZero();
            }
            assertThat(document(shell)).isEqualTo(document(visit.shell()));
        }
    }

    @Test
    void left_at_any_step_it_leaves_no_trace() throws IOException {
        try (ScriptedServer server = ScriptedProvider.well()) {
            Visit visit = new Visit(home);
            assertThat(leftEverywhere(visit, toReview(server).keys())).isTrue();
            assertThat(visit.folder()).doesNotExist();
        }
    }

    @Test
    void left_at_any_step_it_leaves_what_is_there_as_it_is_to_the_byte() throws IOException {
        try (ScriptedServer server = ScriptedProvider.well()) {
            Visit visit = new Visit(home);
            visit.shell().runWith("a-secret-of-groq-0123", "provider", "add", "groq", "--credential-stdin");
            assertThat(leftEverywhere(visit, toReview(server).keys())).isTrue();
        }
    }

    private boolean leftEverywhere(Visit visit, List<Key> keys) throws IOException {
        Map<String, String> before = Tree.of(home);
        for (int pressed = 0; pressed <= keys.size(); pressed++) {
            boolean isWithin = pressed < keys.size() && keys.get(pressed) instanceof Key.Typed;
            if (isWithin) {
                continue; // the same step as with all of its letters
            }
            for (Key last : List.of(Named.INTERRUPT, Named.ESCAPE)) {
                ScriptedStage stage = played(visit, keys.subList(0, pressed), last);
                assertThat(stage.all()).doesNotContain(ScriptedProvider.SECRET);
                assertThat(Tree.of(home))
                        .as("after " + pressed + " keys and " + last)
                        .isEqualTo(before);
            }
        }
        return true;
    }

    @Test
    void somebody_else_was_faster_and_the_work_goes_on_top_of_theirs() throws IOException {
        try (ScriptedServer server = ScriptedProvider.well()) {
            Visit visit = new Visit(home);
            ScriptedStage stage = new ScriptedStage(toReview(server).text("ss").keys(), Named.INTERRUPT)
                    .meanwhile("Review", () -> visit.shell().run("provider", "add", "groq"));
            new Guide(stage, visit.desk()).run();
            assertThat(stage.all()).contains("Not saved: version 1 came in between, by ada", "This becomes version 2");
            assertThat(stage.titled("Done")).contains("version 2 is in force");
            assertThat(visit.shell().run("provider", "list").out()).contains("groq", "desk");
        }
    }

    @Test
    void a_secret_is_taken_out_again_when_the_version_was_not_written() throws IOException {
        try (ScriptedServer server = ScriptedProvider.well()) {
            Visit visit = new Visit(home);
            ScriptedStage stage = new ScriptedStage(toReview(server).text("s").keys(), Named.INTERRUPT)
                    .meanwhile("Review", () -> visit.shell().run("provider", "add", "groq"));
            new Guide(stage, visit.desk()).run();
            assertThat(visit.shell().run("provider", "list").out()).doesNotContain("desk");
            assertThat(visit.shell().run("credential", "list", "--json").json().items("credentials"))
                    .isEmpty();
        }
    }

    @Test
    void a_name_that_somebody_took_meanwhile_is_told_and_another_is_asked_for() throws IOException {
        try (ScriptedServer server = ScriptedProvider.well()) {
            Visit visit = new Visit(home);
            ScriptedStage stage = new ScriptedStage(toReview(server).text("s").keys(), Named.INTERRUPT)
                    .meanwhile("Review", () -> visit.shell().run("provider", "add", "desk", "--preset", "llama-cpp"));
            new Guide(stage, visit.desk()).run();
            assertThat(stage.titled("This cannot be saved")).contains("there is a provider desk already");
        }
    }

    @Test
    void a_wrong_secret_is_told_before_anything_is_saved() throws IOException {
        try (ScriptedServer server = ScriptedProvider.well()) {
            Visit visit = new Visit(home);
            List<Key> keys = new Typing()
                    .enter()
                    .entered("another")
                    .enter()
                    .entered("http://127.0.0.1:" + server.port() + "/v1")
                    .enter()
                    .instead("desk")
                    .press(Named.HOME)
                    .enter()
                    .paste("some-other-secret-000")
                    .enter()
                    .keys();
            ScriptedStage stage = played(visit, keys, Named.INTERRUPT);
            assertThat(stage.titled("No list of models")).contains("refuses", "401", "Change what was said");
            assertThat(Files.exists(visit.folder())).isFalse();
        }
    }

    @Test
    void every_preset_leads_to_its_name_and_wants_what_it_wants() {
        ScriptedStage stage = played(
                new Visit(home),
                new Typing().enter().entered("vertex").entered("my-project").keys(),
                Named.INTERRUPT);
        assertThat(stage.titled("Google Vertex AI")).contains("location");
        ScriptedStage local =
                played(new Visit(home), new Typing().enter().entered("vllm").keys(), Named.INTERRUPT);
        assertThat(local.titled("vLLM")).contains("Address: localhost:8000_");
    }

    @Test
    void vertex_takes_a_pasted_key_file_and_nothing_else() {
        FakeServiceAccount account = FakeServiceAccount.create();
        Typing until = new Typing()
                .enter()
                .entered("vertex")
                .instead("my-project")
                .instead("global")
                .instead("vertex")
                .enter();
        ScriptedStage stage =
                played(new Visit(home), until.paste("sk-of-something").enter().keys(), Named.INTERRUPT);
        assertThat(stage.titled("The secret of vertex"))
                .contains("All of the key file", "no key file of a Google service account");

        ScriptedStage whole = played(
                new Visit(home),
                new Typing()
                        .enter()
                        .entered("vertex")
                        .instead("my-project")
                        .instead("global")
                        .instead("vertex")
                        .enter()
                        .paste(account.keyFile())
                        .keys(),
                Named.INTERRUPT);
        assertThat(whole.all()).contains("Paste the key file now").doesNotContain("private_key");
    }

    @Test
    void nothing_typed_goes_on_where_something_is_wrong() {
        ScriptedStage stage = played(
                new Visit(home),
                new Typing().enter().entered("groq").instead("No Such Name").keys(),
                Named.INTERRUPT);
        assertThat(stage.titled("Groq")).contains("! ", "lower-case letters");
    }
}
