package dev.sluice.cli.guide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cli.Shell;
import dev.sluice.cli.terminal.Key;
import dev.sluice.cli.terminal.Key.Named;
import dev.sluice.cli.tool.FakeGateway;
import dev.sluice.cli.tool.Tree;
import dev.sluice.model.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What is there is changed and removed in the guide as the commands do it.
class GuidedChangesTest {
    /// Each change, with the command that does the same.
    enum Change {
        PROVIDER_OFF("provider edit desk --disable"),
        PROVIDER_URL("provider edit desk --url openai-chat=https://other.example.com/v1"),
        PROVIDER_CREDENTIAL("provider edit desk --credential other"),
        PROVIDER_PRIORITY("provider edit desk --priority 7"),
        PROVIDER_GONE("provider remove desk --cascade"),
        MODEL_FIRST("model default desk/one"),
        MODEL_OFF("model edit desk/one --disable"),
        MODEL_CONTEXT("model edit desk/one --context 4096"),
        MODEL_OUTPUT("model edit desk/one --max-output 512"),
        MODEL_PRICE_IN("model edit desk/one --price input=0.25"),
        MODEL_PRICE_OUT("model edit desk/one --price output=3"),
        MODEL_GONE("model remove desk/one --cascade"),
        LIMIT_AMOUNT("limit edit desk month --tokens 900"),
        LIMIT_WINDOW("limit edit desk month --window 2w"),
        LIMIT_GONE("limit remove desk month"),
        ALIAS_GONE("alias remove old --cascade"),
        NO_DEFAULT("model default --none");

        private final String command;

        Change(String command) {
            this.command = command;
        }
    }

    /// From the first screen to the review.
    private static List<Key> keys(Change change) {
        Typing typing = switch (change) {
            case PROVIDER_OFF -> provider(0);
            case PROVIDER_URL -> provider(1).instead("https://other.example.com/v1");
            case PROVIDER_CREDENTIAL -> provider(2).instead("other");
            case PROVIDER_PRIORITY -> provider(3).entered("7");
            case PROVIDER_GONE -> provider(4);
            case MODEL_FIRST -> model(0);
            case MODEL_OFF -> model(1);
            case MODEL_CONTEXT -> model(2).entered("4096");
            case MODEL_OUTPUT -> model(3).entered("512");
            case MODEL_PRICE_IN -> model(4).entered("0.25");
            case MODEL_PRICE_OUT -> model(5).entered("3");
            case MODEL_GONE -> model(6);
            case LIMIT_AMOUNT -> limit(0).instead("900");
            case LIMIT_WINDOW -> limit(1).entered("2w");
            case LIMIT_GONE -> limit(2);
            case ALIAS_GONE -> menu(3).down(2).enter().entered("old");
            case NO_DEFAULT -> menu(3).down(1).enter().entered("None");
        };
        return typing.keys();
    }

    private static Typing menu(int place) {
        return new Typing().down(place).enter();
    }

    private static Typing provider(int way) {
        return menu(1).entered("desk").down(way).enter();
    }

    private static Typing model(int way) {
        return menu(2).entered("desk").entered("Change one").down(way).enter();
    }

    private static Typing limit(int way) {
        return menu(4).entered("desk").entered("Change month").down(way).enter();
    }

    @TempDir
    private Path home;

    @TempDir
    private Path other;

    private Visit visit;

    @BeforeEach
    void configure_a_home() {
        visit = new Visit(home);
        configure(visit.shell());
    }

    private static void configure(Shell shell) {
        for (String line : List.of(
                "provider add desk --url openai-chat=https://desk.example.com/v1 --model one --model two"
                        + " --credential-stdin",
                "alias add old --target desk/one",
                "model default old",
                "limit add desk --window month --tokens 5000",
                "key create ci --models desk/one --limit requests=7/day")) {
            assertThat(run(shell, line).exit()).as(line).isZero();
        }
    }

    private static Shell.Ran run(Shell shell, String line) {
        return shell.runWith("a-secret-of-the-desk", line.split(" "));
    }

    private ScriptedStage played(List<Key> keys, Key last) {
        ScriptedStage stage = new ScriptedStage(keys, last);
        new Guide(stage, visit.desk()).run();
        return stage;
    }

    private ScriptedStage done(Change change) {
        List<Key> all = new ArrayList<>(keys(change));
        all.add(new Key.Typed("s"));
        ScriptedStage stage = played(all, Named.INTERRUPT);
        assertThat(stage.left()).isZero();
        return stage;
    }

    private static Json.Obj document(Shell shell) {
        Json.Obj document = shell.run("config", "show", "--json").json().object("document");
        assertThat(document).isNotNull();
        return document;
    }

