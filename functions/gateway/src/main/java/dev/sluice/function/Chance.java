package dev.sluice.function;

import java.security.SecureRandom;
import java.util.random.RandomGenerator;

/// Chance that no other copy of a snapshot has.
final class Chance {
    /// Twice what the JDK may hold back of the kernel's bytes, for all generators together.
    private static final int HELD_BACK = 128 * 1024;

    private Chance() {}

    /// A generator that is seeded now, with nothing in it that was drawn before. Thread-safe.
    static RandomGenerator fresh() {
        SecureRandom random = new SecureRandom();
        random.nextBytes(new byte[HELD_BACK]);
        return random;
    }
}
