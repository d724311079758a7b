package dev.sluice.cli.secret;

import java.security.SecureRandom;
import java.util.Base64;

/// Makes keys: `slc_` and 256 random bits.
public final class FreshKey {
    private static final int SIZE = 32;

    private FreshKey() {}

    public static String make(SecureRandom random) {
        byte[] bits = new byte[SIZE];
        random.nextBytes(bits);
        return "slc_" + Base64.getUrlEncoder().withoutPadding().encodeToString(bits);
    }
}
