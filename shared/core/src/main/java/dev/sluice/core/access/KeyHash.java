package dev.sluice.core.access;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Hashes callers' keys: only the hash is stored, and without the gateway's secret nobody can try guesses on it.
/// Thread-safe.
public final class KeyHash {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int KEY_BYTES = 32;

    private final SecretKeySpec hashKey;

    /// @param secret the gateway's own, of which the hashing key is derived
    public KeyHash(byte[] secret) {
        hashKey = new SecretKeySpec(Hkdf.derive(secret, KeyLabels.KEY_HASH, KEY_BYTES), ALGORITHM);
    }

    /// HMAC-SHA-256 of the key, in lower-case hex.
    public String of(String key) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(hashKey);
            return HexFormat.of().formatHex(mac.doFinal(key.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }
}
