package dev.sluice.cli.command;

import dev.sluice.cli.CommandFailure;
import dev.sluice.cli.Exit;
import dev.sluice.cli.command.CommandTree.Context;
import dev.sluice.cli.function.FunctionSite;
import dev.sluice.cli.start.OwnSite;
import dev.sluice.cli.start.Serving;
import dev.sluice.cli.start.Site;
import dev.sluice.cli.start.StartOptions;
import dev.sluice.cli.start.Wiring;
import dev.sluice.cli.store.StoreChoice;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.Option;

@Command(
        name = "start",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        description = "Serve the gateway on this machine until it is stopped (Ctrl-C or SIGTERM).")
final class StartCommand implements Callable<Integer> {
    private static final String TABLE = "sluice";

    private final Context context;
    private final Wiring.Gateways gateways;

    @Option(names = "--port", paramLabel = "PORT", description = "Where to listen, 1 to 65535; 0: any free port.")
    private int port = 8787;

    @Option(names = "--host", paramLabel = "HOST", description = "The address to listen on.")
    private String host = "127.0.0.1";

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Apply this document when it differs from what is stored, and whenever it changes.")
    private @Nullable Path config;

    @Option(names = "--no-auth", description = "Let anyone on this machine call; only on a loopback address.")
    private boolean noAuth;

    @Option(
            names = "--store",
            paramLabel = "embedded|dynamodb",
            description = "Where to keep configuration, keys and limits: a file, or a table that many processes share"
                    + " (default: embedded; with --lambda dynamodb).",
            showDefaultValue = Help.Visibility.NEVER)
    private @Nullable String store;

    @Option(
            names = "--table",
            paramLabel = "NAME",
            description = "The table of --store dynamodb (default: sluice).",
            showDefaultValue = Help.Visibility.NEVER)
    private @Nullable String table;

    @Option(
            names = "--lambda",
            description = "Run the packaged function in the local Lambda engine, its state in the DynamoDB of"
                    + " AWS_ENDPOINT_URL_DYNAMODB or in DynamoDB Local, which Maven fetches.")
    private boolean lambda;

    StartCommand(Context context, Wiring.Gateways gateways) {
        this.context = context;
        this.gateways = gateways;
    }

    @Override
    public Integer call() {
        if (port < 0 || port > 65_535) {
            throw CommandFailure.usage("--port is a number from 0 to 65535");
        }
        if (noAuth && !isLoopback(host)) {
            throw CommandFailure.usage("--no-auth lets everyone who reaches " + host
                    + " spend your money: it needs a loopback address, such as --host 127.0.0.1");
        }
        StartOptions options = new StartOptions(
                host,
                port,
                context.common().directory(context.surroundings()),
                choice(),
                config == null ? null : config.toAbsolutePath(),
                noAuth,
                context.common().json());
        Site site = lambda ? FunctionSite.of(context.surroundings()) : new OwnSite(gateways);
        new Serving(options, context.surroundings(), site).run();
        return Exit.OK.code();
    }

    private StoreChoice choice() {
        return switch (store == null ? lambda ? "dynamodb" : "embedded" : store) {
            case "embedded" -> embedded();
            case "dynamodb" -> new StoreChoice.DynamoDb(tableName(table));
            default -> throw CommandFailure.usage("--store is embedded or dynamodb, not " + store);
        };
    }

    private StoreChoice embedded() {
        if (lambda) {
            throw CommandFailure.usage("--lambda keeps its state in DynamoDB: leave --store out");
        }
        if (table != null) {
            throw CommandFailure.usage("--table names a table of DynamoDB: it needs --store dynamodb");
        }
        return StoreChoice.EMBEDDED;
    }

    /// @param table null: the usual one
    static String tableName(@Nullable String table) {
        String name = table == null ? TABLE : table;
        boolean isName = name.length() >= 3
                && name.length() <= 255
                && name.chars()
                        .allMatch(c -> c >= 'a' && c <= 'z'
                                || c >= 'A' && c <= 'Z'
                                || c >= '0' && c <= '9'
                                || c == '_'
                                || c == '-'
                                || c == '.');
        if (!isName) {
            throw CommandFailure.usage("--table is a name of 3 to 255 letters, digits and _-. , not " + name);
        }
        return name;
    }

    private static boolean isLoopback(String host) {
        try {
            for (InetAddress address : InetAddress.getAllByName(host)) {
                if (!address.isLoopbackAddress()) {
                    return false;
                }
            }
            return true;
        } catch (UnknownHostException unknown) {
            throw CommandFailure.usage("--host: there is no address " + host);
        }
    }
}
