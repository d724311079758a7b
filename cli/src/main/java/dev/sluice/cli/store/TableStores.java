package dev.sluice.cli.store;

import dev.sluice.aws.dynamodb.DynamoStore;
import dev.sluice.aws.dynamodb.DynamoTable;
import dev.sluice.aws.dynamodb.StoreFailure;
import dev.sluice.aws.dynamodb.TableSettings;
import dev.sluice.cli.CommandFailure;
import dev.sluice.cli.Surroundings;
import dev.sluice.core.access.RecentRegistry;
import dev.sluice.core.metering.CallKeeper;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/// A DynamoDB table as a store, found by the usual variables of AWS.
///
/// A loopback endpoint is somebody's DynamoDB on this machine: the table is made when it is absent, and region and access
/// key may be left out. Elsewhere the table is there already, or the command ends.
final class TableStores {
    private static final String ANY_REGION = "us-east-1";
    private static final TableSettings.AccessKey ANY_KEY = new TableSettings.AccessKey("local", "local");
    /// For opening, when nobody waits for an answer yet.
    private static final Duration OPENING = Duration.ofSeconds(10);

    private final String table;
    private final Duration patience;
    private final Surroundings surroundings;

    private TableStores(StoreChoice.DynamoDb choice, Surroundings surroundings) {
        this.table = choice.table();
        this.patience = choice.patience();
        this.surroundings = surroundings;
    }

    static Stores open(StoreChoice.DynamoDb choice, Surroundings surroundings, Consumer<String> notes) {
        return new TableStores(choice, surroundings).open(notes);
    }

    private Stores open(Consumer<String> notes) {
        Optional<URI> endpoint = endpoint();
        boolean isLocal = endpoint.filter(uri -> isLoopback(uri.getHost())).isPresent();
        TableSettings settings = settings(endpoint, isLocal);
        try {
            prepare(settings, isLocal);
            DynamoStore store = DynamoStore.open(settings, notes);
            return new Stores(
                    "DynamoDB, table " + table + where(settings),
                    new TableVersions(store.versions()),
                    new TableKeys(store.keys()),
                    store.registry(),
                    store.limits(),
                    store.responses(),
                    new CallKeeper.Books(store.calls(), store.usage()),
                    RecentRegistry.FRESH,
                    store::close);
        } catch (StoreFailure failed) {
            throw failed(settings, String.valueOf(failed.getMessage()));
        }
    }

    private void prepare(TableSettings settings, boolean isLocal) {
        try (DynamoStore store = DynamoStore.open(
                settings.withPatience(patience.compareTo(OPENING) > 0 ? patience : OPENING), _ -> {})) {
            switch (store.table().check()) {
                case DynamoTable.State.Present _ -> {}
                case DynamoTable.State.Absent _ -> {
                    if (!isLocal) {
                        throw CommandFailure.failed("there is no DynamoDB table " + table + where(settings)
                                + ": make it with sluice deploy, or name another with --table");
                    }
                    store.table().create();
                }
                case DynamoTable.State.Unusable(String why) ->
                    throw CommandFailure.failed("the DynamoDB table " + table + " cannot be used: " + why);
                case DynamoTable.State.Silent(String why) -> throw failed(settings, why);
            }
        }
    }

    private TableSettings settings(Optional<URI> endpoint, boolean isLocal) {
        TableSettings settings = TableSettings.of(table).withPatience(patience);
        if (endpoint.isPresent()) {
            settings = settings.withEndpoint(endpoint.get());
        }
        Optional<String> region = variable("AWS_REGION").or(() -> variable("AWS_DEFAULT_REGION"));
        if (region.isPresent() || isLocal) {
            settings = settings.withRegion(region.orElse(ANY_REGION));
        }
        Optional<TableSettings.AccessKey> key = accessKey(isLocal);
        return key.isPresent() ? settings.withAccessKey(key.get()) : settings;
    }

    /// Empty: the SDK looks in its usual places. It knows session tokens, too.
    private Optional<TableSettings.AccessKey> accessKey(boolean isLocal) {
        Optional<String> id = variable("AWS_ACCESS_KEY_ID");
        Optional<String> secret = variable("AWS_SECRET_ACCESS_KEY");
        if (variable("AWS_SESSION_TOKEN").isPresent()) {
            return Optional.empty();
        }
        if (id.isPresent() && secret.isPresent()) {
            return Optional.of(new TableSettings.AccessKey(id.get(), secret.get()));
        }
        return isLocal && variable("AWS_PROFILE").isEmpty() ? Optional.of(ANY_KEY) : Optional.empty();
    }

    private Optional<URI> endpoint() {
        Optional<String> given = variable("AWS_ENDPOINT_URL_DYNAMODB").or(() -> variable("AWS_ENDPOINT_URL"));
        return given.map(text -> {
            try {
                URI uri = URI.create(text);
                if (uri.getHost() != null && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))) {
                    return uri;
                }
            } catch (IllegalArgumentException noUrl) {
                // refused below
            }
            throw CommandFailure.usage("AWS_ENDPOINT_URL is an address such as http://127.0.0.1:8000, not " + text);
        });
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException unknown) {
            return false;
        }
    }

    private Optional<String> variable(String name) {
        return surroundings.variable(name).map(String::strip).filter(value -> !value.isEmpty());
    }

    private static String where(TableSettings settings) {
        URI endpoint = settings.endpoint();
        return endpoint != null ? " at " + endpoint : settings.region() == null ? "" : " in " + settings.region();
    }

    private CommandFailure failed(TableSettings settings, String why) {
        String sentence = sentence(table + where(settings), why);
        Optional<String> profile = variable("AWS_PROFILE").filter(_ -> sentence.contains("AWS_PROFILE"));
        return CommandFailure.failed(sentence
                + profile.map(name -> " (it is " + name + ", which has none)").orElse(""));
    }

    /// What the owner is told, where the SDK would list every place it has looked in.
    static String sentence(String table, String why) {
        if (why.contains("Unable to load credentials")) {
            return "no AWS credentials were found for the table " + table
                    + ": set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE";
        }
        if (why.contains("Unable to load region")) {
            return "no AWS region is known for the table " + table + ": set AWS_REGION";
        }
        return "the DynamoDB table " + table + " cannot be opened: "
                + why.lines().findFirst().orElse("no reason was given");
    }
}
