package dev.sluice.testkit.secrets;

import dev.sluice.model.Json;
import dev.sluice.protocol.json.JsonText;
import dev.sluice.testkit.http.ScriptedPeer;
import dev.sluice.testkit.http.ScriptedServer;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/// Secrets Manager on loopback: `GetSecretValue` over its own wire form, and failures as ordered. Thread-safe.
public final class FakeSecrets implements AutoCloseable {
    private final Map<String, String> values = new ConcurrentHashMap<>();
    private final Queue<Trouble> troubles = new ConcurrentLinkedQueue<>();
    private final ScriptedServer server;

    /// What goes wrong with one call.
    public enum Trouble {
        THROTTLED,
        FORBIDDEN,
        INTERNAL_ERROR,
        /// An answer that is no JSON, with the secret in it.
        GARBLED,
        /// The connection is closed without an answer.
        CUT,
        /// Nothing comes until the client gives up.
        SILENT
    }

    private FakeSecrets() throws IOException {
        this.server = ScriptedServer.playing(this::serve);
    }

    public static FakeSecrets open() throws IOException {
        return new FakeSecrets();
    }

    public URI endpoint() {
        return server.uri("");
    }

    /// Sets a secret, or rotates it.
    public void put(String id, String value) {
        values.put(id, value);
    }

    /// The next calls go wrong like this, one each.
    public void fail(Trouble... next) {
        troubles.addAll(List.of(next));
    }

    /// The ids that were asked for, in order.
    public List<String> asked() {
        return server.requests().stream().map(FakeSecrets::id).toList();
    }

    /// Every request as it came.
    public List<String> requests() {
        return server.requests();
    }

    private static String id(String request) {
        Json.Obj body = JsonText.objectOrNull(request.substring(request.indexOf("\r\n\r\n") + 4));
        return body == null ? "" : body.text("SecretId", "");
    }

    private void serve(ScriptedPeer peer) throws IOException {
        for (String request = peer.readRequest(); !request.isEmpty(); request = peer.readRequest()) {
            Trouble trouble = troubles.poll();
            if (trouble == Trouble.CUT) {
                return;
            }
            if (trouble == Trouble.SILENT) {
                peer.awaitClose();
                return;
            }
            peer.send(answer(request, trouble));
        }
    }

    private byte[] answer(String request, @Nullable Trouble trouble) {
        String id = id(request);
        String value = values.get(id);
        if (trouble == Trouble.GARBLED) {
            return http("200 OK", "{\"SecretString\": " + value);
        }
        if (trouble != null) {
            return switch (trouble) {
                case THROTTLED -> error("400 Bad Request", "ThrottlingException", "Rate exceeded");
                case FORBIDDEN -> error("400 Bad Request", "AccessDeniedException", "Not allowed to read " + id);
                default -> error("500 Internal Server Error", "InternalServiceError", "Try again");
            };
        }
        if (!request.contains("secretsmanager.GetSecretValue")) {
            return error("400 Bad Request", "UnknownOperationException", "Only GetSecretValue is known here");
        }
        if (value == null) {
            return error(
                    "400 Bad Request", "ResourceNotFoundException", "Secrets Manager can't find the specified secret.");
        }
        Json secret = Json.object()
                .put("ARN", "arn:aws:secretsmanager:local:000000000000:secret:" + id)
                .put("Name", id)
                .put("VersionId", "00000000-0000-0000-0000-000000000000")
                .put("SecretString", value)
                .put("VersionStages", Json.strings(List.of("AWSCURRENT")))
                .build();
        return http("200 OK", JsonText.print(secret));
    }

    private static byte[] error(String status, String type, String message) {
        return http(
                status,
                JsonText.print(Json.object()
                        .put("__type", type)
                        .put("Message", message)
                        .build()));
    }

    private static byte[] http(String status, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        String head = "HTTP/1.1 " + status + "\r\nContent-Type: application/x-amz-json-1.1\r\nContent-Length: "
                + bytes.length + "\r\n\r\n";
        byte[] whole = Arrays.copyOf(head.getBytes(StandardCharsets.US_ASCII), head.length() + bytes.length);
        System.arraycopy(bytes, 0, whole, head.length(), bytes.length);
        return whole;
    }

    @Override
    public void close() {
        server.close();
    }
}
