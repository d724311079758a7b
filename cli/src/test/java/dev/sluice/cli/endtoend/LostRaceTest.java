package dev.sluice.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cli.FixedTime;
import dev.sluice.cli.Shell;
import dev.sluice.cli.store.StoreChoice;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Somebody else is faster while a secret is asked for: it does not stay behind.
@Timeout(180)
class LostRaceTest {
    private static final String SECRET = "a-secret-that-lost-0123456789";

    @TempDir
    private Path home;

    private StartedGateway gateway;
    private Shell shell;

    @BeforeEach
    void start() throws InterruptedException {
        gateway = new StartedGateway(
                home, StoreChoice.EMBEDDED, Map.of("SLUICE_MASTER_KEY", RunningGateway.KEY), FixedTime.NOON);
        shell = new Shell(home);
        assertThat(shell.run(
                                "provider",
                                "add",
                                "desk",
                                "--url",
                                "openai-chat=https://desk.example.com/v1",
                                "--auth",
                                "none")
                        .exit())
                .isZero();
    }

    @AfterEach
    void end() throws InterruptedException {
        gateway.end();
    }

    private char[] late(String answer) {
        assertThat(new Shell(home)
                        .run("provider", "edit", "desk", "--name", "Theirs")
                        .exit())
                .isZero();
        return answer.toCharArray();
    }

    private void expectNothingLeft(Shell.Ran ran, String name) {
        assertThat(ran.exit()).as(ran.err()).isEqualTo(1);
        assertThat(ran.err())
                .contains("conflict: version 2 is in force, not 1", "Theirs")
                .contains("the secret that was just kept as the credential " + name + " is taken out again")
                .doesNotContain(SECRET);
        assertThat(shell.run("credential", "list").out()).doesNotContain(name);
        assertThat(shell.run("config", "show", "--json").out()).doesNotContain(name);
    }

    @Test
    void a_provider_that_comes_second_leaves_no_secret() {
        expectNothingLeft(shell.typing(_ -> late(SECRET)).run("provider", "add", "groq"), "groq");
    }

    @Test
    void an_import_that_comes_second_leaves_no_secret() throws Exception {
        Path file = home.resolve("ccr.json");
        Files.writeString(file, """
                {"Providers": [{"name": "openrouter", "api_base_url": "https://openrouter.ai/api/v1/chat/completions",
                  "api_key": "SECRET", "models": ["x/y"]}], "Router": {"default": "openrouter,x/y"}}
                """.replace("SECRET", SECRET));
        expectNothingLeft(shell.typing(_ -> late("y")).run("config", "import", file.toString()), "openrouter");
    }

    @Test
    void whoever_is_first_keeps_it() {
        assertThat(shell.typing(SECRET).run("provider", "add", "groq").exit()).isZero();
        assertThat(shell.run("credential", "list").out()).contains("groq");
    }
}
