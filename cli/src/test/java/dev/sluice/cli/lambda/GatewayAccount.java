package dev.sluice.cli.lambda;

import dev.sluice.aws.dynamodb.DynamoStore;
import dev.sluice.aws.dynamodb.TableSettings;
import dev.sluice.cli.front.RawClient;
import dev.sluice.core.access.Caller;
import dev.sluice.core.access.KeyHash;
import dev.sluice.core.access.KeyRecord;
import dev.sluice.core.config.ConfigReader;
import dev.sluice.core.config.ConfigReading;
import dev.sluice.core.config.RateLimitConfig;
import dev.sluice.function.LambdaMain;
import dev.sluice.testkit.dynamodb.LocalDynamoDb;
import dev.sluice.testkit.secrets.FakeSecrets;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// An account for the gateway's function in the local engine: a table, its secrets, callers' keys, the variables that name
/// them, and what its clients send. Without a configuration the demo answers.
final class GatewayAccount implements AutoCloseable {
    static final String KEY = "slc_the-tools-key-0123456789";
    static final String LIMITED = "slc_a-key-with-a-limit-0123456789";
    static final byte[] BITS = HexFormat.of().parseHex("00112233445566778899aabbccddeeff".repeat(2));

    final Map<String, String> environment = new HashMap<>();
    final FakeSecrets secrets = FakeSecrets.open();
    final DynamoStore store;

    /// The limited key has so many requests in a month.
    static GatewayAccount withRequests(long cap) throws IOException {
        return new GatewayAccount(cap, null);
    }

    /// The limited key has so many tokens in a month.
    static GatewayAccount withTokens(long cap) throws IOException {
        return new GatewayAccount(null, cap);
    }

    private GatewayAccount(@Nullable Long requests, @Nullable Long tokens) throws IOException {
        secrets.put("key", HexFormat.of().formatHex(BITS));
        secrets.put("creds", "{\"one\":\"sk-credential-of-the-provider\"}");
        String table = "sluice-" + UUID.randomUUID();
        environment.put("SLUICE_TABLE", table);
        environment.put("SLUICE_CREDENTIALS_SECRET", "creds");
        environment.put("SLUICE_KEY_SECRET", "key");
        endpoints(LocalDynamoDb.sharedEndpoint(), secrets.endpoint());
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
                        "month", "month", List.of("all"), requests, tokens, null, month, BigDecimal.ZERO)));
    }

    /// Where the function finds the table and its secrets.
    void endpoints(URI dynamo, URI manager) {
        environment.put("AWS_ENDPOINT_URL_DYNAMODB", dynamo.toString());
        environment.put("AWS_ENDPOINT_URL_SECRETS_MANAGER", manager.toString());
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

    void configure(String document) {
        switch (ConfigReader.read(document.getBytes(StandardCharsets.UTF_8), 1)) {
            case ConfigReading.Good good ->
                store.versions().write(0, good.snapshot().document(), "test", Instant.now());
            case ConfigReading.Refused refused ->
                throw new IllegalArgumentException(refused.errors().toString());
        }
    }

    /// A choice with this account's variables, for a machine under load.
    Engine.Choice usual(int environments) {
        return Engine.Choice.usual()
                .with(environment)
                .with(Engine.PATIENT.withEnvironments(environments))
                .with(Duration.ofSeconds(60));
    }

    /// The function's own process.
    Engine engine(Engine.Choice choice) throws IOException {
        return engine(LambdaMain.class, choice);
    }

    Engine engine(Class<?> main, Engine.Choice choice) throws IOException {
        List<String> command = List.of(
                Engine.java(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx160m",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName());
        return Engine.start(command, Path.of("").toAbsolutePath(), main.getName() + "::handleRequest", choice);
    }

    static String request(String path, String key, String body, String... headers) {
        return "POST " + path + " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nx-api-key: " + key
                + "\r\nanthropic-version: 2023-06-01\r\nContent-Length: " + body.length() + "\r\n"
                + String.join("", headers) + "\r\n" + body;
    }

    static String chat(String key, String prompt) {
        return request(
                "/v1/chat/completions",
                key,
                "{\"model\":\"m\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"" + prompt + "\"}]}");
    }

    static String messages(String key, String prompt) {
        return request(
                "/v1/messages",
                key,
                "{\"model\":\"m\",\"stream\":true,\"max_tokens\":64,\"messages\":[{\"role\":\"user\",\"content\":\""
                        + prompt + "\"}]}");
    }

    static RawClient.Response exchange(Engine engine, String request) throws IOException {
        try (RawClient client = engine.client()) {
            return client.exchange(request);
        }
    }

    @Override
    public void close() {
        store.close();
        secrets.close();
    }
}
