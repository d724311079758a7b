package dev.sluice.cli.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.cli.CommandFailure;
import dev.sluice.cli.tool.known.Tools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SetupTest {
    private static final Wish WISH = new Wish(
            "http://127.0.0.1:8787",
            "slc_setup-test",
            new ModelChoice("coding", 200_000L, 32_000L),
            Map.of(),
            Instant.parse("2026-03-01T12:00:00Z"));

    @TempDir
    private Path home;

    private Place place(Optional<Path> project) {
        return new Place(home, project, Map.of(), false);
    }

    private static void setUp(Tool tool, Place place) {
        Setup.carryOut(SetupPlan.of(tool, place, WISH), place);
    }

    @ParameterizedTest
    @ValueSource(strings = {"claude-code", "opencode", "gemini-cli", "qwen-code", "kilo", "crush", "copilot", "aider"})
    void a_project_and_its_owner_are_set_up_and_undone_apart(String name) throws IOException {
        Tool tool = Tools.named(name);
        Path project = Files.createDirectory(home.resolve("project"));
        Map<String, String> before = Tree.of(home);
        setUp(tool, place(Optional.empty()));
        Map<String, String> own = Tree.of(home);
        setUp(tool, place(Optional.of(project)));
        assertThat(Tree.of(home)).isNotEqualTo(own);
        Undo.plan(tool, place(Optional.of(project))).orElseThrow().carryOut();
        assertThat(Tree.of(home)).isEqualTo(own);
        Undo.plan(tool, place(Optional.empty())).orElseThrow().carryOut();
        assertThat(Tree.of(home)).isEqualTo(before);
    }

    @Test
    void what_cannot_be_written_leaves_every_file_as_it_was() throws IOException {
        Tool tool = Tools.named("codex");
        Place place = place(Optional.empty());
        Map<String, String> before = Tree.of(home);
        SetupPlan plan = SetupPlan.of(tool, place, WISH);
        // A file in the place of the folder that the second file goes to: the first is written by then.
        Files.writeString(home.resolve(".codex"), "in the way");
        assertThatThrownBy(() -> Setup.carryOut(plan, place))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("every file is as it was");
        Files.delete(home.resolve(".codex"));
        Map<String, String> after = Tree.of(home);
        after.keySet().removeIf(path -> path.startsWith(".sluice") && Files.isDirectory(home.resolve(path)));
        assertThat(after).isEqualTo(before);
    }

    @Test
    void a_file_that_somebody_else_has_written_meanwhile_is_left_to_them() throws IOException {
        Tool tool = Tools.named("codex");
        Place place = place(Optional.empty());
        Tree.write(home.resolve(".codex/config.toml"), "a = 1\n");
        SetupPlan plan = SetupPlan.of(tool, place, WISH);
        Files.writeString(home.resolve(".codex/config.toml"), "a = 2\n");
        Map<String, String> theirs = Tree.of(home);
        assertThatThrownBy(() -> Setup.carryOut(plan, place)).hasMessageContaining("somebody else");
        assertThat(Tree.of(home)).isEqualTo(theirs);
    }

    @Test
    void a_damaged_record_is_told_and_not_overwritten() throws IOException {
        Tool tool = Tools.named("codex");
        setUp(tool, place(Optional.empty()));
        Files.delete(home.resolve(".sluice/undo/codex/user/1.written"));
        assertThatThrownBy(() -> SetupPlan.of(tool, place(Optional.empty()), WISH))
                .hasMessageContaining("is damaged");
        assertThatThrownBy(() -> Undo.plan(tool, place(Optional.empty()))).hasMessageContaining("is damaged");
    }

    @Test
    void a_tool_that_now_keeps_its_settings_elsewhere_gets_the_old_file_back() throws IOException {
        Tool tool = Tools.named("opencode");
        Path old = home.resolve(".config/opencode/opencode.json");
        Tree.write(old, "{\"theme\": \"x\"}");
        setUp(tool, place(Optional.empty()));
        assertThat(Files.readString(old)).contains("sluice");
        Tree.write(home.resolve(".config/opencode/opencode.jsonc"), "{}");
        setUp(tool, place(Optional.empty()));
        assertThat(Files.readString(old)).isEqualTo("{\"theme\": \"x\"}");
        assertThat(Files.readString(home.resolve(".config/opencode/opencode.jsonc")))
                .contains("sluice");
    }
}
