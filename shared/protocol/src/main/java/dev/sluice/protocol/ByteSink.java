package dev.sluice.protocol;

import dev.sluice.model.Json;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;

/// A growing run of bytes that codecs write UTF-8 and JSON into. Reused: `clear` keeps the storage. Not thread-safe.
public final class ByteSink {
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private byte[] bytes;
    private int size;

    public ByteSink(int capacity) {
        bytes = new byte[capacity];
    }

    public int size() {
        return size;
    }

    public boolean isEmpty() {
        return size == 0;
    }

    public void clear() {
        size = 0;
    }

    /// The storage; only the first [#size] bytes mean anything, and only until the next write.
    public byte[] array() {
        return bytes;
    }

    public byte[] toByteArray() {
        return Arrays.copyOf(bytes, size);
    }

    public String text() {
        return new String(bytes, 0, size, StandardCharsets.UTF_8);
    }

    public ByteSink write(byte[] source, int from, int to) {
        room(to - from);
        System.arraycopy(source, from, bytes, size, to - from);
        size += to - from;
        return this;
    }

    public ByteSink write(byte[] source) {
        return write(source, 0, source.length);
    }

    /// Text of ASCII characters only: templates, names, numbers.
    @SuppressWarnings("deprecation") // the one method that copies Latin-1 without an encoder
    public ByteSink ascii(String text) {
        int length = text.length();
        room(length);
        text.getBytes(0, length, bytes, size);
        size += length;
        return this;
    }

    public ByteSink utf8(String text) {
        return write(text.getBytes(StandardCharsets.UTF_8));
    }

    public ByteSink number(long value) {
        return ascii(Long.toString(value));
    }

    /// The text as a JSON string, with its quotes.
    public ByteSink jsonString(String text) {
        int length = text.length();
        room(length + 2);
        bytes[size++] = '"';
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c >= 0x20 && c < 0x7f && c != '"' && c != '\\') {
                if (size == bytes.length) {
                    room(length - i + 16);
                }
                bytes[size++] = (byte) c;
            } else {
                i = escape(text, i, c);
            }
        }
        room(1);
        bytes[size++] = '"';
        return this;
    }

    /// Compact JSON.
    public ByteSink json(Json value) {
        switch (value) {
            case Json.Str(String text) -> jsonString(text);
            case Json.Num(String literal) -> ascii(literal);
            case Json.Bool bool -> ascii(bool == Json.Bool.TRUE ? "true" : "false");
            case Json.Null _ -> ascii("null");
            case Json.Arr array -> array(array);
            case Json.Obj object -> object(object);
        }
        return this;
    }

    private void array(Json.Arr array) {
        ascii("[");
        boolean first = true;
        for (Json item : array.items()) {
            if (!first) {
                ascii(",");
            }
            first = false;
            json(item);
        }
        ascii("]");
    }

    private void object(Json.Obj object) {
        ascii("{");
        Iterator<Map.Entry<String, Json>> fields = object.fields().entrySet().iterator();
        while (fields.hasNext()) {
            Map.Entry<String, Json> field = fields.next();
            jsonString(field.getKey()).ascii(":").json(field.getValue());
            if (fields.hasNext()) {
                ascii(",");
            }
        }
        ascii("}");
    }

    /// Writes one character that needs care; answers the index of the last character it used.
    private int escape(String text, int index, char c) {
        room(12);
        switch (c) {
            case '"', '\\' -> two(c);
            case '\n' -> two('n');
            case '\r' -> two('r');
            case '\t' -> two('t');
            case '\b' -> two('b');
            case '\f' -> two('f');
            default -> {
                if (c < 0x20 || c == 0x7f) {
                    unicode(c);
                } else if (c < 0x800) {
                    bytes[size++] = (byte) (0xc0 | c >> 6);
                    bytes[size++] = (byte) (0x80 | c & 0x3f);
                } else if (Character.isHighSurrogate(c)
                        && index + 1 < text.length()
                        && Character.isLowSurrogate(text.charAt(index + 1))) {
                    supplementary(Character.toCodePoint(c, text.charAt(index + 1)));
                    return index + 1;
                } else if (Character.isSurrogate(c)) {
                    unicode(c); // half a pair has no UTF-8 form, its escape is legal JSON
                } else {
                    bytes[size++] = (byte) (0xe0 | c >> 12);
                    bytes[size++] = (byte) (0x80 | c >> 6 & 0x3f);
                    bytes[size++] = (byte) (0x80 | c & 0x3f);
                }
            }
        }
        return index;
    }

    private void two(char c) {
        bytes[size++] = '\\';
        bytes[size++] = (byte) c;
    }

    private void unicode(char c) {
        bytes[size++] = '\\';
        bytes[size++] = 'u';
        bytes[size++] = HEX[c >> 12 & 0xf];
        bytes[size++] = HEX[c >> 8 & 0xf];
        bytes[size++] = HEX[c >> 4 & 0xf];
        bytes[size++] = HEX[c & 0xf];
    }

    private void supplementary(int codePoint) {
        bytes[size++] = (byte) (0xf0 | codePoint >> 18);
        bytes[size++] = (byte) (0x80 | codePoint >> 12 & 0x3f);
        bytes[size++] = (byte) (0x80 | codePoint >> 6 & 0x3f);
        bytes[size++] = (byte) (0x80 | codePoint & 0x3f);
    }

    private void room(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
        }
    }
}
