package dev.sluice.cli.deploy;

import dev.sluice.aws.owner.Owner;
import dev.sluice.aws.secrets.SecretVersions;
import dev.sluice.core.ports.PortFailure;
import dev.sluice.core.ports.Time;
import dev.sluice.core.ports.VersionedSecret;
import dev.sluice.core.ports.VersionedSecret.Description;
import java.time.Duration;
import java.util.Optional;

/// The rotation of a deployed stack's master key, as far as it can be seen from outside.
final class Rotation {
    private static final Duration PAUSE = Duration.ofSeconds(3);
    private static final int LOOKS = 40;

    private final Owner owner;
    private final Time time;

    Rotation(Owner owner, Time time) {
        this.owner = owner;
        this.time = time;
    }

    /// Whether the key that is current was made by a rotation; the first one has to be, before it opens anything.
    Check check() {
        long start = time.nanos();
        try (SecretVersions secret = owner.masterKey()) {
            Description description = secret.describe();
            return new Check(
                    "rotation", isDone(description), said(description), Duration.ofNanos(time.nanos() - start));
        } catch (PortFailure failed) {
            return new Check(
                    "rotation", false, String.valueOf(failed.getMessage()), Duration.ofNanos(time.nanos() - start));
        }
    }

    /// Waits for the first one, which begins when the stack is made; answers whether it is done.
    boolean awaited(Steps steps) {
        try (SecretVersions secret = owner.masterKey()) {
            for (int look = 0; look < LOOKS; look++) {
                if (isDone(secret.describe())) {
                    return true;
                }
                if (look == 0) {
                    steps.going("waiting for the first rotation, which makes the master key...");
                }
                time.sleep(PAUSE);
            }
            return false;
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static boolean isDone(Description description) {
        Optional<String> pending = description.versionOf(VersionedSecret.PENDING);
        Optional<String> current = description.versionOf(VersionedSecret.CURRENT);
        return description.rotates()
                && description.lastRotated() != null
                && (pending.isEmpty() || pending.equals(current));
    }

    private static String said(Description description) {
        if (!description.rotates()) {
            return "no rotation is set up";
        }
        if (description.lastRotated() == null) {
            return "not done yet: no key is valid until the first one is; the rotation function's log says why";
        }
        String next = description.next() == null ? "" : ", next by " + description.next();
        return (isDone(description) ? "last " : "one is under way, last ") + description.lastRotated() + next;
    }

    /// The key that is current.
    Optional<String> key() {
        try (SecretVersions secret = owner.masterKey()) {
            return secret.stage(VersionedSecret.CURRENT).map(VersionedSecret.Value::text);
        }
    }
}
