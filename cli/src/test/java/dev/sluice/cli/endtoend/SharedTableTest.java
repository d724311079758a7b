package dev.sluice.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cli.Shell;
import dev.sluice.cli.store.StoreChoice;
import dev.sluice.testkit.dynamodb.LocalDynamoDb;
import dev.sluice.testkit.http.ScriptedServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two `start` on one table, each with a folder of its own: what one of them learns, the other goes by.
class SharedTableTest {
    private static final String TOO_MANY =
            "HTTP/1.1 429 Too Many Requests\r\nretry-after: 60\r\ncontent-type: application/json\r\ncontent-length: 2"
                    + "\r\n\r\n{}";

    @TempDir
    private Path folder;

    private final ShiftedTime time = new ShiftedTime();
    private final AtomicBoolean refuses = new AtomicBoolean();
    private final List<StartedGateway> started = new ArrayList<>();
    /// Patient: a machine under load fails no test.
    private final StoreChoice table = new StoreChoice.DynamoDb("sluice-" + UUID.randomUUID(), Duration.ofSeconds(60));
    private ScriptedServer provider;

    @BeforeEach
    void start_the_provider() throws IOException {
        provider = Provider.playing(_ -> refuses.get() ? (peer, _) -> peer.send(TOO_MANY) : null);
    }

    @AfterEach
    void end_what_runs() throws InterruptedException {
        for (StartedGateway gateway : started) {
            gateway.end();
        }
        provider.close();
    }

    /// With the secret.key that all of them have.
    private StartedGateway start(String name, String endpoint) throws IOException, InterruptedException {
        Path data = folder.resolve(name).resolve(".sluice");
        Files.createDirectories(data);
        Path secret = Files.write(data.resolve("secret.key"), new byte[32]);
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
        StartedGateway gateway = new StartedGateway(
                folder.resolve(name),
                table,
                Map.of(
                        "AWS_ENDPOINT_URL", endpoint,
                        "SLUICE_MASTER_KEY", RunningGateway.KEY,
                        "UPSTREAM_KEY", RunningGateway.SECRET),
                time);
        started.add(gateway);
        return gateway;
    }

    private StartedGateway start(String name) throws IOException, InterruptedException {
        return start(name, LocalDynamoDb.sharedEndpoint().toString());
    }

    private String document(int requests) {
        return """
                {"version": 1, "retries": {"attempts": 1, "baseDelayMs": 0, "maxDelayMs": 0},
                 "providers": [
                   {"id": "chat", "endpoints": {"openai-chat": "http://127.0.0.1:%d/v1"}, "allowPrivateNetwork": true,
                    "credential": {"env": "UPSTREAM_KEY"}, "models": ["m"],
                    "rateLimits": [{"id": "month", "models": ["all"], "requests": %d,
                                    "window": {"unit": "month", "size": 1}}]}]}
                """.formatted(provider.port(), requests);
    }

    private static void apply(StartedGateway gateway, String document) {
        Shell.Ran applied = gateway.run(document, "config", "apply", "-");
        assertThat(applied.exit()).as(applied.err()).isZero();
    }

    private static void refusesForWant(Reply reply) {
        assertThat(reply.status()).as(reply.body()).isEqualTo(429);
    }

    @Test
    void the_two_share_a_bucket() throws Exception {
        StartedGateway one = start("one");
        StartedGateway other = start("other");
        apply(one, document(5));
        time.pass(Duration.ofSeconds(5));
        for (int i = 0; i < 3; i++) {
            assertThat(one.chat("chat/m").status()).isEqualTo(200);
        }
        for (int i = 0; i < 2; i++) {
            assertThat(other.chat("chat/m").status()).isEqualTo(200);
        }
        refusesForWant(other.chat("chat/m"));
        refusesForWant(one.chat("chat/m"));
        assertThat(provider.requests()).hasSize(5);
    }

    @Test
    void a_version_is_in_force_at_once_where_it_was_applied_and_within_5_seconds_at_the_other() throws Exception {
        StartedGateway one = start("one");
        StartedGateway other = start("other");
        assertThat(one.ready().text("store")).startsWith("DynamoDB, table sluice-");
        assertThat(other.chat("chat/m").header("x-sluice-model")).isEqualTo("demo/demo");

        apply(one, document(100));
        assertThat(one.chat("chat/m").header("x-sluice-model")).isEqualTo("chat/m");
        time.pass(Duration.ofSeconds(5));
        assertThat(other.chat("chat/m").header("x-sluice-model")).isEqualTo("chat/m");

        apply(other, document(200));
        Shell.Ran late = one.run(document(300), "config", "apply", "-", "--if-version", "1");
        assertThat(late.exit()).isEqualTo(1);
        assertThat(late.err()).contains("conflict: version 2");
        assertThat(one.run("", "config", "show").out()).contains("\"requests\": 200");
    }

    @Test
    void what_cools_down_at_one_is_not_asked_by_the_other() throws Exception {
        StartedGateway one = start("one");
        apply(one, document(100));
        StartedGateway other = start("other");
        refuses.set(true);
        refusesForWant(one.chat("chat/m"));
        assertThat(provider.requests()).hasSize(1);
        Reply refused = other.chat("chat/m");
        refusesForWant(refused);
        assertThat(refused.header("x-sluice-skipped")).contains("chat/m:cooldown");
        assertThat(provider.requests()).hasSize(1);

        refuses.set(false);
        time.pass(Duration.ofSeconds(61));
        assertThat(other.chat("chat/m").status()).isEqualTo(200);
    }

    @Test
    void requests_go_on_while_the_store_is_stopped_and_nothing_is_counted_twice_when_it_is_back() throws Exception {
        try (LocalDynamoDb store = LocalDynamoDb.in(Files.createDirectory(folder.resolve("dynamodb")))) {
            StartedGateway one = start("one", store.endpoint().toString());
            apply(one, document(10));
            for (int i = 0; i < 3; i++) {
                assertThat(one.chat("chat/m").header("x-sluice-state")).isEmpty();
            }

            store.stop();
            time.pass(Duration.ofSeconds(6));
            for (int i = 0; i < 4; i++) {
                Reply alone = one.chat("chat/m");
                assertThat(alone.status()).isEqualTo(200);
                assertThat(alone.header("x-sluice-state")).contains("stale-config", "local-limits");
            }
            Shell.Ran failed = one.run(document(20), "config", "apply", "-");
            assertThat(failed.exit()).isEqualTo(1);
            assertThat(failed.err()).contains("DynamoDB did not answer").doesNotContain("Exception");

            store.start();
            time.pass(Duration.ofSeconds(6));
            Reply back = one.chat("chat/m");
            assertThat(back.status()).isEqualTo(200);
            time.pass(Duration.ofSeconds(6));
            for (int i = 0; i < 2; i++) {
                Reply again = one.chat("chat/m");
                assertThat(again.status()).isEqualTo(200);
                assertThat(again.header("x-sluice-state")).isEmpty();
            }
            refusesForWant(one.chat("chat/m"));
            assertThat(provider.requests()).hasSize(10);
        }
    }

    @Test
    void a_start_while_the_store_is_silent_ends_with_a_sentence() throws Exception {
        Path home = Files.createDirectory(folder.resolve("silent"));
        Shell.Ran ran = new Shell(home)
                .with("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
                .run("start", "--port", "0", "--store", "dynamodb");
        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.err())
                .startsWith("sluice: the DynamoDB table sluice at http://127.0.0.1:9 cannot be opened: no connection: ")
                .hasLineCount(1);
    }
}
