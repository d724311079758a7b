package dev.sluice.aws.dynamodb;

import java.net.URI;
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
    private final DynamoWorkerKeys workerKeys;
    private final DynamoResponses responses;
    private final DynamoCalls calls;
    private final DynamoUsage usage;

    private DynamoStore(DynamoDbClient client, Table table) {
        this.client = client;
        this.table = new DynamoTable(client, table);
        this.limits = new DynamoLimitStore(table);
        this.registry = new DynamoRegistry(table);
        this.versions = new DynamoVersions(table);
        this.keys = new DynamoKeys(table);
        this.workerKeys = new DynamoWorkerKeys(table);
        this.responses = new DynamoResponses(table);
        this.calls = new DynamoCalls(table);
        this.usage = new DynamoUsage(table);
    }

    /// @param notes sentences for the owner's log
    public static DynamoStore open(TableSettings settings, Consumer<String> notes) {
        return open(settings, notes, List.of());
    }

    /// A store whose connections are closed after each call, for the time before a snapshot: none is in it.
    ///
    /// @param notes sentences for the owner's log
    public static DynamoStore openForSnapshot(TableSettings settings, Consumer<String> notes) {
        return open(settings, notes, List.of(new ClosedConnections()));
    }

    /// A store that reaches nobody: every call goes through the whole client and finds an empty table, which no write
    /// changes. For rehearsing before a snapshot.
    public static DynamoStore rehearsed() {
        TableSettings settings = TableSettings.of("rehearsal")
                .withRegion("us-east-1")
                .withEndpoint(URI.create("http://127.0.0.1"))
                .withAccessKey(new TableSettings.AccessKey("rehearsal", "rehearsal"));
        DynamoDbClient client =
                DynamoDb.client(settings, List.of(), DynamoDbClient.builder().httpClient(new RehearsedHttp()));
        return new DynamoStore(client, new Table(client, settings.table(), settings.patience(), _ -> {}));
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

    public DynamoWorkerKeys workerKeys() {
        return workerKeys;
    }

    public DynamoResponses responses() {
        return responses;
    }

    public DynamoCalls calls() {
        return calls;
    }

    public DynamoUsage usage() {
        return usage;
    }

    @Override
    public void close() {
        client.close();
    }
}
