package dev.sluice.protocol.openai.chat;

import dev.sluice.protocol.ByteScan;

/// Looks for JSON keys in bytes that nobody has parsed.
final class Bytes {
    private Bytes() {}

    /// Whether the value of that JSON key is something other than `null`, wherever the key stands.
    static boolean hasValue(byte[] bytes, int from, int to, String quotedKey) {
        for (int at = ByteScan.indexOf(bytes, from, to, quotedKey);
                at >= 0;
                at = ByteScan.indexOf(bytes, at + 1, to, quotedKey)) {
            int i = skipSpace(bytes, at + quotedKey.length(), to);
            if (i < to && bytes[i] == ':') {
                i = skipSpace(bytes, i + 1, to);
                if (i < to && bytes[i] != 'n') {
                    return true;
                }
            }
        }
        return false;
    }

    private static int skipSpace(byte[] bytes, int from, int to) {
        int i = from;
        while (i < to && bytes[i] <= ' ') {
            i++;
        }
        return i;
    }
}
