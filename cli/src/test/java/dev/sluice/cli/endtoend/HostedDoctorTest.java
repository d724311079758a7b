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

/// `sluice doctor` and `sluice ai-help` about a deployed stack.
class HostedDoctorTest {
    @TempDir
    private Path home;

    private FakeDeployment deployment;

    @BeforeEach
    void open() throws IOException {
        deployment = new FakeDeployment(home);
    }

    @AfterEach
    void close() {
        deployment.close();
    }

    @Test
    void stack_table_providers_and_a_silent_gateway_are_looked_at_and_the_mends_name_the_stack() throws IOException {
        deployment.stand(URI.create("http://127.0.0.1:9"));
        try (ScriptedServer server = ScriptedProvider.well()) {
            Shell shell = deployment.shell().with("SLUICE_STACK", "Sluice");
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
            Shell.Ran ran = shell.run("doctor", "--stack", "Sluice");
            assertThat(ran.exit()).isEqualTo(1);
            assertThat(ran.out())
                    .contains("its secret was not tried from here", "the stack Sluice is there", "1 kept and used")
                    .contains("no gateway answers at http://127.0.0.1:9", "$ sluice status --stack Sluice")
                    .doesNotContain(ScriptedProvider.SECRET, "start runs");
            Shell.Ran brief = shell.run("ai-help", "--skip-gates");
            assertThat(brief.out())
                    .contains("about: the stack Sluice", "running: deployed")
                    .doesNotContain("\tat ");
            assertThat(home.resolve(".sluice")).as("nothing on this machine").doesNotExist();
        }
    }

    @Test
    void a_stack_that_is_not_there_is_a_sentence_in_each_area() {
        Shell.Ran ran = deployment.shell().run("doctor", "--stack", "Nothing", "--json");
        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.json().isTrue("well")).isFalse();
        assertThat(ran.out() + ran.err()).doesNotContain("\tat ");
    }
}
