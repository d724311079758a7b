package dev.sluice.core.access;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;

/// Derives one key per purpose from one secret: HKDF-SHA256 (RFC 5869) without salt, the label as its info.
public final class Hkdf {
    private Hkdf() {}

    /// The key for one purpose.
    ///
    /// @param label one of [KeyLabels]
    public static byte[] derive(byte[] secret, String label, int length) {
        try {
            byte[] info = label.getBytes(StandardCharsets.UTF_8);
            return KDF.getInstance("HKDF-SHA256")
                    .deriveData(HKDFParameterSpec.ofExtract().addIKM(secret).thenExpand(info, length));
        } catch (GeneralSecurityException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }
}
