package dev.sluice.aws.secrets;

import dev.sluice.core.access.Hkdf;
import dev.sluice.core.access.KeyHash;
import dev.sluice.core.access.KeyLabels;
import dev.sluice.core.ports.Time;
import dev.sluice.protocol.seal.Seal;
import java.util.Base64;
import java.util.HexFormat;

/// The gateway's own 256 random bits, from which the keys for every purpose are derived by label.
///
/// It outlives every rotation, so it is read once, when an environment starts, and kept.
public final class GatewaySecret {
    private static final int SIZE = 32;

    private final byte[] bytes;

    private GatewaySecret(byte[] bytes) {
        this.bytes = bytes;
    }

    /// Reads it, up to three times where Secrets Manager does not answer.
    ///
    /// Throws [SecretFailure] when it does not come or is not 256 bits.
    ///
    /// @param id its name or ARN
    /// @param variable by which the owner has named it
    public static GatewaySecret read(SecretStore store, String id, String variable, Time time) {
        String which = "the gateway's secret " + id + " (" + variable + ")";
        return new GatewaySecret(parse(NeededSecret.read(store, id, which, time), which));
    }

    private static byte[] parse(String text, String which) {
        byte[] bytes;
        try {
            bytes = isHex(text)
                    ? HexFormat.of().parseHex(text)
                    : Base64.getDecoder().decode(text.replace('-', '+').replace('_', '/'));
        } catch (IllegalArgumentException neither) {
            throw new SecretFailure(which + " is neither hex nor base64");
        }
        if (bytes.length != SIZE) {
            throw new SecretFailure(which + " has " + bytes.length * Byte.SIZE + " bits instead of " + SIZE * Byte.SIZE
                    + ": it is 64 hex digits, or as many bits in base64");
        }
        return bytes;
    }

    /// 64 hex digits would also be base64, of 384 bits.
    private static boolean isHex(String text) {
        return text.length() == 2 * SIZE && text.chars().allMatch(HexFormat::isHexDigit);
    }

    public KeyHash keyHash() {
        return new KeyHash(bytes);
    }

    public Seal reasoningSeal() {
        return new Seal(Hkdf.derive(bytes, KeyLabels.REASONING_SEAL, SIZE));
    }
}
