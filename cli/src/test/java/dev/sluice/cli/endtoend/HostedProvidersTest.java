package dev.sluice.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cli.Shell;
import dev.sluice.cli.provider.ScriptedProvider;
import dev.sluice.testkit.http.ScriptedServer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Providers, aliases and imports of a deployed stack, by the same commands as this machine's.
class HostedProvidersTest {
    @TempDir
    private Path home;

    private FakeDeployment deployment;
    private Shell shell;

    @BeforeEach
    void stand() throws IOException {
        deployment = new FakeDeployment(home);
        deployment.stand(URI.create("http://127.0.0.1:9"));
        shell = deployment.shell().with("SLUICE_STACK", "Sluice");
    }

    @AfterEach
    void close() {
        deployment.close();
    }

    @Test
    void a_provider_is_added_with_its_secret_limited_tried_and_removed() throws IOException {
        try (ScriptedServer server = ScriptedProvider.well()) {
            Shell.Ran added = shell.runWith(
                    ScriptedProvider.SECRET,
                    "provider",
                    "add",
                    "desk",
                    "--url",
                    "openai-chat=http://127.0.0.1:" + server.port() + "/v1",
                    "--allow-private-network",
                    "--credential",
                    "desk",
                    "--credential-stdin",
                    "--model",
                    "m1");
            assertThat(added.exit()).as(added.err()).isZero();
            assertThat(added.out()).contains("version 1 is in force");
            assertThat(deployment.secrets().secret("Sluice/credentials").texts())
                    .contains("{\"desk\":\"" + ScriptedProvider.SECRET + "\"}");
            assertThat(shell.run("alias", "add", "coding", "--target", "desk/m1")
                            .exit())
                    .isZero();
            assertThat(shell.run("limit", "add", "desk", "--window", "1d", "--requests", "5")
                            .out())
                    .contains("version 3 is in force");
            assertThat(shell.run("provider", "list").out()).contains("desk");

            Shell.Ran unread = shell.run("provider", "test", "desk");
            assertThat(unread.exit()).isEqualTo(2);
            assertThat(unread.err()).contains("--credential-stdin");
            Shell.Ran tried = shell.runWith(ScriptedProvider.SECRET, "provider", "test", "desk", "--credential-stdin");
            assertThat(tried.exit()).as(tried.out()).isZero();

            assertThat(shell.run("provider", "remove", "desk").exit()).isEqualTo(2);
            assertThat(shell.run("provider", "remove", "desk", "--cascade").exit())
                    .isZero();
            assertThat(home.resolve(".sluice")).as("nothing on this machine").doesNotExist();
        }
    }

    @Test
    void an_import_puts_its_secrets_into_the_account() {
        Shell.Ran ran = shell.run("config", "import", "../samples/import/llm-router-1.json", "--yes");
        assertThat(ran.exit()).as(ran.err()).isZero();
        assertThat(deployment.secrets().secret("Sluice/credentials").texts())
                .contains("{\"openrouter\":\"example-openrouter-key\"}");
        assertThat(shell.run("config", "show").out()).doesNotContain("example-openrouter-key");
    }
}
