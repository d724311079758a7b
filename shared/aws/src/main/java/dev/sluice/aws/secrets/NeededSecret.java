package dev.sluice.aws.secrets;

import dev.sluice.core.ports.Time;
import java.time.Duration;

/// A secret without which an environment does not begin: asked for up to three times where Secrets Manager is silent.
final class NeededSecret {
    private static final int TRIES = 3;
    private static final Duration PAUSE = Duration.ofMillis(300);

    private NeededSecret() {}

    /// Its value without space around it. Throws [SecretFailure] when it does not come.
    ///
    /// @param which secret, for the message
    static String read(SecretStore store, String id, String which, Time time) {
        for (int tries = 1; ; tries++) {
            switch (store.read(id)) {
                case SecretReading.Found(String text) -> {
                    return text.strip();
                }
                case SecretReading.Refused(String why) -> throw new SecretFailure(which + " cannot be read: " + why);
                case SecretReading.Silent(String why) -> {
                    if (tries == TRIES || !paused(time)) {
                        throw new SecretFailure(which + " cannot be read: " + why);
                    }
                }
            }
        }
    }

    private static boolean paused(Time time) {
        try {
            time.sleep(PAUSE);
            return true;
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
