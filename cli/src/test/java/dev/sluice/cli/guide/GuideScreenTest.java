package dev.sluice.cli.guide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cli.Shell;
import dev.sluice.cli.provider.ScriptedProvider;
import dev.sluice.cli.terminal.VirtualScreen;
import dev.sluice.cli.tool.Tree;
import dev.sluice.testkit.http.ScriptedServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A bare `sluice` at a terminal of 80 columns, by typed keys.
class GuideScreenTest {
    private static final String ESCAPE = "\u001b";

    @TempDir
    private Path home;

    private CompletableFuture<Shell.Ran> opened(VirtualScreen screen, String... arguments) {
        Shell shell = new Shell(home).at(screen);
        return CompletableFuture.supplyAsync(() -> shell.run(arguments), Thread::startVirtualThread);
    }

    @Test
    void a_bare_sluice_opens_the_guide_and_a_key_ends_it_without_a_trace() throws Exception {
        Map<String, String> before = Tree.of(home);
        try (VirtualScreen screen = new VirtualScreen(80, 24)) {
            CompletableFuture<Shell.Ran> ran = opened(screen);
            List<String> first = screen.await("Ctrl-C leave"); // the last that is drawn
            assertThat(first).anyMatch(line -> line.contains("Add a provider"));
            assertThat(first.getFirst()).isEqualTo("Sluice");
            assertThat(first.getLast()).contains("Enter", "Esc back", "Ctrl-C leave");
            screen.type("\u0003");
            assertThat(ran.get().exit()).isZero();
            assertThat(ran.get().out() + ran.get().err()).isEmpty();
        }
        assertThat(Tree.of(home)).isEqualTo(before);
    }

    @Test
    void without_a_terminal_it_prints_its_usage() {
        Shell.Ran ran = new Shell(home).run();
        assertThat(ran.exit()).isEqualTo(2);
        assertThat(ran.err()).contains("Usage: sluice");
    }

    @Test
    void with_json_it_opens_no_screen() throws Exception {
        try (VirtualScreen screen = new VirtualScreen(80, 24)) {
            assertThat(opened(screen, "--json").get().exit()).isEqualTo(2);
            assertThat(screen.lines()).allMatch(String::isEmpty);
        }
    }

    @Test
    void a_provider_is_added_by_typed_keys_and_a_pasted_secret() throws Exception {
        try (ScriptedServer server = ScriptedProvider.well();
                VirtualScreen screen = new VirtualScreen(80, 24)) {
            CompletableFuture<Shell.Ran> ran = opened(screen);
            TypedFlow.toReview(screen, server.port());
            assertThat(screen.await("Save it")).anyMatch(line -> line.contains("+ providers"));
            screen.type("s").await("version 1 is in force");
            screen.type(ESCAPE).await("default model desk/m1");
            screen.type("q");
            assertThat(ran.get().exit()).isZero();
            assertThat(ran.get().out())
                    .contains("The same next time:", "sluice limit add desk --window 5h --requests 300")
                    .doesNotContain(ScriptedProvider.SECRET);
        }
        assertThat(new Shell(home).run("limit", "list").out()).contains("desk", "5-hour", "300");
    }

    @Test
    void a_small_window_says_so_and_answers_nothing_unseen() throws Exception {
        try (VirtualScreen screen = new VirtualScreen(50, 12)) {
            CompletableFuture<Shell.Ran> ran = opened(screen);
            screen.await("60 and 15");
            screen.type("\r");
            screen.type("\u0003");
            assertThat(ran.get().exit()).isZero();
        }
        assertThat(home.resolve(".sluice")).doesNotExist();
    }

    @Test
    void work_that_takes_its_time_can_be_given_up() throws Exception {
        try (ScriptedServer server = silent();
                VirtualScreen screen = new VirtualScreen(80, 24)) {
            CompletableFuture<Shell.Ran> ran = opened(screen);
            screen.await("Add a provider");
            screen.type("\r").await("Which provider");
            screen.type("llama\r").await("Address");
            screen.type("\u0015127.0.0.1:" + server.port() + "\r").await("Its name here");
            screen.type("\r").await("Asking llama-cpp");
            screen.type(ESCAPE).await("Its name here");
            screen.type("\u0003");
            assertThat(ran.get().exit()).isZero();
        }
    }

    private static ScriptedServer silent() throws IOException {
        return ScriptedServer.playing(peer -> {
            peer.readRequest();
            peer.awaitClose();
        });
    }
}
