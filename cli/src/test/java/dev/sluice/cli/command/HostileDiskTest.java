package dev.sluice.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cli.Shell;
import dev.sluice.cli.tool.FakeGateway;
import dev.sluice.cli.tool.Tree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A home in which nothing can be written, and a disk that is full: for the owner and for root alike.
class HostileDiskTest {
    private static final String PROVIDER = "--url openai-chat=http://127.0.0.1:9/v1 --allow-private-network";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "config show",
                "config history",
                "provider list",
                "provider add desk " + PROVIDER,
                "alias add a --target b/c",
                "key list",
                "key create laptop",
                "credential list",
                "credential set openai",
                "worker-key show-status",
                "start --port 0",
                "explain coding",
            })
    void a_home_that_cannot_be_written_is_a_sentence(String line) throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "not a folder");
        Shell.Ran ran = new Shell(file.resolve("home")).runWith("secret", line.split(" ", -1));
        assertThat(ran.exit()).as(ran.out() + ran.err()).isEqualTo(1);
        assertThat(ran.err())
                .startsWith("sluice: ")
                .contains(file.toString(), "--data DIR")
                .doesNotContain("Exception", "\tat ");
        assertThat(file).hasContent("not a folder");
    }

    @Test
    void a_tool_is_not_set_up_in_a_home_that_cannot_be_written() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "not a folder");
        try (FakeGateway gateway = new FakeGateway()) {
            Shell.Ran ran = new Shell(file)
                    .run("tool", "setup", "codex", "--yes", "--url", gateway.url(), "--key", FakeGateway.KEY);
            assertThat(ran.exit()).isEqualTo(2);
            assertThat(ran.err()).contains(file + " is no folder: nothing was changed");
        }
    }

    /// Nothing may be written beyond the first 4 kB of a file, which is where the store begins: as on a full disk.
    @ParameterizedTest
    @ValueSource(strings = {"provider add desk " + PROVIDER, "key create laptop"})
    void a_full_disk_is_a_sentence_and_nothing_is_half_done(String line) throws Exception {
        Path home = Files.createDirectory(folder.resolve("home"));
        Shell shell = new Shell(home);
        assertThat(shell.run(("provider add first " + PROVIDER).split(" ", -1)).exit())
                .isZero();
        String before =
                shell.run("config", "history").out() + shell.run("key", "list").out();
        List<String> words =
                new ArrayList<>(List.of("bash", "-c", "ulimit -f 4; exec \"$@\"", "bash", java(), "-XX:-UsePerfData"));
        words.addAll(List.of("-cp", System.getProperty("java.class.path"), "dev.sluice.cli.Main"));
        words.addAll(List.of(line.split(" ", -1)));
        ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
        builder.environment().put("HOME", home.toString());
        builder.environment().remove("SLUICE_STACK");
        Process process = builder.start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isEqualTo(1);
        assertThat(said).contains("sluice: the store (sluice.db) cannot be").doesNotContain("Exception", "\tat ");
        assertThat(shell.run("config", "history").out()
                        + shell.run("key", "list").out())
                .isEqualTo(before);
        Map<String, String> left = Tree.of(home);
        assertThat(left.keySet()).containsExactlyInAnyOrder("", ".sluice", ".sluice/secret.key", ".sluice/sluice.db");
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }
}
