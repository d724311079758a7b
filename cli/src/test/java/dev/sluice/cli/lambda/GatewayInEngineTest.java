package dev.sluice.cli.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.aws.dynamodb.DynamoStore;
import dev.sluice.aws.dynamodb.TableSettings;
import dev.sluice.cli.front.RawClient;
import dev.sluice.core.access.Caller;
import dev.sluice.core.access.KeyHash;
import dev.sluice.core.access.KeyRecord;
import dev.sluice.core.config.RateLimitConfig;
import dev.sluice.function.LambdaMain;
import dev.sluice.testkit.dynamodb.LocalDynamoDb;
import dev.sluice.testkit.secrets.FakeSecrets;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The gateway's function as processes of the local engine: its own runtime, a real table, Secrets Manager on loopback,
/// the demo as provider.
class GatewayInEngineTest {
    private static final String KEY = "slc_the-tools-key-0123456789";
    private static final String LIMITED = "slc_a-key-with-a-limit-0123456789";
    private static final byte[] BITS = HexFormat.of().parseHex("00112233445566778899aabbccddeeff".repeat(2));
    private static final int CAP = 10;

    private final Map<String, String> environment = new HashMap<>();
    private FakeSecrets secrets;
    private DynamoStore store;

    @BeforeEach
    void open() throws IOException {
        secrets = FakeSecrets.open();
        secrets.put("key", HexFormat.of().formatHex(BITS));
        secrets.put("creds", "{}");
        String table = "sluice-" + UUID.randomUUID();
        environment.put("SLUICE_TABLE", table);
        environment.put("SLUICE_CREDENTIALS_SECRET", "creds");
        environment.put("SLUICE_KEY_SECRET", "key");
        environment.put(
                "AWS_ENDPOINT_URL_DYNAMODB", LocalDynamoDb.sharedEndpoint().toString());
        environment.put("AWS_ENDPOINT_URL_SECRETS_MANAGER", secrets.endpoint().toString());
        store = DynamoStore.open(
                TableSettings.of(table)
                        .withRegion("us-east-1")
                        .withEndpoint(LocalDynamoDb.sharedEndpoint())
                        .withAccessKey(new TableSettings.AccessKey("local", "local"))
                        .withPatience(Duration.ofSeconds(60)),
                note -> {});
        store.table().create();
        create(KEY, "tool", List.of());
        RateLimitConfig.Window month = new RateLimitConfig.Window(RateLimitConfig.Unit.MONTH, 1);
        create(
                LIMITED,
                "limited",
                List.of(new RateLimitConfig(
                        "month", "month", List.of("all"), (long) CAP, null, null, month, BigDecimal.ZERO)));
    }

    private void create(String key, String name, List<RateLimitConfig> limits) {
        store.keys()
                .create(new KeyRecord(
                        new KeyHash(BITS).of(key),
                        name,
                        Caller.Kind.CLIENT,
                        false,
                        Instant.now(),
                        null,
                        Set.of(),
                        limits));
    }

    @AfterEach
    void close() {
        store.close();
        secrets.close();
    }

    private Engine engine(Engine.Choice choice) throws IOException {
        List<String> command = List.of(
                Engine.java(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx160m",
                "-cp",
                System.getProperty("java.class.path"),
                LambdaMain.class.getName());
        return Engine.start(
                command, Path.of("").toAbsolutePath(), LambdaMain.class.getName() + "::handleRequest", choice);
    }

    private Engine.Choice usual(int environments) {
        return Engine.Choice.usual()
                .with(environment)
                .with(EngineLimits.DEFAULT.withEnvironments(environments))
                .with(Duration.ofSeconds(60));
    }

    private static RawClient.Response post(Engine engine, String path, String key, String body) throws IOException {
        try (RawClient client = engine.client()) {
            return client.exchange("POST " + path
                    + " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nx-api-key: " + key
                    + "\r\nanthropic-version: 2023-06-01\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
        }
    }

    private static RawClient.Response chat(Engine engine, String key) throws IOException {
        return post(
                engine,
                "/v1/chat/completions",
                key,
                "{\"model\":\"any\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]}");
    }

    private static void answersInBothDialects(Engine engine) throws IOException {
        RawClient.Response chat = chat(engine, KEY);
        assertThat(chat.status()).as(chat.body()).isEqualTo(200);
        assertThat(chat.head()).contains("content-type: text/event-stream", "x-sluice-request-id: ");
        assertThat(chat.body()).endsWith("data: [DONE]\n\n");
        RawClient.Response messages = post(
                engine,
                "/v1/messages",
                KEY,
                "{\"model\":\"any\",\"stream\":true,\"max_tokens\":64,\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]}");
        assertThat(messages.status()).as(messages.body()).isEqualTo(200);
        assertThat(messages.body()).contains("event: message_stop");
        RawClient.Response refused = chat(engine, "slc_nobody");
        assertThat(refused.status()).isEqualTo(401);
    }

    @Test
    void answers_streams_in_both_dialects_and_knows_its_callers() throws IOException {
        try (Engine engine = engine(usual(1))) {
            answersInBothDialects(engine);
        }
    }

    @Test
    void answers_after_a_snapshot_was_taken_and_restored() throws Exception {
        try (Engine engine = engine(usual(1).snapStart())) {
            answersInBothDialects(engine);
            engine.await(EngineEvent.Restored.class);
        }
    }

    @Test
    void environments_share_a_callers_limit_to_the_request() throws Exception {
        try (Engine engine = engine(usual(3));
                ExecutorService clients = Executors.newFixedThreadPool(3)) {
            List<Callable<Integer>> calls = new ArrayList<>();
            for (int i = 0; i < CAP + 8; i++) {
                calls.add(() -> chat(engine, LIMITED).status());
            }
            List<Integer> statuses = new ArrayList<>();
            for (Future<Integer> answer : clients.invokeAll(calls)) {
                statuses.add(answer.get());
            }
            assertThat(statuses).containsOnly(200, 429);
            assertThat(statuses).filteredOn(status -> status == 200).hasSize(CAP);
            assertThat(engine.all(EngineEvent.Started.class)).hasSizeGreaterThan(1);
        }
    }
}
