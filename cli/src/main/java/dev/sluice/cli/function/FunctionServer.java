package dev.sluice.cli.function;

import dev.sluice.cli.CommandFailure;
import dev.sluice.cli.Surroundings;
import dev.sluice.cli.control.Invocations;
import dev.sluice.cli.lambda.EngineLimits;
import dev.sluice.cli.lambda.EngineOptions;
import dev.sluice.cli.lambda.FunctionSettings;
import dev.sluice.cli.lambda.InitType;
import dev.sluice.cli.lambda.InvokeMode;
import dev.sluice.cli.lambda.Invoked;
import dev.sluice.cli.lambda.LocalLambda;
import dev.sluice.cli.preview.HttpPreview;
import dev.sluice.cli.preview.Preview;
import dev.sluice.cli.secret.LiveCredentials;
import dev.sluice.cli.secret.SecretKey;
import dev.sluice.cli.start.Scene;
import dev.sluice.cli.start.Server;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/// The function in the engine, with its secrets beside it. What changes here, credentials and configuration, is the
/// function's at once: environments that have seen the old ones take no more requests.
final class FunctionServer implements Server {
    private static final String KEY_SECRET = "sluice/key";
    private static final String CREDENTIALS_SECRET = "sluice/credentials";
    private static final Duration TIMEOUT = Duration.ofMinutes(15);
    private static final int MEMORY = 1024;
    private static final byte[] FIRST = """
            {"version":"2.0","rawPath":"/health","rawQueryString":"","headers":{"host":"localhost"},
             "requestContext":{"http":{"method":"GET","path":"/health","protocol":"HTTP/1.1","sourceIp":"127.0.0.1"}},
             "isBase64Encoded":false}""".getBytes(StandardCharsets.UTF_8);

    private final LocalLambda lambda;
    private final SecretsEndpoint secrets;
    private final KeyExchange exchange;
    private final OwnKey own;

    /// What the function is run with, whatever the configuration says.
    ///
    /// @param variables that lead to the table
    record Setting(
            PackagedFunction function,
            String table,
            Map<String, String> variables,
            SecretKey secret,
            OwnKey own,
            boolean json) {}

    private FunctionServer(LocalLambda lambda, SecretsEndpoint secrets, KeyExchange exchange, OwnKey own) {
        this.lambda = lambda;
        this.secrets = secrets;
        this.exchange = exchange;
        this.own = own;
    }

    /// Listens, and starts the first environment: what a function lacks is told before anybody waits for it.
    static FunctionServer open(Setting setting, KeyExchange exchange, Scene scene, Surroundings surroundings) {
        LiveCredentials credentials = scene.credentials();
        InetSocketAddress address = scene.address();
        SecretsEndpoint secrets = SecretsEndpoint.open(
                Map.of(
                        KEY_SECRET,
                        () -> HexFormat.of().formatHex(setting.secret().bytes()),
                        CREDENTIALS_SECRET,
                        credentials::asOneSecret),
                surroundings.random());
        try {
            FunctionLines lines = new FunctionLines(surroundings.err(), setting.json());
            EngineOptions options = EngineOptions.of(EngineLimits.DEFAULT, surroundings.time(), surroundings.random())
                    .withEvents(lines::happened);
            LocalLambda lambda =
                    LocalLambda.start(address, settings(setting, secrets, credentials), options, exchange::before);
            FunctionServer server = new FunctionServer(lambda, secrets, exchange, setting.own());
            server.awaitFirst();
            credentials.whenChanged(() -> lambda.update(settings(setting, secrets, credentials)));
            return server;
        } catch (IOException taken) {
            secrets.close();
            throw scene.taken(taken);
        }
    }

    private static FunctionSettings settings(Setting setting, SecretsEndpoint secrets, LiveCredentials credentials) {
        Map<String, String> variables = new HashMap<>(credentials.variables());
        variables.put("JAVA_TOOL_OPTIONS", "-XX:MaxRAM=" + MEMORY + "m"); // Lambda's own limit is not here
        variables.putAll(setting.variables());
        variables.put("AWS_ENDPOINT_URL_SECRETS_MANAGER", secrets.uri().toString());
        variables.put("SLUICE_TABLE", setting.table());
        variables.put("SLUICE_KEY_SECRET", KEY_SECRET);
        variables.put("SLUICE_CREDENTIALS_SECRET", CREDENTIALS_SECRET);
        return new FunctionSettings(
                "sluice",
                setting.function().command(),
                setting.function().taskRoot(),
                setting.function().handler(),
                variables,
                MEMORY,
                TIMEOUT,
                InitType.ON_DEMAND,
                InvokeMode.RESPONSE_STREAM);
    }

    private void awaitFirst() {
        Optional<String> trouble;
        try {
            Invoked first = lambda.invoke(FIRST);
            trouble = first.failure().map(failure -> new String(failure.payload(), StandardCharsets.UTF_8));
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
            trouble = Optional.of("interrupted");
        }
        if (trouble.isPresent()) {
            lambda.close();
            secrets.close();
            throw CommandFailure.failed("the function does not start: " + trouble.get());
        }
    }

    @Override
    public InetSocketAddress address() {
        return lambda.address();
    }

    @Override
    public Preview preview() {
        String host = address().getAddress().isAnyLocalAddress()
                ? "127.0.0.1"
                : address().getAddress().getHostAddress();
        String authority = host.contains(":") ? "[" + host + "]" : host;
        return new HttpPreview("http://" + authority + ":" + address().getPort(), Optional.of(own.key()));
    }

    @Override
    public Invocations invocations() {
        return (event, response) -> lambda.invoke(exchange.exchanged(event), response);
    }

    @Override
    public void stop(Duration grace) {
        lambda.stop(grace);
        secrets.close();
    }
}
