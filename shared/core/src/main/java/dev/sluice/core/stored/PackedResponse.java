package dev.sluice.core.stored;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/// A stored answer's document as a store keeps it: gzip, cut into parts that fit into an item each.
public final class PackedResponse {
    /// The most that a packed document may have, in bytes.
    public static final int MOST_BYTES = 4 << 20;

    private static final int PART_BYTES = 350 * 1024;

    /// What unpacks to more is damaged: requests themselves are smaller.
    private static final int MOST_UNPACKED = 128 << 20;

    private PackedResponse() {}

    /// Empty when it is too large to be kept.
    public static Optional<byte[]> pack(String document) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream(document.length() / 4 + 64);
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(document.getBytes(StandardCharsets.UTF_8));
        } catch (IOException inMemory) {
            throw new UncheckedIOException(inMemory);
        }
        return packed.size() <= MOST_BYTES ? Optional.of(packed.toByteArray()) : Optional.empty();
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

    /// At least one part; joined in order they are the bytes.
    public static List<byte[]> parts(byte[] packed) {
        List<byte[]> parts = new ArrayList<>();
        int from = 0;
        do {
            int to = Math.min(packed.length, from + PART_BYTES);
            parts.add(Arrays.copyOfRange(packed, from, to));
            from = to;
        } while (from < packed.length);
        return parts;
    }

    public static byte[] joined(List<byte[]> parts) {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        parts.forEach(whole::writeBytes);
        return whole.toByteArray();
    }
}
