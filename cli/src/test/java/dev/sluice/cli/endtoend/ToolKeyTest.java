package dev.sluice.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cli.FixedTime;
import dev.sluice.cli.Shell;
import dev.sluice.cli.store.StoreChoice;
import dev.sluice.cli.tool.FakeGateway;
import dev.sluice.model.Json;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A key of its own for each tool that is set up: made, used, and revoked again.
class ToolKeyTest {
    @TempDir
    private Path home;

    private StartedGateway gateway;
    private Shell shell;

    @BeforeEach
    void start() throws InterruptedException {
        gateway = new StartedGateway(
                home, StoreChoice.EMBEDDED, Map.of("SLUICE_MASTER_KEY", RunningGateway.KEY), FixedTime.NOON);
        shell = new Shell(home).with("SLUICE_MASTER_KEY", RunningGateway.KEY);
    }

    @AfterEach
    void end() throws InterruptedException {
        gateway.end();
    }

    private static List<String> keys(Shell shell) {
        return shell.run("key", "list", "--json").json().items("keys").stream()
                .map(item -> item instanceof Json.Obj key
                        ? key.text("name", "") + (key.text("status", "").equals("revoked") ? " revoked" : "")
                        : "")
                .toList();
    }

    private String keyFile() throws IOException {
        return Files.readString(home.resolve(".sluice/keys/codex")).strip();
    }

    @Test
    void a_tool_gets_a_key_of_its_own_which_the_undo_revokes() throws IOException {
        Shell.Ran set = shell.run("tool", "setup", "codex", "--yes");
        assertThat(set.exit()).as(set.err()).isZero();
        String key = keyFile();
        assertThat(key).isNotEqualTo(RunningGateway.KEY);
        assertThat(set.out()).contains("its key is codex, made for it");
        assertThat(set.out() + set.err()).doesNotContain(key);
        assertThat(keys(shell)).containsExactly("codex");

        Shell.Ran undone = shell.run("tool", "undo", "codex");
        assertThat(undone.exit()).as(undone.err()).isZero();
        assertThat(undone.out()).contains("its key codex is revoked").doesNotContain(key);
        assertThat(keys(shell)).containsExactly("codex revoked");

        assertThat(shell.run("tool", "setup", "codex", "--yes").out()).contains("its key is codex-2");
        assertThat(keys(shell)).containsExactly("codex revoked", "codex-2");
    }

    @Test
    void a_repeated_setup_keeps_the_key_and_other_rights_make_another() throws IOException {
        assertThat(shell.run("tool", "setup", "codex", "--yes").exit()).isZero();
        String key = keyFile();
        assertThat(shell.run("tool", "setup", "codex", "--yes").out()).contains("set up like that already");
        assertThat(shell.run("tool", "setup", "codex", "--yes", "--model", "auto")
                        .exit())
                .isZero();
        assertThat(keyFile()).isEqualTo(key);
        Shell.Ran other = shell.run("tool", "setup", "codex", "--yes", "--models", "demo/demo");
        assertThat(other.exit()).as(other.err()).isZero();
        assertThat(keyFile()).isNotEqualTo(key);
        assertThat(keys(shell)).containsExactly("codex revoked", "codex-2");
    }

    @Test
    void looking_at_it_makes_no_key() {
        assertThat(shell.run("tool", "setup", "codex", "--print").exit()).isZero();
        assertThat(shell.run("tool", "setup", "codex", "--yes", "--models", "nobody/knows")
                        .exit())
                .isEqualTo(2);
        assertThat(shell.run("tool", "setup", "codex", "--yes", "--own-key", "--key", "slc_x")
                        .exit())
                .isEqualTo(2);
        assertThat(shell.run("tool", "setup", "codex", "--yes", "--key", RunningGateway.KEY, "--models", "demo/demo")
                        .exit())
                .isEqualTo(2);
        assertThat(keys(shell)).isEmpty();
    }

    @Test
    void a_key_that_was_given_is_used_and_survives_the_undo() throws IOException {
        assertThat(shell.run("tool", "setup", "codex", "--yes", "--key", RunningGateway.KEY)
                        .exit())
                .isZero();
        assertThat(keyFile()).isEqualTo(RunningGateway.KEY);
        assertThat(shell.run("tool", "undo", "codex").out()).doesNotContain("revoked");
        assertThat(keys(shell)).isEmpty();
    }

