package dev.sluice.testkit;

import dev.sluice.core.access.Caller;
import dev.sluice.core.access.KeyRecord;
import dev.sluice.core.config.RateLimitConfig;
import dev.sluice.core.config.RateLimitConfig.Unit;
import dev.sluice.core.config.RateLimitConfig.Window;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/// Records of keys for tests.
public final class Keys {
    public static final Instant CREATED = Instant.parse("2026-11-20T08:00:00Z");

    private Keys() {}

    /// What looks like the hash of a key: 64 hex digits, of that number.
    public static String hash(long number) {
        return "0123456789abcdef".repeat(3) + HexFormat.of().toHexDigits(number);
    }

    /// A client's key without end and limits.
    public static KeyRecord plain(long number, String name) {
        return new KeyRecord(hash(number), name, Caller.Kind.CLIENT, false, CREATED, null, Set.of(), List.of());
    }

    /// A client's key that ends then.
    public static KeyRecord until(long number, String name, Instant expires) {
        return new KeyRecord(hash(number), name, Caller.Kind.CLIENT, false, CREATED, expires, Set.of(), List.of());
    }

    /// A key with everything that a key can have.
    public static KeyRecord full(long number, String name) {
        return new KeyRecord(
                hash(number),
                name,
                Caller.Kind.MASTER,
                false,
                Instant.parse("2026-11-20T08:00:00.123456789Z"),
                Instant.parse("2027-01-01T00:00:00Z"),
                Set.of("one/m", "coding", "*:free"),
                List.of(
                        new RateLimitConfig(
                                "daily",
                                "Every day",
                                List.of("all"),
                                1000L,
                                2_000_000L,
                                new BigDecimal("12.50"),
                                new Window(Unit.DAY, 1),
                                new BigDecimal("0.05")),
                        new RateLimitConfig(
                                "burst",
                                "burst",
                                List.of("one/m", "two/m"),
                                5L,
                                null,
                                null,
                                new Window(Unit.SECOND, 10),
                                BigDecimal.ZERO)));
    }
}
