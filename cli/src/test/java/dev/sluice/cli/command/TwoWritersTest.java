package dev.sluice.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cli.Main;
import dev.sluice.cli.ManualSchedule;
import dev.sluice.cli.Shell;
import dev.sluice.cli.StopSignal;
import dev.sluice.cli.Transcript;
import dev.sluice.cli.tool.FakeGateway;
import dev.sluice.cli.tool.Tree;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Somebody else was faster, or a signal was: nothing of theirs is lost, and nothing is half done.
class TwoWritersTest {
    private static final String FIRST = """
            {"version": 1, "defaultModel": "coding", "providers": [{"id": "desk", "models": ["big"],
              "allowPrivateNetwork": true, "endpoints": {"openai-chat": "http://127.0.0.1:9/v1"},
              "rateLimits": [{"id": "month", "models": ["all"], "requests": 5, "window": {"unit": "month", "size": 1}}]}],
             "modelAliases": {"coding": {"targets": [{"ref": "desk/big"}]}}}
            """;

    @TempDir
    private Path home;

    private Shell shell;

    @BeforeEach
    void two_versions() throws IOException {
        shell = new Shell(home);
        assertThat(shell.runWith(FIRST, "config", "apply", "-").exit()).isZero();
        assertThat(shell.run("provider", "edit", "desk", "--name", "Theirs").exit())
                .isZero();
        Files.writeString(
                home.resolve("new.json"), FIRST.replace("\"big\"", "\"small\"").replace("desk/big", "desk/small"));
        Files.writeString(home.resolve("ccr.json"), """
                {"Providers": [{"name": "openrouter", "api_base_url": "https://openrouter.ai/api/v1/chat/completions",
                  "api_key": "sk-or-v1-notreal", "models": ["x/y"]}], "Router": {"default": "openrouter,x/y"}}
                """);
    }

    private String[] words(String line) {
        return line.replace("HOME", home.toString()).split(" ", -1);
    }

    private String state() {
        return shell.run("config", "show", "--json").out()
                + shell.run("config", "history", "--json").out()
                + shell.run("credential", "list", "--json").out()
                + shell.run("key", "list", "--json").out();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "config apply HOME/new.json",
                "config rollback 1",
                "config import HOME/ccr.json --yes",
                "provider add groq",
                "provider edit desk --priority 7",
                "provider remove desk --cascade",
                "model add desk/small",
                "model edit desk/big --context 4096",
                "model remove desk/big --cascade",
                "model default desk/big",
                "alias add fast --target desk/big",
                "alias edit coding --strategy ordered",
                "alias remove coding --cascade",
                "limit add desk --requests 9 --window day",
                "limit edit desk month --requests 9",
                "limit remove desk month",
            })
    void who_comes_second_is_told_what_has_changed(String line) {
        String before = state();
        Shell.Ran late = shell.run(words(line + " --if-version 1"));
        assertThat(late.exit()).as(late.err()).isEqualTo(1);
        assertThat(late.err()).contains("conflict: version 2 is in force, not 1", "providers[desk].name", "Theirs");
        Shell.Ran json = shell.run(words(line + " --if-version 1 --json"));
        assertThat(json.exit()).isEqualTo(1);
        assertThat(json.json().text("result")).isEqualTo("conflict");
        assertThat(json.json().items("changes")).isNotEmpty();
        assertThat(state()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "config apply HOME/new.json",
                "config rollback 1",
                "config import HOME/ccr.json --yes",
                "provider add groq",
                "provider add groq --credential-stdin",
                "provider edit desk --priority 7",
                "provider remove desk --cascade",
                "model add desk/small",
                "model default desk/big",
                "alias add fast --target desk/big",
                "limit remove desk month",
                "credential set groq",
                "credential remove mine",
                "key create laptop",
                "key revoke desktop",
            })
    void what_is_stopped_before_it_begins_to_write_changes_nothing(String line) {
        assertThat(shell.runWith("value", "credential", "set", "mine").exit()).isZero();
        assertThat(shell.run("key", "create", "desktop").exit()).isZero();
        String before = state();
        StopSignal stop = new StopSignal();
        stop.ask();
        Transcript out = new Transcript();
        Transcript err = new Transcript();
        ByteArrayInputStream in = new ByteArrayInputStream("value".getBytes(StandardCharsets.UTF_8));
        int exit = Main.run(words(line), shell.surroundings(in, out, err, new ManualSchedule(), stop));
        assertThat(exit).isEqualTo(1);
        assertThat(err.text()).contains("stopped: nothing was changed");
        assertThat(state()).isEqualTo(before);
        assertThat(stop.isHeeded()).isTrue(); // from there on it would have been whole
    }

    @Test
    void two_setups_at_once_do_not_mix() throws Exception {
        try (FakeGateway gateway = new FakeGateway();
                ExecutorService both = Executors.newVirtualThreadPerTaskExecutor()) {
            Tree.write(home.resolve(".codex/config.toml"), "# mine\n[tui]\nnotifications = false # keep\n");
            Map<String, String> before = Tree.of(home);
            for (int round = 0; round < 10; round++) {
                CyclicBarrier start = new CyclicBarrier(2);
                List<Future<Shell.Ran>> runs = new ArrayList<>();
                for (String model : List.of("one", "two")) {
                    Callable<Shell.Ran> setup = () -> {
                        start.await();
                        return new Shell(home)
                                .with("SLUICE_URL", gateway.url())
                                .with("SLUICE_MASTER_KEY", FakeGateway.KEY)
                                .run("tool", "setup", "codex", "--yes", "--model", model);
                    };
                    runs.add(both.submit(setup));
                }
                int done = 0;
                for (Future<Shell.Ran> run : runs) {
                    Shell.Ran ran = run.get();
                    done += ran.exit() == 0 ? 1 : 0;
                    if (ran.exit() != 0) {
                        assertThat(ran.err()).contains("try again").doesNotContain("Exception");
                    }
                }
                assertThat(done).isPositive();
                Shell.Ran undone = shell.run("tool", "undo", "codex");
                assertThat(undone.exit()).as(undone.err()).isZero();
                assertThat(Tree.of(home)).isEqualTo(before);
            }
        }
    }
}
