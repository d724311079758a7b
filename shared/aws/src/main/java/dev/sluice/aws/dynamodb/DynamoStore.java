package dev.sluice.aws.dynamodb;

import java.util.List;
import java.util.function.Consumer;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/// All that is kept in one DynamoDB table, over one client.
///
/// Opening it calls nobody. Thread-safe.
public final class DynamoStore implements AutoCloseable {
    private final DynamoDbClient client;
    private final DynamoTable table;
    private final DynamoLimitStore limits;
    private final DynamoRegistry registry;
    private final DynamoVersions versions;
    private final DynamoKeys keys;

    private DynamoStore(DynamoDbClient client, Table table) {
        this.client = client;
        this.table = new DynamoTable(client, table);
        this.limits = new DynamoLimitStore(table);
        this.registry = new DynamoRegistry(table);
        this.versions = new DynamoVersions(table);
        this.keys = new DynamoKeys(table);
    }

    /// @param notes sentences for the owner's log
    public static DynamoStore open(TableSettings settings, Consumer<String> notes) {
        return open(settings, notes, List.of());
    }

    static DynamoStore open(
            TableSettings settings, Consumer<String> notes, List<? extends ExecutionInterceptor> interceptors) {
        DynamoDbClient client = DynamoDb.client(settings, interceptors);
        return new DynamoStore(client, new Table(client, settings.table(), settings.patience(), notes));
    }

    public DynamoTable table() {
        return table;
    }

    public DynamoLimitStore limits() {
        return limits;
    }

    public DynamoRegistry registry() {
        return registry;
    }

    public DynamoVersions versions() {
        return versions;
    }

    public DynamoKeys keys() {
        return keys;
    }

    @Override
    public void close() {
        client.close();
    }
}
