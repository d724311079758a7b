package dev.sluice.cli.guide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cli.Shell;
import dev.sluice.cli.terminal.Key;
import dev.sluice.cli.terminal.Key.Named;
import dev.sluice.cli.tool.FakeGateway;
import dev.sluice.cli.tool.Tree;
import dev.sluice.model.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WizardsTest {
    private static final String SECRET = "a-secret-of-groq-0123";

    /// Each wizard.
    enum Way {
        ALIAS,
        DEFAULT,
        REMOVE_ALIAS,
        LIMIT,
        OTHER_LIMIT,
        TOOL,
        KEY,
        CREDENTIAL
    }

    /// From the first screen to the review.
    private static List<Key> keys(Way way) {
        Typing typing = switch (way) {
            case ALIAS -> menu(3).enter().entered("fast").text("  ").enter().enter();
            case DEFAULT -> menu(3).down(1).enter().entered("two");
            case REMOVE_ALIAS -> menu(3).down(2).enter().entered("old");
            case LIMIT ->
                menu(4).entered("groq").down(2).enter().down(1).enter().entered("5000");
            case OTHER_LIMIT ->
                menu(4).entered("groq")
                        .down(3)
                        .enter()
                        .entered("2w")
                        .down(2)
                        .enter()
                        .entered("12.50");
            case TOOL -> menu(5).entered("codex").entered("one");
            case KEY -> menu(6).enter().entered("ci");
            case CREDENTIAL ->
                menu(7).entered("new")
                        .entered("mine")
                        .paste("another-secret-of-mine")
                        .enter();
        };
        return typing.keys();
    }

    private static Typing menu(int place) {
        return new Typing().down(place).enter();
    }

    /// What is pressed there.
    private static String agreed(Way way) {
        return switch (way) {
            case ALIAS, DEFAULT, REMOVE_ALIAS, LIMIT, OTHER_LIMIT -> "s";
            case TOOL -> "w";
            case KEY, CREDENTIAL -> "y";
        };
    }

    @TempDir
    private Path home;

    private Visit visit;

    @BeforeEach
    void configure_a_home() {
        visit = new Visit(home);
        Shell shell = visit.shell();
        assertThat(shell.runWith(
                                SECRET,
                                "provider",
                                "add",
                                "groq",
                                "--model",
                                "one",
                                "--model",
                                "two",
                                "--credential-stdin")
                        .exit())
                .isZero();
        assertThat(shell.run("alias", "add", "old", "--target", "groq/one").exit())
                .isZero();
    }

    private ScriptedStage played(List<Key> keys, Key last) {
        ScriptedStage stage = new ScriptedStage(keys, last);
        new Guide(stage, visit.desk()).run();
        return stage;
    }

    private ScriptedStage done(Way way) {
        List<Key> all = new ArrayList<>(keys(way));
        all.add(new Key.Typed(agreed(way)));
        ScriptedStage stage = played(all, Named.INTERRUPT);
        assertThat(stage.left()).isZero();
        assertThat(stage.all()).doesNotContain(SECRET, "another-secret-of-mine", FakeGateway.KEY);
        return stage;
    }

    private Json.Obj document() {
        Json.Obj document = visit.shell().run("config", "show", "--json").json().object("document");
        assertThat(document).isNotNull();
        return document;
    }

    @ParameterizedTest
    @EnumSource
    void left_at_any_step_a_wizard_leaves_everything_as_it_is_to_the_byte(Way way) throws IOException {
        try (FakeGateway gateway = new FakeGateway()) {
            visit.with("SLUICE_URL", gateway.url()).with("SLUICE_MASTER_KEY", FakeGateway.KEY);
            Map<String, String> before = Tree.of(home);
            List<Key> all = keys(way);
            for (int pressed = 0; pressed <= all.size(); pressed++) {
                for (Key last : List.of(Named.INTERRUPT, Named.ESCAPE)) {
                    ScriptedStage stage = played(all.subList(0, pressed), last);
                    assertThat(stage.left()).isZero();
                    assertThat(Tree.of(home))
                            .as(way + " after " + pressed + " keys, " + last)
                            .isEqualTo(before);
                }
            }
        }
    }

    @Test
    void an_alias_is_one_name_for_what_was_marked() {
        ScriptedStage stage = done(Way.ALIAS);
        assertThat(stage.titled("Review")).contains("+ modelAliases", "sluice alias add fast");
        assertThat(stage.titled("Done")).contains("version 3 is in force");
        assertThat(visit.shell().run("alias", "list").out()).contains("fast", "auto");
    }

    @Test
    void the_default_model_is_one_of_those_that_are_named() {
        done(Way.DEFAULT);
        assertThat(document().text("defaultModel")).isEqualTo("groq/two");
    }

    @Test
    void an_alias_is_removed() {
        done(Way.REMOVE_ALIAS);
        assertThat(document().toString()).doesNotContain("old");
    }

    @Test
    void a_limit_is_a_window_and_a_cap() {
        ScriptedStage stage = done(Way.LIMIT);
        assertThat(stage.titled("Done")).contains("sluice limit add groq --window month --tokens 5000");
        assertThat(visit.shell().run("limit", "list").out()).contains("month", "5000");
    }

    @Test
    void a_limit_in_dollars_over_a_window_of_ones_own() {
        done(Way.OTHER_LIMIT);
        assertThat(visit.shell().run("limit", "list").out()).contains("12.50", "2-week");
    }

    @Test
    void a_limit_that_is_there_already_is_told_while_it_is_typed() {
        visit.shell().run("limit", "add", "groq", "--window", "month", "--tokens", "1");
        List<Key> another = menu(4).entered("groq")
                .entered("Add")
                .down(2)
                .enter()
                .down(1)
                .enter()
                .entered("5000")
                .keys();
        assertThat(played(another, Named.INTERRUPT).all()).contains("there is a limit month");
    }

    @Test
    void a_tool_is_set_up_behind_its_diff_and_its_gate_and_put_back() throws IOException {
        try (FakeGateway gateway = new FakeGateway()) {
            visit.with("SLUICE_URL", gateway.url()).with("SLUICE_MASTER_KEY", FakeGateway.KEY);
            ScriptedStage stage = done(Way.TOOL);
            assertThat(stage.titled("Review")).contains(".codex/config.toml", "+model = \"groq/one\"", "(the key)");
            assertThat(stage.titled("Done")).contains("Codex is set up", "sluice tool setup codex --model groq/one");
            assertThat(gateway.requests()).hasSize(1);
            assertThat(home.resolve(".codex/config.toml")).exists();
            ScriptedStage undone = played(
                    new Typing()
                            .down(5)
                            .enter()
                            .down(1)
                            .enter()
                            .text(" ")
                            .enter()
                            .text("w")
                            .keys(),
                    Named.INTERRUPT);
            assertThat(undone.titled("Done")).contains("sluice tool undo codex");
            assertThat(home.resolve(".codex")).doesNotExist();
        }
    }

    @Test
    void a_gate_that_refuses_is_told_and_nothing_is_written() throws IOException {
        try (FakeGateway gateway = new FakeGateway().refusing(429, "the monthly cap is used up")) {
            visit.with("SLUICE_URL", gateway.url()).with("SLUICE_MASTER_KEY", FakeGateway.KEY);
            Map<String, String> before = Tree.of(home);
            ScriptedStage stage = done(Way.TOOL);
            assertThat(stage.titled("Not everything was written")).contains("429", "the monthly cap is");
            assertThat(Tree.of(home)).isEqualTo(before);
        }
    }

    @Test
    void a_key_that_is_typed_is_never_shown() throws IOException {
        try (FakeGateway gateway = new FakeGateway()) {
            visit.with("SLUICE_URL", gateway.url());
            ScriptedStage stage = played(
                    new Typing()
                            .down(5)
                            .enter()
                            .entered("codex")
                            .paste(FakeGateway.KEY)
                            .enter()
                            .entered("one")
                            .text("w")
                            .keys(),
                    Named.INTERRUPT);
            assertThat(stage.titled("Done")).contains("Codex is set up");
            assertThat(stage.all()).doesNotContain(FakeGateway.KEY);
        }
    }

    @Test
    void without_a_gateway_no_tool_is_set_up_and_it_says_how_to_start_one() {
        ScriptedStage stage = played(new Typing().down(5).enter().keys(), Named.INTERRUPT);
        assertThat(stage.titled("No gateway is running here")).contains("./sluice start");
    }

    @Test
    void a_key_is_made_and_shown_once() {
        assertThat(done(Way.KEY).titled("The new key: copy it now")).contains("ci is created", "slc_");
        assertThat(visit.shell().run("key", "list").out()).contains("ci");
    }

    @Test
    void a_credential_is_set_and_forgotten() throws IOException {
        done(Way.CREDENTIAL);
        assertThat(visit.shell().run("credential", "list").out()).contains("mine");
        assertThat(Files.readString(visit.folder().resolve("credentials.json"))).doesNotContain("another-secret");
        played(
                new Typing()
                        .down(7)
                        .enter()
                        .entered("mine")
                        .down(1)
                        .enter()
                        .text("y")
                        .keys(),
                Named.INTERRUPT);
        assertThat(visit.shell().run("credential", "list").out()).doesNotContain("mine");
    }

    @Test
    void the_first_screen_says_what_is_there() {
        String first = played(List.of(), Named.INTERRUPT).last();
        assertThat(first).contains("not running here", "groq; 2 models and 1 alias named", "none set up");
    }

    @Test
    void where_no_model_is_named_there_is_no_alias_and_it_says_where_to_begin() {
        visit.shell().run("provider", "remove", "groq", "--cascade");
        visit.shell().run("provider", "add", "xai");
        ScriptedStage stage = played(menu(3).keys(), Named.INTERRUPT);
        assertThat(stage.titled("That did not work")).contains("begin with Models");
    }
}
