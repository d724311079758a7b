package dev.sluice.function;

import dev.sluice.aws.dynamodb.DynamoStore;
import dev.sluice.core.access.Caller;
import dev.sluice.core.access.KeyHash;
import dev.sluice.core.access.KeyRecord;
import dev.sluice.core.config.ConfigReader;
import dev.sluice.core.config.ConfigReading;
import dev.sluice.core.gateway.InboundRequest;
import dev.sluice.model.Headers;
import dev.sluice.testkit.RecordingResponse;
import dev.sluice.testkit.VirtualTime;
import dev.sluice.testkit.dynamodb.LocalDynamoDb;
import dev.sluice.testkit.secrets.FakeSecrets;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/// An account of its own for one test: a table, two secrets, a provider, and the variables that name them.
public final class FunctionFixture implements AutoCloseable {
    public static final String KEY = "slc_the-callers-key-0123456789";
    public static final String FIRST = "sk-first-credential-of-the-provider";
    public static final String OF_THE_ENVIRONMENT = "sk-credential-of-the-environment";
    public static final byte[] BITS = HexFormat.of().parseHex("00112233445566778899aabbccddeeff".repeat(2));

    /// Patient: a machine under load fails no test.
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    public final FakeSecrets secrets = FakeSecrets.open();
    public final Provider provider = new Provider();
    public final VirtualTime time = new VirtualTime();
    public final List<String> lines = new CopyOnWriteArrayList<>();
    public final Map<String, String> environment = new HashMap<>();
    public final DynamoStore store;

    public FunctionFixture() throws IOException {
        environment.put("SLUICE_TABLE", "sluice-" + UUID.randomUUID());
        environment.put("SLUICE_CREDENTIALS_SECRET", "creds");
        environment.put("SLUICE_KEY_SECRET", "key");
        environment.put("AWS_REGION", "us-east-1");
        environment.put("AWS_ACCESS_KEY_ID", "local");
        environment.put("AWS_SECRET_ACCESS_KEY", "local");
        environment.put(
                "AWS_ENDPOINT_URL_DYNAMODB", LocalDynamoDb.sharedEndpoint().toString());
        environment.put("AWS_ENDPOINT_URL_SECRETS_MANAGER", secrets.endpoint().toString());
        environment.put("PROVIDER_KEY", OF_THE_ENVIRONMENT);
        secrets.put("key", HexFormat.of().formatHex(BITS));
        credential(FIRST);
        store = DynamoStore.open(settings().table(), lines::add);
        store.table().create();
        LocalDynamoDb.keepExpired(LocalDynamoDb.sharedEndpoint(), environment.get("SLUICE_TABLE"));
        store.keys()
                .create(new KeyRecord(
                        new KeyHash(BITS).of(KEY),
                        "tool",
                        Caller.Kind.CLIENT,
                        false,
                        time.now(),
                        null,
                        Set.of(),
                        List.of()));
        configure(0, "*");
    }

    public void credential(String value) {
        secrets.put("creds", "{\"one\": \"" + value + "\"}");
    }

    /// Makes a new version, in which the providers have that model.
    public void configure(long before, String model) {
        write(before, provider.config(model));
    }

    /// Makes a new version of that document.
    public void write(long before, String config) {
        byte[] document = config.getBytes(StandardCharsets.UTF_8);
        switch (ConfigReader.read(document, before + 1)) {
            case ConfigReading.Good good ->
                store.versions().write(before, good.snapshot().document(), "test", time.now());
            case ConfigReading.Refused refused ->
                throw new IllegalArgumentException(refused.errors().toString());
        }
    }

    FunctionSettings settings() {
        return FunctionSettings.from(environment).withPatience(PATIENCE);
    }

    public GatewayFunction function() {
        return function(Chance::fresh);
    }

    public GatewayFunction function(Supplier<? extends RandomGenerator> chance) {
        return new GatewayFunction(GatewayFunction.ground(settings(), environment, time, lines::add), chance);
    }

    public static RecordingResponse chat(GatewayFunction function, String model, boolean streamed) {
        return send(
                function,
                KEY,
                "/v1/chat/completions",
                "{\"model\":\"" + model + "\",\"stream\":" + streamed
                        + ",\"messages\":[{\"role\":\"user\",\"content\":\"the words of the prompt\"}]}");
    }

    public static RecordingResponse messages(GatewayFunction function, String model, boolean streamed) {
        return send(
                function,
                KEY,
                "/v1/messages",
                "{\"model\":\"" + model + "\",\"stream\":" + streamed
                        + ",\"max_tokens\":64,\"messages\":[{\"role\":\"user\",\"content\":\"the words of the prompt\"}]}");
    }

    public static RecordingResponse send(GatewayFunction function, String key, String path, String body) {
        RecordingResponse response = new RecordingResponse();
        Headers headers =
                Headers.of("content-type", "application/json", "x-api-key", key, "anthropic-version", "2023-06-01");
        function.handle(
                new InboundRequest("POST", path, "", headers, body.getBytes(StandardCharsets.UTF_8), null, "127.0.0.1"),
                response);
        return response;
    }

    @Override
    public void close() {
        store.close();
        secrets.close();
        provider.close();
    }
}
