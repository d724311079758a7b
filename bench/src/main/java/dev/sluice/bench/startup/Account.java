package dev.sluice.bench.startup;

import dev.sluice.aws.dynamodb.DynamoStore;
import dev.sluice.aws.dynamodb.TableSettings;
import dev.sluice.core.access.Caller;
import dev.sluice.core.access.KeyHash;
import dev.sluice.core.access.KeyRecord;
import dev.sluice.core.config.ConfigReader;
import dev.sluice.core.config.ConfigReading;
import dev.sluice.testkit.dynamodb.LocalDynamoDb;
import dev.sluice.testkit.secrets.FakeSecrets;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What a function finds around it: a table with a key and a configuration, its secrets, a provider.
final class Account implements AutoCloseable {
    static final String KEY = "slc_the-key-of-the-measurement-0123456789";
    private static final byte[] BITS = HexFormat.of().parseHex("00112233445566778899aabbccddeeff".repeat(2));
    private static final String TABLE = "sluice-startup";

    private final LocalDynamoDb dynamo = LocalDynamoDb.inMemory();
    private final FakeSecrets secrets = FakeSecrets.open();
    private final TlsProvider provider;

    Account(Path folder) throws IOException, InterruptedException, GeneralSecurityException {
        this.provider = new TlsProvider(folder);
        secrets.put("key", HexFormat.of().formatHex(BITS));
        secrets.put("creds", "{\"one\": \"sk-none\"}");
        try (DynamoStore store = DynamoStore.open(
                TableSettings.of(TABLE)
                        .withRegion("us-east-1")
                        .withEndpoint(dynamo.endpoint())
                        .withAccessKey(new TableSettings.AccessKey("local", "local"))
                        .withPatience(Duration.ofMinutes(1)),
                _ -> {})) {
            store.table().create();
            store.keys()
                    .create(new KeyRecord(
                            new KeyHash(BITS).of(KEY),
                            "tool",
                            Caller.Kind.CLIENT,
                            false,
                            Instant.now(),
                            null,
                            Set.of(),
                            List.of()));
            configure(store);
        }
    }

    private void configure(DynamoStore store) {
        switch (ConfigReader.read(provider.config().getBytes(StandardCharsets.UTF_8), 1)) {
            case ConfigReading.Good good ->
                store.versions().write(0, good.snapshot().document(), "bench", Instant.now());
            case ConfigReading.Refused refused ->
                throw new IllegalStateException(refused.errors().toString());
        }
    }

    TlsProvider provider() {
        return provider;
    }

    /// The function's own variables.
    Map<String, String> variables() {
        return Map.of(
                "SLUICE_TABLE",
                TABLE,
                "SLUICE_CREDENTIALS_SECRET",
                "creds",
                "SLUICE_KEY_SECRET",
                "key",
                "AWS_ENDPOINT_URL_DYNAMODB",
                dynamo.endpoint().toString(),
                "AWS_ENDPOINT_URL_SECRETS_MANAGER",
                secrets.endpoint().toString());
    }

    @Override
    public void close() throws IOException {
        provider.close();
        secrets.close();
        dynamo.close();
    }
}
