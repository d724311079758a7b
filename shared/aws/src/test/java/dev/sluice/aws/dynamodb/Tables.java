package dev.sluice.aws.dynamodb;

import dev.sluice.testkit.dynamodb.LocalDynamoDb;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/// Tables for tests: each with a name of its own, on the process that this JVM shares.
final class Tables {
    private Tables() {}

    static TableSettings settings(URI endpoint) {
        return TableSettings.of("sluice-" + UUID.randomUUID())
                .withEndpoint(endpoint)
                .withRegion("eu-central-1")
                .withAccessKey(new TableSettings.AccessKey("test", "test"));
    }

    /// A new table. Without end to its patience: a machine under load fails no test.
    static Fresh fresh() {
        return fresh(settings(LocalDynamoDb.sharedEndpoint()).withPatience(null));
    }

    static Fresh fresh(TableSettings settings) {
        List<String> notes = new CopyOnWriteArrayList<>();
        DynamoStore store = DynamoStore.open(settings, notes::add);
        store.table().create();
        LocalDynamoDb.keepExpired(Objects.requireNonNull(settings.endpoint()), settings.table());
        return new Fresh(settings, store, DynamoDb.client(settings), notes);
    }

    /// @param client for what only a stranger does to a table
    record Fresh(TableSettings settings, DynamoStore store, DynamoDbClient client, List<String> notes)
            implements AutoCloseable {
        /// The same table as another environment sees it.
        DynamoStore another() {
            return DynamoStore.open(settings, notes::add);
        }

        @Override
        public void close() {
            store.close();
            client.close();
        }
    }
}
