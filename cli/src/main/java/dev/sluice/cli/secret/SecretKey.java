package dev.sluice.cli.secret;

import dev.sluice.cli.CommandFailure;
import dev.sluice.cli.Obstacle;
import dev.sluice.core.access.Hkdf;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;

/// The installation's own 256 random bits, from which the keys for every purpose are derived by label. It outlives
/// every rotation: without it, stored credentials, client keys and seals are worth nothing.
public final class SecretKey {
    private static final int SIZE = 32;

    private final byte[] bytes;

    private SecretKey(byte[] bytes) {
        this.bytes = bytes;
    }

    /// Reads the key, or makes it where there is none. Refuses a key that others may read, or that is not whole.
    public static SecretKey open(Path file, SecureRandom random) {
        try {
            if (!Files.exists(file)) {
                byte[] fresh = new byte[SIZE];
                random.nextBytes(fresh);
                PrivateFile.create(file, fresh);
            }
            return read(file);
        } catch (IOException | UnsupportedOperationException notPossible) {
            throw CommandFailure.failed("cannot read or create " + file + ": " + Obstacle.words(notPossible));
        }
    }

    private static SecretKey read(Path file) throws IOException {
        if (!PrivateFile.isPrivate(file)) {
            throw CommandFailure.failed(
                    file + " can be read by others than its owner. If nobody else has read it: chmod" + " 600 " + file
                            + ". Otherwise delete it, and set every credential and key anew.");
        }
        byte[] bytes = Files.readAllBytes(file);
        if (bytes.length != SIZE) {
            throw CommandFailure.failed(file + " has " + bytes.length + " bytes instead of " + SIZE
                    + ". Put back a copy of it; without one, delete it, and set every credential and key anew.");
        }
        return new SecretKey(bytes);
    }

    /// The key for one purpose.
    public byte[] derive(String label, int length) {
        return Hkdf.derive(bytes, label, length);
    }

    /// Tells this key from others without giving anything of it away, hex.
    public String fingerprint() {
        return HexFormat.of().formatHex(derive("sluice fingerprint v1", 8));
    }

    /// The whole key, for those who derive by labels of their own.
    public byte[] bytes() {
        return bytes.clone();
    }
}
