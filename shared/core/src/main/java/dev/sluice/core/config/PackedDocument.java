package dev.sluice.core.config;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/// A configuration document as the shared table keeps it: gzip of its text, small enough for one item.
public final class PackedDocument {
    /// The most that a packed document may have.
    public static final int MOST_BYTES = 300 * 1024;
    /// More than any document that was ever accepted; what unpacks to more is damaged.
    private static final int MOST_UNPACKED = 8 << 20;

    private PackedDocument() {}

    public static byte[] pack(String document) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(document.getBytes(StandardCharsets.UTF_8));
        } catch (IOException inMemory) {
            throw new UncheckedIOException(inMemory);
        }
        return packed.toByteArray();
    }

    /// Empty when the bytes are no packed document.
    public static Optional<String> unpack(byte[] packed) {
        try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(packed))) {
            byte[] text = gzip.readNBytes(MOST_UNPACKED);
            return gzip.read() < 0 ? Optional.of(new String(text, StandardCharsets.UTF_8)) : Optional.empty();
        } catch (IOException damaged) {
            return Optional.empty();
        }
    }

    /// How large it would be; not worked out while the document itself is small enough.
    static int sizeOf(String document) {
        // a character is at most three bytes in UTF-8
        return document.length() <= MOST_BYTES / 4 ? document.length() : pack(document).length;
    }
}
