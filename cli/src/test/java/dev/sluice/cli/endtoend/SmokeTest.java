package dev.sluice.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cli.SystemTime;
import dev.sluice.cli.deploy.Check;
import dev.sluice.cli.deploy.Smoke;
import dev.sluice.cli.store.StoreChoice;
import dev.sluice.testkit.http.NobodyThere;
import dev.sluice.testkit.http.ScriptedServer;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SmokeTest {
    @TempDir
    private Path home;

    private static List<Boolean> passed(List<Check> checks) {
        return checks.stream().map(Check::passed).toList();
    }

    @Test
    void a_running_gateway_passes_and_the_key_is_nowhere() throws InterruptedException {
        StartedGateway gateway = new StartedGateway(
                home,
                StoreChoice.EMBEDDED,
                Map.of("SLUICE_MASTER_KEY", RunningGateway.KEY, "HOME", home.toString()),
                new SystemTime());
        try {
            URI url = URI.create(gateway.ready().text("url", ""));
            List<Check> checks = new Smoke(url, RunningGateway.KEY, new SystemTime()).run();
            assertThat(passed(checks)).as(checks.toString()).containsOnly(true).hasSize(5);
            assertThat(checks.get(3).detail()).contains("events in", "pieces, the first after", "apart");
            assertThat(checks.toString()).doesNotContain(RunningGateway.KEY);

            List<Check> stranger = new Smoke(url, "slc_another-key-0123456789", new SystemTime()).run();
            assertThat(passed(stranger)).containsExactly(true, true, true, false, false);
            assertThat(stranger.get(4).detail()).isEqualTo("status 401");
        } finally {
            gateway.end();
        }
    }

    @Test
    void a_gateway_that_takes_every_key_and_cuts_its_streams_fails() throws Exception {
        try (ScriptedServer open = ScriptedServer.answering(
                "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Length: 9\r\n\r\ndata: {}\n")) {
            List<Check> checks = new Smoke(open.uri("/"), "slc_key", new SystemTime()).run();
            assertThat(passed(checks)).containsExactly(true, false, false, false, false);
            assertThat(checks.get(3).detail()).contains("ended without data: [DONE]");
        }
    }

    @Test
    void an_address_that_gathers_the_stream_before_it_answers_fails() throws Exception {
        String stream = "data: {}\n\n".repeat(5) + "data: [DONE]\n\n";
        try (ScriptedServer buffered =
                ScriptedServer.answering("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Length: "
                        + stream.length() + "\r\n\r\n" + stream)) {
            List<Check> checks = new Smoke(buffered.uri("/"), "slc_key", new SystemTime()).run();
            assertThat(checks.get(3).passed()).isFalse();
            assertThat(checks.get(3).detail()).contains("it came whole, with its length");
        }
    }

    @Test
    void nobody_there_fails_every_check_in_words() throws Exception {
        try (NobodyThere nobody = new NobodyThere()) {
            List<Check> checks = new Smoke(nobody.uri(), "slc_key", new SystemTime()).run();
            assertThat(passed(checks)).containsOnly(false);
            assertThat(checks.getFirst().detail()).startsWith("no answer: ");
        }
    }
}
