package dev.sluice.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cli.FixedTime;
import dev.sluice.cli.Shell;
import dev.sluice.cli.store.StoreChoice;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The live gate against a whole `sluice start`, in every dialect that a tool speaks.
class ToolGateTest {
    @TempDir
    private Path home;

    @Test
    void the_running_start_is_found_and_answers_every_dialect() throws InterruptedException {
        StartedGateway gateway = new StartedGateway(
                home, StoreChoice.EMBEDDED, Map.of("SLUICE_MASTER_KEY", RunningGateway.KEY), FixedTime.NOON);
        try {
            Shell shell = new Shell(home).with("SLUICE_MASTER_KEY", RunningGateway.KEY);
            for (String tool : new String[] {"claude-code", "codex", "opencode", "gemini-cli"}) {
                Shell.Ran set = shell.run("tool", "setup", tool, "--yes");
                assertThat(set.exit()).as(tool + ": " + set.err()).isZero();
                assertThat(set.out()).contains(gateway.ready().text("url", ""));
                assertThat(shell.run("tool", "undo", tool).exit()).isZero();
            }
            assertThat(shell.run("tool", "setup", "codex", "--yes", "--key", "slc_not-the-masters-key-00000000")
                            .err())
                    .contains("401");
        } finally {
            gateway.end();
        }
    }
}