    @ParameterizedTest
    @EnumSource
    void what_the_guide_saves_is_what_its_command_writes(Change change) {
        Shell twin = new Shell(other);
        configure(twin);
        assertThat(run(twin, change.command).exit()).isZero();
        Json.Obj before = document(visit.shell());

        ScriptedStage stage = done(change);

        assertThat(stage.titled("Review").replaceAll("\\s+", " ")).contains("sluice " + change.command);
        assertThat(stage.titled("Done")).contains("version 5 is in force");
        assertThat(document(visit.shell())).isEqualTo(document(twin)).isNotEqualTo(before);
    }

    @ParameterizedTest
    @EnumSource
    void left_at_any_step_it_leaves_everything_as_it_is_to_the_byte(Change change) throws IOException {
        Map<String, String> before = Tree.of(home);
        List<Key> all = keys(change);
        for (int pressed = 0; pressed <= all.size(); pressed++) {
            for (Key last : List.of(Named.INTERRUPT, Named.ESCAPE)) {
                assertThat(played(all.subList(0, pressed), last).left()).isZero();
                assertThat(Tree.of(home))
                        .as(change + " after " + pressed + " keys, " + last)
                        .isEqualTo(before);
            }
        }
    }

    @Test
    void what_a_removed_provider_leaves_behind_is_told_in_the_review() throws IOException {
        try (FakeGateway gateway = new FakeGateway()) {
            visit.with("SLUICE_URL", gateway.url()).with("SLUICE_MASTER_KEY", FakeGateway.KEY);
            assertThat(run(visit.shell(), "tool setup codex --yes --model desk/one")
                            .exit())
                    .isZero();
            String review =
                    played(keys(Change.PROVIDER_GONE), Named.INTERRUPT).all().replaceAll("\\s+", " ");
            assertThat(review)
                    .contains("Goes with it: alias old: desk/one")
                    .contains("Goes with it: defaultModel: old")
                    .contains("Codex is set up with desk/one: sluice tool setup codex")
                    .contains("The key ci may use desk/one and nothing else")
                    .contains("The credential desk stays kept, and no provider uses it");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"PROVIDER_GONE", "NO_DEFAULT"})
    void a_tool_that_asks_for_the_default_model_is_told_when_there_is_none_any_more(Change change) throws IOException {
        try (FakeGateway gateway = new FakeGateway()) {
            visit.with("SLUICE_URL", gateway.url()).with("SLUICE_MASTER_KEY", FakeGateway.KEY);
            assertThat(run(visit.shell(), "tool setup codex --yes").exit()).isZero();
            assertThat(played(keys(change), Named.INTERRUPT).all().replaceAll("\\s+", " "))
                    .contains("Codex is set up with smart: sluice tool setup codex");
        }
    }

    @Test
    void a_command_that_failed_is_not_among_those_that_do_the_same() {
        List<Key> keys = menu(6).enter().entered("ci").text("y").enter().keys();
        ScriptedStage stage = new ScriptedStage(keys, Named.INTERRUPT);
        List<String> lines = new Guide(stage, visit.desk()).run();
        assertThat(stage.titled("The new key: copy it now")).contains("ci");
        assertThat(lines).isEmpty();
    }

    @Test
    void what_changed_in_between_is_told_and_the_change_is_offered_on_top_of_it() {
        List<Key> keys = new ArrayList<>(keys(Change.PROVIDER_PRIORITY));
        keys.add(new Key.Typed("s"));
        keys.add(new Key.Typed("s"));
        ScriptedStage stage = new ScriptedStage(keys, Named.INTERRUPT)
                .meanwhile("Review", () -> visit.shell().run("provider", "edit", "desk", "--name", "Theirs"));
        new Guide(stage, visit.desk()).run();
        assertThat(stage.all()).contains("Not saved: version 5 came in between");
        assertThat(document(visit.shell()).toString()).contains("Theirs", "priority");
    }

    @Test
    void a_value_that_does_not_fit_is_told_while_it_is_typed() {
        assertThat(played(model(2).entered("many").keys(), Named.INTERRUPT).last())
                .contains("! ", "contextWindow");
        assertThat(played(limit(1).entered("3 moons").keys(), Named.INTERRUPT).last())
                .contains("! write");
    }

    @Test
    void a_key_is_revoked_behind_a_review_that_says_what_ends_with_it() {
        Typing typing = menu(6).down(2).enter().entered("ci");
        ScriptedStage looked = played(typing.keys(), Named.INTERRUPT);
        assertThat(looked.last()).contains("The key ci is revoked", "requests=7/day", "sluice key revoke ci");
        assertThat(visit.shell().run("key", "list").out()).contains("valid");

        ScriptedStage stage = played(typing.text("y").keys(), Named.INTERRUPT);

        assertThat(stage.left()).isZero();
        assertThat(visit.shell().run("key", "list").out()).contains("revoked");
        assertThat(played(menu(6).down(2).enter().keys(), Named.INTERRUPT).last())
                .contains("There is no key to revoke");
    }
}
