package dev.sluice.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cli.Shell;
import dev.sluice.model.Json;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `sluice top` on a deployed stack, whose processes cannot be asked.
class HostedTopTest {
    @TempDir
    private Path home;

    private FakeDeployment deployment;

    @BeforeEach
    void stand() throws IOException {
        deployment = new FakeDeployment(home);
        deployment.stand(URI.create("http://127.0.0.1:9"));
    }

    @AfterEach
    void close() {
        deployment.close();
    }

    @Test
    void what_is_under_way_is_derived_from_the_table_and_told_as_that() {
        Shell shell = deployment.shell();
        Shell.Ran applied = shell.runWith("""
                {"version": 1, "providers": [
                  {"id": "one", "endpoints": {"openai-chat": "https://one.example/v1"}, "auth": {"type": "none"},
                   "models": ["m"], "rateLimits": [
                     {"id": "day", "models": ["all"], "tokens": 1000, "window": {"unit": "day", "size": 1}}]},
                  {"id": "two", "endpoints": {"openai-chat": "https://two.example/v1"}, "auth": {"type": "none"},
                   "models": ["m"]}]}
                """, "config", "apply", "-", "--stack", "Sluice");
        assertThat(applied.exit()).as(applied.err()).isZero();

        Json.Obj seen = shell.run("top", "--json", "--stack", "Sluice").json();

        assertThat(seen.text("place", "")).startsWith("stack Sluice, eu-central-1");
        assertThat(seen.object("inFlight").text("by")).isEqualTo("reservations");
        assertThat(seen.object("inFlight").items("providers"))
                .extracting(item -> ((Json.Obj) item).whole("attempts"))
                .containsExactly(0L, null);
        assertThat(shell.run("top", "--stack", "Sluice").out())
                .contains("In flight, by what the table holds reserved", "stack Sluice", "0 reserved");
    }
}
