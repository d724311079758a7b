package dev.sluice.core.access;

import java.util.Base64;
import java.util.random.RandomGenerator;

/// New keys: `slc_` and 256 random bits in base64url.
public final class FreshKey {
    private static final String PREFIX = "slc_";
    private static final int SIZE = 32;

    private FreshKey() {}

    /// @param random fit for secrets
    public static String of(RandomGenerator random) {
        byte[] bits = new byte[SIZE];
        random.nextBytes(bits);
        return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bits);
    }
}
