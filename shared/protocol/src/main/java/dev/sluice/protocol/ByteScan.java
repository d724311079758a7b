package dev.sluice.protocol;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Finds the next byte that means something, eight bytes at a step.
///
/// The tests are the classical ones on a word of bytes: a byte is zero where `(x - 0x01..) & ~x & 0x80..` has its top bit,
/// and only the lowest such bit is certain, which is the first byte in little-endian order.
public final class ByteScan {
    private static final VarHandle WORDS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long TOPS = 0x8080808080808080L;
    private static final long LINE_FEEDS = ONES * '\n';
    private static final long CARRIAGE_RETURNS = ONES * '\r';
    private static final long QUOTES = ONES * '"';
    private static final long BACKSLASHES = ONES * '\\';
    private static final long SPACES = ONES * ' ';

    private ByteScan() {}

    /// Where the next line feed or carriage return stands; `to` when there is none.
    public static int lineEnd(byte[] bytes, int from, int to) {
        int i = from;
        for (; i <= to - Long.BYTES; i += Long.BYTES) {
            long word = (long) WORDS.get(bytes, i);
            long found = zeroBytes(word ^ LINE_FEEDS) | zeroBytes(word ^ CARRIAGE_RETURNS);
            if (found != 0) {
                return i + (Long.numberOfTrailingZeros(found) >>> 3);
            }
        }
        for (; i < to; i++) {
            if (bytes[i] == '\n' || bytes[i] == '\r') {
                return i;
            }
        }
        return to;
    }

    /// Where the next byte stands that a JSON string cannot simply hold: a quote, a backslash, a control character; `to`
    /// when there is none.
    public static int stringStop(byte[] bytes, int from, int to) {
        int i = from;
        for (; i <= to - Long.BYTES; i += Long.BYTES) {
            long word = (long) WORDS.get(bytes, i);
            long controls = (word - SPACES) & ~word & TOPS;
            long found = zeroBytes(word ^ QUOTES) | zeroBytes(word ^ BACKSLASHES) | controls;
            if (found != 0) {
                return i + (Long.numberOfTrailingZeros(found) >>> 3);
            }
        }
        for (; i < to; i++) {
            byte b = bytes[i];
            if (b == '"' || b == '\\' || (b >= 0 && b < ' ')) {
                return i;
            }
        }
        return to;
    }

    /// Where that ASCII word of at least two characters first stands; -1 when it does not.
    public static int indexOf(byte[] bytes, int from, int to, String word) {
        long firsts = ONES * word.charAt(0);
        long seconds = ONES * word.charAt(1);
        int last = to - word.length();
        int i = from;
        for (; i <= last && i < to - Long.BYTES; i += Long.BYTES) {
            long pairs = zeroBytes((long) WORDS.get(bytes, i) ^ firsts)
                    & zeroBytes((long) WORDS.get(bytes, i + 1) ^ seconds);
            for (; pairs != 0; pairs &= pairs - 1) {
                int at = i + (Long.numberOfTrailingZeros(pairs) >>> 3);
                if (at <= last && standsAt(bytes, at, word)) {
                    return at;
                }
            }
        }
        for (; i <= last; i++) {
            if (standsAt(bytes, i, word)) {
                return i;
            }
        }
        return -1;
    }

    private static boolean standsAt(byte[] bytes, int at, String word) {
        for (int i = 0; i < word.length(); i++) {
            if (bytes[at + i] != word.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private static long zeroBytes(long word) {
        return (word - ONES) & ~word & TOPS;
    }
}
