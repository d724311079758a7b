package dev.sluice.protocol.json;

import dev.sluice.protocol.ByteScan;
import java.nio.charset.StandardCharsets;

/// Text of JSON strings that are known to be well-formed.
final class JsonStrings {
    private JsonStrings() {}

    /// The text of the string that stands there with its quotes; malformed UTF-8 becomes U+FFFD.
    static String decode(byte[] bytes, int from, int to) {
        int end = to - 1;
        int stop = ByteScan.stringStop(bytes, from + 1, end);
        if (stop == end) {
            return new String(bytes, from + 1, end - from - 1, StandardCharsets.UTF_8);
        }
        StringBuilder text = new StringBuilder(to - from);
        int plain = from + 1;
        while (stop < end) {
            text.append(new String(bytes, plain, stop - plain, StandardCharsets.UTF_8));
            text.append(escaped(bytes, stop + 1));
            plain = stop + (bytes[stop + 1] == 'u' ? 6 : 2);
            stop = ByteScan.stringStop(bytes, plain, end);
        }
        return text.append(new String(bytes, plain, end - plain, StandardCharsets.UTF_8))
                .toString();
    }

    /// Four hexadecimal digits as a number, or -1.
    static int hex(byte[] bytes, int from) {
        int value = 0;
        for (int i = from; i < from + 4; i++) {
            int digit = bytes[i] < 0 ? -1 : Character.digit(bytes[i], 16);
            if (digit < 0) {
                return -1;
            }
            value = value << 4 | digit;
        }
        return value;
    }

    private static char escaped(byte[] bytes, int letter) {
        return switch (bytes[letter]) {
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'u' -> (char) hex(bytes, letter + 1);
            default -> (char) bytes[letter];
        };
    }
}
