package dev.sluice.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cli.Shell;
import dev.sluice.model.Json;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkerKeyCommandsTest {
    private static final String OWN = "Zk7-pQ2vX9_mT4wB8nL1cR6y";

    @TempDir
    private Path home;

    private Shell shell;

    @BeforeEach
    void open_a_shell() {
        shell = new Shell(home);
    }

    private Json.Obj status() {
        return shell.run("worker-key", "show-status", "--json").json();
    }

    @Test
    void without_a_start_nothing_can_be_proven_and_it_says_so() {
        Shell.Ran rotated = shell.run("worker-key", "rotate", "--yes");
        assertThat(rotated.exit()).as(rotated.err()).isZero();
        assertThat(rotated.out()).contains("the master key is rotated", "slc_", "no longer valid", "no start runs");
        assertThat(status().object("current").text("since")).isEqualTo("2026-03-01T12:00:00Z");
    }

    @Test
    void the_old_key_lives_for_the_grace_and_can_be_ended_before() {
        shell.run("worker-key", "rotate", "--yes");
        Json.Obj second = shell.run("worker-key", "rotate", "--yes", "--grace", "2h", "--json")
                .json();
        assertThat(second.text("oldUntil")).isEqualTo("2026-03-01T14:00:00Z");
        assertThat(status().object("previous").text("until")).isEqualTo("2026-03-01T14:00:00Z");
        assertThat(shell.run("worker-key", "revoke-previous", "--dry-run").out())
                .contains("would revoke");
        assertThat(shell.run("worker-key", "revoke-previous").out()).contains("is revoked");
        assertThat(status().present("previous")).isNull();
        Shell.Ran again = shell.run("worker-key", "revoke-previous", "--json");
        assertThat(again.exit()).isZero();
        assertThat(again.json().text("result")).isEqualTo("none");
    }

    @Test
    void a_grace_is_that_of_one_rotation() {
        shell.run("worker-key", "rotate", "--yes");
        shell.run("worker-key", "rotate", "--yes", "--now");
        assertThat(status().present("previous")).isNull();
        assertThat(status().whole("graceSeconds")).isEqualTo(86_400);
        assertThat(shell.run("worker-key", "rotate", "--yes", "--json").json().text("oldUntil"))
                .isEqualTo("2026-03-02T12:00:00Z");
    }

    @Test
    void takes_an_own_key_from_standard_input_only_when_it_is_strong() {
        Shell.Ran own = shell.runWith(OWN + "\n", "worker-key", "rotate", "--from-stdin", "--yes", "--json");
        assertThat(own.exit()).as(own.out()).isZero();
        assertThat(own.json().text("key")).isEqualTo(OWN);
        Shell.Ran same = shell.runWith(OWN, "worker-key", "rotate", "--from-stdin", "--yes");
        assertThat(same.exit()).isEqualTo(2);
        assertThat(same.err()).contains("in use already").doesNotContain(OWN);
        Shell.Ran weak = shell.runWith("passwordpasswordpassword", "worker-key", "rotate", "--from-stdin", "--yes");
        assertThat(weak.exit()).isEqualTo(2);
        assertThat(weak.err()).contains("too weak", "nothing was changed").doesNotContain("passwordpassword");
        assertThat(shell.runWith("", "worker-key", "rotate", "--from-stdin", "--yes")
                        .exit())
                .isEqualTo(2);
    }

    @Test
    void a_clients_key_does_not_become_the_master_key() {
        String client = shell.run("key", "create", "laptop", "--json").json().text("key", "");
        Shell.Ran refused = shell.runWith(client, "worker-key", "rotate", "--from-stdin", "--yes");
        assertThat(refused.exit()).isEqualTo(2);
        assertThat(refused.err()).contains("in use already");
    }

    @Test
    void asks_at_a_terminal_and_nowhere_else() {
        Shell.Ran silent = shell.run("worker-key", "rotate");
        assertThat(silent.exit()).isEqualTo(2);
        assertThat(silent.err()).contains("--yes");
        assertThat(shell.typing("no").run("worker-key", "rotate").exit()).isEqualTo(2);
        assertThat(status().present("current")).isNull();
        assertThat(shell.typing("yes").run("worker-key", "rotate").exit()).isZero();
        assertThat(status().present("current")).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1", "x", "-1h", "91d", "24 h", "1y"})
    void a_grace_that_is_none_is_refused(String grace) {
        Shell.Ran refused = shell.run("worker-key", "rotate", "--yes", "--grace", grace);
        assertThat(refused.exit()).isEqualTo(2);
        assertThat(refused.err()).contains("--grace");
    }

    @Test
    void now_and_a_grace_contradict_each_other() {
        assertThat(shell.run("worker-key", "rotate", "--yes", "--now", "--grace", "1h")
                        .exit())
                .isEqualTo(2);
    }

    @Test
    void a_dry_run_changes_nothing() {
        assertThat(shell.run("worker-key", "rotate", "--dry-run", "--now").out())
                .contains("would rotate", "at once", "nothing was changed");
        assertThat(status().present("current")).isNull();
        assertThat(shell.run("worker-key", "show-status").out()).contains("current   none yet", "24h");
    }
}
