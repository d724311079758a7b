package dev.sluice.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.aws.dynamodb.DynamoStore;
import dev.sluice.cli.FixedTime;
import dev.sluice.cli.Shell;
import dev.sluice.cli.store.StoreChoice;
import dev.sluice.core.ports.CallLog;
import dev.sluice.core.ports.UsageBook;
import dev.sluice.model.Json;
import dev.sluice.model.Usage;
import dev.sluice.protocol.json.JsonText;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// From a client's request to `sluice logs`.
@Timeout(180)
class KeptCallsTest {
    @TempDir
    private Path home;

    private StartedGateway start(Path folder) throws InterruptedException {
        return new StartedGateway(
                folder, StoreChoice.EMBEDDED, Map.of("SLUICE_MASTER_KEY", RunningGateway.KEY), FixedTime.NOON);
    }

    private static List<Json.Obj> calls(Shell.Ran ran) {
        assertThat(ran.exit()).as(ran.err()).isZero();
        return ran.out()
                .lines()
                .map(line -> Objects.requireNonNull(JsonText.objectOrNull(line)))
                .toList();
    }

    @Test
    void every_call_of_a_known_caller_is_kept_and_none_of_a_stranger() throws Exception {
        StartedGateway gateway = start(home);
        Reply good = gateway.chat("demo");
        Reply stranger = gateway.send(Talk.CHAT
                .post(Talk.CHAT.request("demo", "hello", false))
                .replace(RunningGateway.KEY, "slc_a-key-that-nobody-has-0123456789"));
        gateway.end();

        assertThat(good.status()).isEqualTo(200);
        assertThat(stranger.status()).isEqualTo(401);
        List<Json.Obj> calls = calls(gateway.run("", "logs", "--json"));
        assertThat(calls)
                .extracting(call -> call.text("requestId"))
                .containsExactly(good.header("x-sluice-request-id"));
        assertThat(calls.getFirst().text("caller")).isEqualTo("master");
        assertThat(calls.getFirst().field("usd")).as("the demo costs nothing").isEqualTo(new Json.Num("0"));
        assertThat(gateway.notes()).as("printed").contains("\"status\":401");
        assertThat(gateway.run("", "logs", good.header("x-sluice-request-id")).out())
                .contains("key       master", "status    200");
    }

    @Test
    void the_next_start_goes_on_in_the_same_books() throws Exception {
        StartedGateway one = start(home);
        one.chat("demo");
        one.end();
        StartedGateway other = start(home);
        other.chat("demo");
        other.end();

        assertThat(calls(other.run("", "logs", "--json"))).hasSize(2);
    }

    @Test
    void with_a_full_disk_requests_are_answered_and_the_owner_is_told_once() throws Exception {
        Files.createDirectories(home.resolve(".sluice"));
        Files.writeString(home.resolve(".sluice/calls"), "no folder", StandardCharsets.UTF_8);
        StartedGateway gateway = start(home);
        assertThat(gateway.chat("demo").status()).isEqualTo(200);
        assertThat(gateway.chat("demo").status()).isEqualTo(200);
        // both are counted a little after their clients have their answers
        String examined = "";
        while (!examined.contains("2 calls since the start were answered and could not be written down")) {
            examined = gateway.run("", "doctor", "--only", "gateway").out();
        }
        gateway.end();

        assertThat(gateway.notes().lines().filter(line -> line.contains("calls cannot be written")))
                .hasSize(1);
        assertThat(gateway.notes()).contains("not written down, of this run: 2 calls");
    }

    @Test
    void those_of_a_deployed_stack_are_read_from_its_table() throws Exception {
        try (FakeDeployment deployment = new FakeDeployment(home)) {
            deployment.stand(URI.create("http://127.0.0.1:9"));
            CallLog.Entry call = new CallLog.Entry(
                    FixedTime.NOON.now().minusSeconds(60),
                    "req_aaaabbbbccccddddeeeeffff",
                    "laptop",
                    "anthropic",
                    "claude-code",
                    "coding",
                    "b/m",
                    200,
                    "ok",
                    null,
                    true,
                    List.of(),
                    List.of(),
                    Usage.of(3, 4),
                    Duration.ofSeconds(1),
                    null,
                    null,
                    null);
            try (DynamoStore store = deployment.store()) {
                assertThat(store.calls().keep(call)).isTrue();
                assertThat(store.usage().add(call)).isTrue();
                assertThat(store.usage().of(LocalDate.parse("2026-03-01")))
                        .extracting(UsageBook.Line::caller)
                        .containsExactly("laptop");
            }
            Shell shell = deployment.shell();
            assertThat(calls(shell.run("logs", "--json", "--stack", "Sluice")))
                    .extracting(found -> found.text("tool"))
                    .containsExactly("claude-code");
            assertThat(shell.run("logs", "aaaabbbbcc", "--stack", "Sluice").out())
                    .contains("model     coding");
            assertThat(shell.run("logs", "req_none_of_these", "--stack", "Sluice")
                            .exit())
                    .isEqualTo(1);
        }
    }
}
