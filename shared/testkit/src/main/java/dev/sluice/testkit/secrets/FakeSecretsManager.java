package dev.sluice.testkit.secrets;

import dev.sluice.model.Json;
import dev.sluice.protocol.json.JsonText;
import dev.sluice.testkit.http.ScriptedPeer;
import dev.sluice.testkit.http.ScriptedServer;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Secrets Manager on loopback: several secrets, their versions and rotations, over its own wire form. Thread-safe.
///
/// A rotation runs on a thread of its own, as the service's does: the four steps in order, none after one that fails.
public final class FakeSecretsManager implements AutoCloseable {
    private static final String SERVICE = "secretsmanager.";

    private final Map<String, FakeSecret> secrets = new ConcurrentHashMap<>();
    private final FakeRotations rotations = new FakeRotations();
    private final List<Fault> faults = new CopyOnWriteArrayList<>();
    private final List<String> operations = new CopyOnWriteArrayList<>();
    private final ScriptedServer server;

    /// What a rotation function does with the event of one step; whatever it throws is its failure.
    @FunctionalInterface
    public interface Rotator {
        void invoke(String event) throws Exception;
    }

    /// When a call goes wrong: its connection is cut.
    public enum When {
        /// Nothing was done.
        BEFORE,
        /// It was done, and nobody hears of it.
        AFTER
    }

    private record Fault(String operation, int nth, When when) {}

    private FakeSecretsManager() throws IOException {
        this.server = ScriptedServer.playing(this::serve);
    }

    public static FakeSecretsManager open() throws IOException {
        return new FakeSecretsManager();
    }

    public URI endpoint() {
        return server.uri("");
    }

    /// A new secret.
    ///
    /// @param text its first value; null: none yet
    public FakeSecret create(String name, @Nullable String text) {
        FakeSecret secret = new FakeSecret(name);
        if (text != null) {
            secret.put(text);
        }
        secrets.put(name, secret);
        return secret;
    }

    /// The secret of that name or ARN.
    public FakeSecret secret(String id) {
        return secrets.values().stream()
                .filter(secret -> secret.isCalled(id))
                .findFirst()
                .orElseThrow(SecretRefusal::noSecret);
    }

    /// Sets a rotation up without beginning one.
    public void rotateWith(String id, Rotator rotator) {
        FakeSecret secret = secret(id);
        secret.rotates(true);
        rotations.set(secret, rotator);
    }

    /// Runs the steps of the pending version once more, as the service does for a rotation that has failed.
    public void retry(String id) {
        FakeSecret secret = secret(id);
        secret.holder(FakeSecret.PENDING).ifPresent(token -> rotations.run(secret, token));
    }

    /// Returns when no rotation of the secret goes on any more.
    public void awaitRotation(String id) throws InterruptedException {
        rotations.await(secret(id));
    }

    /// Every step that ran, as `step version: ok` or `step version: why not`, in order.
    public List<String> steps() {
        return rotations.steps();
    }

    /// The nth call of that operation from now (the first is 1) goes wrong.
    public void fail(String operation, int nth, When when) {
        int before = Math.toIntExact(
                operations.stream().filter(Predicate.isEqual(operation)).count());
        faults.add(new Fault(operation, before + nth, when));
    }

    /// The names of the calls that came, in order.
    public List<String> operations() {
        return List.copyOf(operations);
    }

    /// Every request as it came.
    public List<String> requests() {
        return server.requests();
    }

    private void serve(ScriptedPeer peer) throws IOException {
        for (String request = peer.readRequest(); !request.isEmpty(); request = peer.readRequest()) {
            String operation = operation(request);
            When when = fault(operation);
            if (when == When.BEFORE) {
                return;
            }
            byte[] answer = answer(operation, request);
            if (when == When.AFTER) {
                return;
            }
            peer.send(answer);
        }
    }

    private synchronized @Nullable When fault(String operation) {
        operations.add(operation);
        int nth = Math.toIntExact(
                operations.stream().filter(Predicate.isEqual(operation)).count());
        return faults.stream()
                .filter(fault -> fault.operation().equals(operation) && fault.nth() == nth)
                .map(Fault::when)
                .findFirst()
                .orElse(null);
    }

    private static String operation(String request) {
        int from = request.indexOf(SERVICE);
        return from < 0 ? "" : request.substring(from + SERVICE.length(), request.indexOf("\r\n", from));
    }

    private byte[] answer(String operation, String request) {
        Json.Obj body = JsonText.objectOrNull(request.substring(request.indexOf("\r\n\r\n") + 4));
        if (body == null) {
            return SecretsWire.error("SerializationException", "no JSON object");
        }
        try {
            FakeSecret secret = secret(body.text("SecretId", ""));
            return SecretsWire.answer(
                    switch (operation) {
                        case "DescribeSecret" -> SecretsWire.described(secret);
                        case "GetSecretValue" -> SecretsWire.value(secret, body);
                        case "PutSecretValue" -> SecretsWire.put(secret, body);
                        case "UpdateSecretVersionStage" -> SecretsWire.updateStage(secret, body);
                        case "RotateSecret" -> rotate(secret, body);
                        default -> throw new SecretRefusal("UnknownOperationException", operation);
                    });
        } catch (SecretRefusal refused) {
            return SecretsWire.error(refused.type(), String.valueOf(refused.getMessage()));
        }
    }

    private Json rotate(FakeSecret secret, Json.Obj body) {
        if (!rotations.isSetUp(secret)) {
            throw new SecretRefusal(
                    "InvalidRequestException", "No Lambda rotation function ARN is associated with this secret.");
        }
        String token = body.text("ClientRequestToken", "");
        String version = secret.begin(token);
        if (!version.equals(token)) {
            rotations.run(secret, version);
            throw new SecretRefusal(
                    "InvalidRequestException",
                    "A previous rotation isn't complete. That rotation will be reattempted.");
        }
        if (Json.FALSE.equals(body.field("RotateImmediately"))) {
            rotations.test(secret, version);
        } else {
            rotations.run(secret, version);
        }
        return SecretsWire.named(secret).put("VersionId", version).build();
    }

    @Override
    public void close() {
        server.close();
        for (FakeSecret secret : new ArrayList<>(secrets.values())) {
            rotations.end(secret);
        }
    }
}
