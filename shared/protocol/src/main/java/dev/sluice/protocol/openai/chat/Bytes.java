package dev.sluice.protocol.openai.chat;

/// Looks for ASCII words in bytes.
final class Bytes {
    private Bytes() {}

    /// Where the word first stands; -1 when it does not.
    static int indexOf(byte[] bytes, int from, int to, String ascii) {
        int length = ascii.length();
        byte first = (byte) ascii.charAt(0);
        for (int i = from; i <= to - length; i++) {
            if (bytes[i] == first && matches(bytes, i, ascii)) {
                return i;
            }
        }
        return -1;
    }

    private static boolean matches(byte[] bytes, int at, String ascii) {
        for (int i = 1; i < ascii.length(); i++) {
            if (bytes[at + i] != ascii.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /// Whether the value of that JSON key is something other than `null`, wherever the key stands.
    static boolean hasValue(byte[] bytes, int from, int to, String quotedKey) {
        for (int at = indexOf(bytes, from, to, quotedKey); at >= 0; at = indexOf(bytes, at + 1, to, quotedKey)) {
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
