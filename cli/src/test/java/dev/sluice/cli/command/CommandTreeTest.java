package dev.sluice.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cli.Shell;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandTreeTest {
    @TempDir
    private Path home;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "start",
                "invoke",
                "deploy",
                "diff",
                "status",
                "destroy",
                "config",
                "config show",
                "config apply",
                "config validate",
                "config schema",
                "config history",
                "config diff",
                "config rollback",
                "config import",
                "credential",
                "credential set",
                "credential list",
                "credential remove",
                "provider",
                "provider list",
                "provider presets",
                "provider add",
                "provider edit",
                "provider remove",
                "provider test",
                "provider discover",
                "model",
                "model list",
                "model add",
                "model edit",
                "model remove",
                "model default",
                "alias",
                "alias list",
                "alias add",
                "alias edit",
                "alias remove",
                "limit",
                "limit list",
                "limit add",
                "limit edit",
                "limit remove",
                "completion",
                "man"
            })
    void every_command_has_help_and_json(String command) {
        Shell.Ran help = new Shell(home).run((command + " --help").split(" "));
        assertThat(help.exit()).isZero();
        assertThat(help.out()).contains("Usage: sluice " + command, "--json", "--data", "--help");
    }

    @Test
    void no_command_is_bad_usage() {
        Shell.Ran ran = new Shell(home).run();
        assertThat(ran.exit()).isEqualTo(2);
        assertThat(ran.err()).contains("Usage: sluice");
    }

    @Test
    void an_unknown_option_is_bad_usage() {
        assertThat(new Shell(home).run("config", "show", "--colour").exit()).isEqualTo(2);
    }

    @Test
    void a_command_is_the_same_whether_or_not_the_others_are_taken_in() {
        String home = this.home.resolve("x").toString();
        Shell.Ran alone = new Shell(this.home).run("provider", "add", "--help");
        Shell.Ran amongAll = new Shell(this.home).run("--data", home, "provider", "add", "--help");
        assertThat(alone.out()).isEqualTo(amongAll.out());
        assertThat(alone.exit()).isEqualTo(amongAll.exit());
    }

    @Test
    void what_tells_of_all_commands_sees_all_of_them() {
        assertThat(new Shell(home).run("completion", "bash").out()).contains("rotate", "presets", "rollback");
        assertThat(new Shell(home).run("man", "limit", "add").exit()).isZero();
        assertThat(new Shell(home).run("--help").out()).contains("start", "worker-key", "tool");
        assertThat(new Shell(home).run("credental", "list").err()).contains("credential");
    }

    @Test
    void the_version_needs_no_command() {
        Shell.Ran ran = new Shell(home).run("--version");
        assertThat(ran.exit()).isZero();
        assertThat(ran.out()).startsWith("sluice ");
    }

    @Test
    void common_options_may_stand_before_the_command() {
        Shell.Ran ran =
                new Shell(home).run("--json", "--data", home.resolve("x").toString(), "config", "show");
        assertThat(ran.json().whole("version")).isZero();
        assertThat(home.resolve("x/sluice.db")).exists();
    }

    @Test
    void a_failure_is_json_when_json_was_asked_for() {
        Shell.Ran ran = new Shell(home).run("credential", "remove", "nobody", "--json");
        assertThat(ran.exit()).isEqualTo(2);
        assertThat(ran.json().text("error")).contains("nobody");
    }

    @Test
    void what_serves_this_machine_refuses_a_stack() {
        Shell.Ran ran = new Shell(home).run("start", "--stack", "mine");
        assertThat(ran.exit()).isEqualTo(2);
        assertThat(ran.err()).contains("this machine only");
    }
}
