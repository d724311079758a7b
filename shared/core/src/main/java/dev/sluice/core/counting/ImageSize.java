package dev.sluice.core.counting;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/// The size of a picture in pixels, read from the head of its file: PNG, JPEG, GIF, WebP.
///
/// @param width and
/// @param height are at least 1
record ImageSize(int width, int height) {
    /// Characters of base64 in which a size is looked for: cameras put previews of some 100 KB before it.
    private static final int HEAD = 1 << 19;

    /// Null: it cannot be read.
    static @Nullable ImageSize of(String base64) {
        byte[] file;
        try {
            file = Base64.getMimeDecoder().decode(base64.substring(0, Math.min(base64.length(), HEAD)));
        } catch (IllegalArgumentException notBase64) {
            return null;
        }
        ImageSize size = read(new Head(file));
        return size == null || size.width < 1 || size.height < 1 ? null : size;
    }

    private static @Nullable ImageSize read(Head head) {
        if (head.says(1, "PNG") && head.has(24)) {
            return new ImageSize(head.big(16, 4), head.big(20, 4));
        }
        if (head.says(0, "GIF8") && head.has(10)) {
            return new ImageSize(head.little(6, 2), head.little(8, 2));
        }
        if (head.says(0, "RIFF") && head.says(8, "WEBP") && head.has(30)) {
            return webp(head);
        }
        return head.has(4) && head.big(0, 2) == 0xFFD8 ? jpeg(head) : null;
    }

    private static @Nullable ImageSize webp(Head head) {
        if (head.says(12, "VP8X")) {
            return new ImageSize(head.little(24, 3) + 1, head.little(27, 3) + 1);
        }
        if (head.says(12, "VP8L")) {
            int bits = head.little(21, 4);
            return new ImageSize((bits & 0x3FFF) + 1, (bits >>> 14 & 0x3FFF) + 1);
        }
        return head.says(12, "VP8 ") ? new ImageSize(head.little(26, 2) & 0x3FFF, head.little(28, 2) & 0x3FFF) : null;
    }

    /// Walks the segments to the one that begins a frame.
    private static @Nullable ImageSize jpeg(Head head) {
        int at = 2;
        while (head.has(at + 9)) {
            int marker = head.big(at, 2);
            if (marker == 0xFFFF) {
                at++; // filling
            } else if (isFrame(marker)) {
                return new ImageSize(head.big(at + 7, 2), head.big(at + 5, 2));
            } else {
                at += 2 + Math.max(2, head.big(at + 2, 2));
            }
        }
        return null;
    }

    /// SOF0 to SOF15 without DHT, JPG and DAC, which lie among them.
    private static boolean isFrame(int marker) {
        return marker >= 0xFFC0 && marker <= 0xFFCF && marker != 0xFFC4 && marker != 0xFFC8 && marker != 0xFFCC;
    }

    private record Head(byte[] bytes) {
        boolean has(int length) {
            return bytes.length >= length;
        }

        boolean says(int at, String word) {
            return has(at + word.length())
                    && new String(bytes, at, word.length(), StandardCharsets.ISO_8859_1).equals(word);
        }

        int big(int at, int length) {
            int value = 0;
            for (int i = 0; i < length; i++) {
                value = value << 8 | bytes[at + i] & 0xFF;
            }
            return value;
        }

        int little(int at, int length) {
            int value = 0;
            for (int i = length - 1; i >= 0; i--) {
                value = value << 8 | bytes[at + i] & 0xFF;
            }
            return value;
        }
    }
}
