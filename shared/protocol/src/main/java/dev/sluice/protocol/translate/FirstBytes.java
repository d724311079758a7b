package dev.sluice.protocol.translate;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The media type of a file, by its first bytes alone: what a server says of it is only its word.
public final class FirstBytes {
    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
    private static final byte[] JPEG = {(byte) 0xff, (byte) 0xd8, (byte) 0xff};
    private static final byte[] GIF_87 = ascii("GIF87a");
    private static final byte[] GIF_89 = ascii("GIF89a");
    private static final byte[] RIFF = ascii("RIFF");
    private static final byte[] WEBP = ascii("WEBP");
    private static final byte[] PDF = ascii("%PDF-");
    private static final int WEBP_AT = 8;

    private FirstBytes() {}

    /// PNG, JPEG, GIF, WebP or PDF; null: none of these.
    public static @Nullable String mediaType(byte[] bytes) {
        if (isAt(0, PNG, bytes)) {
            return "image/png";
        }
        if (isAt(0, JPEG, bytes)) {
            return "image/jpeg";
        }
        if (isAt(0, GIF_87, bytes) || isAt(0, GIF_89, bytes)) {
            return "image/gif";
        }
        if (isAt(0, RIFF, bytes) && isAt(WEBP_AT, WEBP, bytes)) {
            return "image/webp";
        }
        return isAt(0, PDF, bytes) ? "application/pdf" : null;
    }

    private static boolean isAt(int from, byte[] mark, byte[] bytes) {
        return bytes.length >= from + mark.length
                && Arrays.equals(bytes, from, from + mark.length, mark, 0, mark.length);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
