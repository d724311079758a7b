package dev.sluice.lambda;

import dev.sluice.protocol.ByteScan;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;

/// The text of a well-formed JSON string as bytes, made where the string stands: text never grows when its escapes are
/// undone. The string's own bytes are spent afterwards.
final class EventBody {
    private static final int REPLACEMENT = 0xfffd;

    private EventBody() {}

    /// The text between the quotes `bytes[from, to)` in UTF-8.
    static byte[] text(byte[] bytes, int from, int to) {
        return Arrays.copyOfRange(bytes, from, unescape(bytes, from, to));
    }

    /// What the text between the quotes is the base64 of.
    ///
    /// @throws IllegalArgumentException when it is none
    static byte[] base64(byte[] bytes, int from, int to) {
        int end = unescape(bytes, from, to);
        ByteBuffer plain = Base64.getDecoder().decode(ByteBuffer.wrap(bytes, from, end - from));
        return plain.remaining() == plain.array().length
                ? plain.array()
                : Arrays.copyOf(plain.array(), plain.remaining());
    }

    /// Undoes the escapes in place; answers where the text ends then.
    private static int unescape(byte[] bytes, int from, int to) {
        int read = ByteScan.stringStop(bytes, from, to);
        int write = read;
        while (read < to) {
            if (bytes[read + 1] == 'u') {
                int codePoint = codePoint(bytes, read, to);
                read += codePoint > 0xffff ? 12 : 6;
                write = utf8(bytes, write, codePoint);
            } else {
                bytes[write++] = letter(bytes[read + 1]);
                read += 2;
            }
            int stop = ByteScan.stringStop(bytes, read, to);
            System.arraycopy(bytes, read, bytes, write, stop - read);
            write += stop - read;
            read = stop;
        }
        return write;
    }

    /// What the escape there stands for, together with the one behind it when they are a surrogate pair.
    private static int codePoint(byte[] bytes, int at, int to) {
        char unit = unit(bytes, at);
        if (!Character.isSurrogate(unit)) {
            return unit;
        }
        if (Character.isHighSurrogate(unit)
                && at + 12 <= to
                && bytes[at + 6] == '\\'
                && bytes[at + 7] == 'u'
                && Character.isLowSurrogate(unit(bytes, at + 6))) {
            return Character.toCodePoint(unit, unit(bytes, at + 6));
        }
        return REPLACEMENT; // half a pair has no UTF-8 form
    }

    private static char unit(byte[] bytes, int at) {
        int value = 0;
        for (int i = at + 2; i < at + 6; i++) {
            value = value << 4 | Character.digit(bytes[i], 16);
        }
        return (char) value;
    }

    private static byte letter(byte escape) {
        return switch (escape) {
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'b' -> '\b';
            case 'f' -> '\f';
            default -> escape;
        };
    }

    private static int utf8(byte[] bytes, int at, int codePoint) {
        int end = at;
        if (codePoint < 0x80) {
            bytes[end++] = (byte) codePoint;
        } else if (codePoint < 0x800) {
            bytes[end++] = (byte) (0xc0 | codePoint >> 6);
            bytes[end++] = (byte) (0x80 | codePoint & 0x3f);
        } else {
            if (codePoint < 0x10000) {
                bytes[end++] = (byte) (0xe0 | codePoint >> 12);
            } else {
                bytes[end++] = (byte) (0xf0 | codePoint >> 18);
                bytes[end++] = (byte) (0x80 | codePoint >> 12 & 0x3f);
            }
            bytes[end++] = (byte) (0x80 | codePoint >> 6 & 0x3f);
            bytes[end++] = (byte) (0x80 | codePoint & 0x3f);
        }
        return end;
    }
}
