package dev.sluice.testkit.secrets;

import dev.sluice.core.ports.VersionedSecret;
import dev.sluice.model.Json;
import dev.sluice.protocol.json.JsonText;
import dev.sluice.testkit.secrets.FakeSecretsManager.Rotator;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/// What Secrets Manager does by itself: it calls the rotation function, step by step. Thread-safe.
final class FakeRotations {
    private static final List<String> STEPS = List.of("createSecret", "setSecret", "testSecret", "finishSecret");
    private static final Instant ROTATED = Instant.parse("2026-11-21T12:00:00Z");

    private final Map<FakeSecret, Rotator> rotators = new ConcurrentHashMap<>();
    private final Map<FakeSecret, Thread> running = new ConcurrentHashMap<>();
    private final List<String> steps = new CopyOnWriteArrayList<>();

    void set(FakeSecret secret, Rotator rotator) {
        rotators.put(secret, rotator);
    }

    boolean isSetUp(FakeSecret secret) {
        return rotators.containsKey(secret);
    }

    List<String> steps() {
        return List.copyOf(steps);
    }

    /// Without effect while one goes on.
    void run(FakeSecret secret, String token) {
        start(secret, () -> {
            for (String step : STEPS) {
                if (!invoke(secret, step, token)) {
                    return;
                }
            }
            secret.rotated(ROTATED);
        });
    }

    /// Only the third step, with a pending version that is gone after it.
    void test(FakeSecret secret, String token) {
        start(secret, () -> {
            invoke(secret, "testSecret", token);
            secret.remove(VersionedSecret.PENDING, token);
        });
    }

    private void start(FakeSecret secret, Runnable rotation) {
        running.compute(
                secret,
                (_, before) -> before != null && before.isAlive()
                        ? before
                        : Thread.ofVirtual().name("rotation").start(rotation));
    }

    private boolean invoke(FakeSecret secret, String step, String token) {
        String event = JsonText.print(Json.object()
                .put("Step", step)
                .put("SecretId", secret.arn())
                .put("ClientRequestToken", token)
                .build());
        try {
            Rotator rotator = rotators.get(secret);
            if (rotator != null) {
                rotator.invoke(event);
            }
            steps.add(step + " " + token + ": ok");
            return true;
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
            return false;
        } catch (Exception failed) {
            steps.add(step + " " + token + ": " + failed.getMessage());
            return false;
        }
    }

    void await(FakeSecret secret) throws InterruptedException {
        Thread thread = running.get(secret);
        if (thread != null) {
            thread.join();
        }
    }

    void end(FakeSecret secret) {
        Thread thread = running.get(secret);
        if (thread != null) {
            thread.interrupt();
        }
    }
}