    @Test
    void a_key_that_is_given_later_takes_the_place_of_the_tools_own_which_is_revoked() throws IOException {
        assertThat(shell.run("tool", "setup", "codex", "--yes").exit()).isZero();
        Shell.Ran given = shell.run("tool", "setup", "codex", "--yes", "--key", RunningGateway.KEY);
        assertThat(given.exit()).as(given.err()).isZero();
        assertThat(keyFile()).isEqualTo(RunningGateway.KEY);
        assertThat(keys(shell)).containsExactly("codex revoked");
    }

    @Test
    void the_tools_own_key_given_by_hand_stays_good() throws IOException {
        assertThat(shell.run("tool", "setup", "codex", "--yes").exit()).isZero();
        String key = keyFile();
        Shell.Ran given = shell.run("tool", "setup", "codex", "--yes", "--key", key, "--model", "auto");
        assertThat(given.exit()).as(given.err()).isZero();
        assertThat(keyFile()).isEqualTo(key);
        assertThat(keys(shell)).containsExactly("codex");
    }

    @Test
    void an_undo_that_asks_another_book_says_how_to_revoke() {
        assertThat(shell.run("tool", "setup", "codex", "--yes").exit()).isZero();
        String elsewhere = home.resolve("elsewhere").toString();
        assertThat(shell.run("key", "create", "another", "--data", elsewhere).exit())
                .isZero();
        Shell.Ran undone = shell.run("tool", "undo", "codex", "--data", elsewhere);
        assertThat(undone.exit()).isZero();
        assertThat(undone.err()).contains("was not revoked", "sluice key revoke codex");
        assertThat(keys(shell)).containsExactly("codex");
    }

    @Test
    void when_the_gate_refuses_the_key_is_revoked_and_nothing_is_written() throws IOException {
        try (FakeGateway other = new FakeGateway()) {
            Shell.Ran ran = shell.run("tool", "setup", "codex", "--yes", "--own-key", "--url", other.url());
            assertThat(ran.exit()).isEqualTo(1);
            assertThat(ran.err()).contains("waiting for the gateway to know the new key", "nothing was written", "401");
        }
        assertThat(keys(shell)).containsExactly("codex revoked");
        assertThat(home.resolve(".codex")).doesNotExist();
        assertThat(home.resolve(".sluice/keys")).doesNotExist();
    }

    @Test
    void when_a_file_cannot_be_written_the_key_is_revoked() throws IOException {
        Files.createDirectories(home.resolve(".codex/config.toml"));
        assertThat(shell.run("tool", "setup", "codex", "--yes").exit()).isNotZero();
        assertThat(keys(shell)).isEmpty();
        Files.delete(home.resolve(".codex/config.toml"));
        Files.writeString(home.resolve(".sluice/undo"), "in the way");
        Shell.Ran ran = shell.run("tool", "setup", "codex", "--yes");
        assertThat(ran.exit()).isEqualTo(1);
        assertThat(keys(shell)).containsExactly("codex revoked");
    }

    @Test
    void an_undo_that_reaches_no_book_says_how_to_revoke() throws Exception {
        assertThat(shell.run("tool", "setup", "codex", "--yes").exit()).isZero();
        Shell.Ran undone = shell.run(
                "tool", "undo", "codex", "--data", home.resolve("elsewhere").toString());
        assertThat(undone.exit()).isZero();
        assertThat(undone.err()).contains("sluice key revoke codex");
        assertThat(home.resolve("elsewhere")).doesNotExist();
        assertThat(keys(shell)).containsExactly("codex");
    }

    @Test
    void a_stacks_book_is_written_to_and_told_in_the_undo() throws IOException {
        try (FakeDeployment deployment = new FakeDeployment(home.resolve("away"));
                FakeGateway stranger = new FakeGateway()) {
            deployment.stand(URI.create(stranger.url()));
            Shell owner = deployment.shell();
            Shell.Ran refused = owner.run("tool", "setup", "codex", "--yes", "--stack", "Sluice");
            assertThat(refused.exit()).isEqualTo(1);
            assertThat(refused.err()).contains("401", "nothing was written");
            assertThat(keys(owner.with("SLUICE_STACK", "Sluice"))).containsExactly("codex revoked");
        }
    }
}
