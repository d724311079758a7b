package dev.sluice.cli.function;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.sluice.cli.CommandFailure;
import dev.sluice.model.Json;
import dev.sluice.protocol.json.JsonText;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Secrets Manager on loopback, as far as a function uses it: `GetSecretValue` over the service's own wire form.
///
/// A request has to be signed, but the signature is not looked at. What lets it in is the path: 256 bits that only the
/// function is told, as every user of this machine can reach a loopback address.
final class SecretsEndpoint implements AutoCloseable {
    private static final int LARGEST = 64 * 1024;
    private static final String TARGET = "secretsmanager.GetSecretValue";

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final byte[] path;
    private final Map<String, Supplier<String>> secrets;

    private SecretsEndpoint(HttpServer server, String path, Map<String, Supplier<String>> secrets) {
        this.server = server;
        this.path = path.getBytes(StandardCharsets.UTF_8);
        this.secrets = Map.copyOf(secrets);
    }

    /// @param secrets by name; asked for with each reading
    static SecretsEndpoint open(Map<String, Supplier<String>> secrets, SecureRandom random) {
        byte[] bits = new byte[32];
        random.nextBytes(bits);
        try {
            InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
            HttpServer http = HttpServer.create(new InetSocketAddress(loopback, 0), 0);
            SecretsEndpoint endpoint =
                    new SecretsEndpoint(http, "/" + HexFormat.of().formatHex(bits), secrets);
            http.createContext("/", endpoint::handle);
            http.setExecutor(endpoint.threads);
            http.start();
            return endpoint;
        } catch (IOException notPossible) {
            throw CommandFailure.failed("cannot serve the function's secrets: " + notPossible.getMessage());
        }
    }

    /// Where the function finds it. A secret itself.
    URI uri() {
        return URI.create(
                "http://127.0.0.1:" + server.getAddress().getPort() + new String(path, StandardCharsets.UTF_8));
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readNBytes(LARGEST);
            String given = exchange.getRequestURI().getRawPath();
            String asked = given.endsWith("/") ? given.substring(0, given.length() - 1) : given;
            String signature = exchange.getRequestHeaders().getFirst("Authorization");
            if (!MessageDigest.isEqual(asked.getBytes(StandardCharsets.UTF_8), path)) {
                refuse(exchange, "AccessDeniedException", "This is not the way in.");
            } else if (signature == null || !signature.startsWith("AWS4-HMAC-SHA256 ")) {
                refuse(exchange, "MissingAuthenticationTokenException", "The request is not signed.");
            } else if (!TARGET.equals(exchange.getRequestHeaders().getFirst("X-Amz-Target"))) {
                refuse(exchange, "UnknownOperationException", "Only GetSecretValue is known here.");
            } else {
                answer(exchange, JsonText.objectOrNull(body, 0, body.length));
            }
        }
    }

    private void answer(HttpExchange exchange, Json.@Nullable Obj question) throws IOException {
        String id = question == null ? null : question.text("SecretId");
        if (id == null) {
            refuse(exchange, "InvalidRequestException", "You must provide a SecretId.");
            return;
        }
        Supplier<String> secret = secrets.get(id);
        if (secret == null) {
            refuse(exchange, "ResourceNotFoundException", "Secrets Manager can't find the specified secret.");
            return;
        }
        send(
                exchange,
                200,
                Json.object()
                        .put("ARN", "arn:aws:secretsmanager:us-east-1:000000000000:secret:" + id)
                        .put("Name", id)
                        .put("SecretString", secret.get())
                        .put("VersionStages", Json.strings(List.of("AWSCURRENT")))
                        .build());
    }

    private static void refuse(HttpExchange exchange, String type, String message) throws IOException {
        send(
                exchange,
                400,
                Json.object().put("__type", type).put("Message", message).build());
    }

    private static void send(HttpExchange exchange, int status, Json.Obj body) throws IOException {
        byte[] bytes = JsonText.bytes(body);
        exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.1");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.close();
    }
}
