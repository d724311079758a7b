package dev.sluice.cli.lambda;

import dev.sluice.model.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.random.RandomGenerator;

/// The credentials that one environment gets; made up, and of no use anywhere. Thread-safe.
final class SandboxCredentials {
    private static final Duration LIFE = Duration.ofHours(6);

    private final RandomGenerator random;
    private final String authorization;
    private Json.Obj current;

    SandboxCredentials(RandomGenerator random, Instant now) {
        this.random = random;
        this.authorization = Ids.hex(random, 32);
        this.current = made(now);
    }

    /// What the environment must send to read them.
    String authorization() {
        return authorization;
    }

    synchronized Json.Obj current() {
        return current;
    }

    /// Others from now on, as after a restore.
    synchronized void rotate(Instant now) {
        current = made(now);
    }

    /// The variables of an environment that was started on demand.
    synchronized Map<String, String> variables() {
        return Map.of(
                "AWS_ACCESS_KEY_ID", current.text("AccessKeyId", ""),
                "AWS_SECRET_ACCESS_KEY", current.text("SecretAccessKey", ""),
                "AWS_SESSION_TOKEN", current.text("Token", ""));
    }

    private Json.Obj made(Instant now) {
        return Json.object()
                .put("AccessKeyId", "ASIALOCAL" + Ids.hex(random, 6).toUpperCase(java.util.Locale.ROOT))
                .put("SecretAccessKey", Ids.hex(random, 20))
                .put("Token", Ids.hex(random, 32))
                .put("Expiration", now.plus(LIFE).toString())
                .build();
    }
}
