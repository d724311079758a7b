package dev.sluice.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cli.Shell;
import dev.sluice.cli.guide.TypedFlow;
import dev.sluice.cli.provider.ScriptedProvider;
import dev.sluice.cli.terminal.VirtualScreen;
import dev.sluice.testkit.http.ScriptedServer;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The guided flow over a deployed stack.
class HostedGuideTest {
    @TempDir
    private Path home;

    @Test
    void a_provider_of_a_stack_is_added_with_its_secret_in_the_account() throws Exception {
        try (FakeDeployment deployment = new FakeDeployment(home);
                ScriptedServer server = ScriptedProvider.well();
                VirtualScreen screen = new VirtualScreen(80, 24)) {
            deployment.stand(URI.create("http://127.0.0.1:9"));
            Shell shell = deployment.shell().with("SLUICE_STACK", "Sluice");
            Shell seated = deployment.shell().with("SLUICE_STACK", "Sluice").at(screen);
            CompletableFuture<Shell.Ran> ran =
                    CompletableFuture.supplyAsync(() -> seated.run(), Thread::startVirtualThread);
            assertThat(screen.await("Ctrl-C leave")).anyMatch(line -> line.contains("stack Sluice"));
            TypedFlow.toReview(screen, server.port());
            assertThat(deployment.secrets().secret("Sluice/credentials").texts())
                    .noneMatch(text -> text.contains(ScriptedProvider.SECRET));
            screen.type("s").await("version 1 is in force");
            screen.type("\u0003");
            assertThat(ran.get().exit()).as(ran.get().err()).isZero();
            assertThat(ran.get().out()).contains("sluice provider add desk").doesNotContain(ScriptedProvider.SECRET);
            assertThat(deployment.secrets().secret("Sluice/credentials").texts())
                    .contains("{\"desk\":\"" + ScriptedProvider.SECRET + "\"}");
            assertThat(shell.run("limit", "list").out()).contains("desk", "300");
        }
        assertThat(home.resolve(".sluice")).as("nothing on this machine").doesNotExist();
    }
}
