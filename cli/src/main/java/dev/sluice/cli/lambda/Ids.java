package dev.sluice.cli.lambda;

import java.time.Instant;
import java.util.HexFormat;
import java.util.UUID;
import java.util.random.RandomGenerator;

/// Names that the service makes up.
final class Ids {
    private Ids() {}

    static String hex(RandomGenerator random, int bytes) {
        byte[] made = new byte[bytes];
        random.nextBytes(made);
        return HexFormat.of().formatHex(made);
    }

    /// A random UUID of version 4.
    static String request(RandomGenerator random) {
        long high = random.nextLong() & ~0xf000L | 0x4000L;
        long low = random.nextLong() & ~(3L << 62) | 2L << 62;
        return new UUID(high, low).toString();
    }

    /// A root of a trace, as load balancers make it.
    static String trace(RandomGenerator random, Instant now) {
        return "Root=1-" + HexFormat.of().toHexDigits((int) now.getEpochSecond()) + "-" + hex(random, 12);
    }
}
