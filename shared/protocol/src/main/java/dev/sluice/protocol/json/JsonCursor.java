package dev.sluice.protocol.json;

import dev.sluice.protocol.ByteScan;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Walks over JSON bytes once, checking every one of them. Makes no tree and no strings but the names it is asked for.
final class JsonCursor {
    static final int MAX_DEPTH = 500;

    /// By the byte behind the backslash.
    private static final boolean[] IS_SHORT_ESCAPE = shortEscapes();

    private final byte[] bytes;
    private final int to;
    private int at;
    private @Nullable String problem;

    JsonCursor(byte[] bytes, int from, int to) {
        this.bytes = bytes;
        this.at = from;
        this.to = to;
    }

    private static boolean[] shortEscapes() {
        boolean[] table = new boolean[256];
        for (char letter : "\"\\/bfnrt".toCharArray()) {
            table[letter] = true;
        }
        return table;
    }

    int at() {
        return at;
    }

    /// What is wrong at [#at], once a method has answered false or null.
    String problem() {
        return problem == null ? "it is malformed" : problem;
    }

    boolean atEnd() {
        space();
        return at == to;
    }

    /// The fields of the object that begins here, or null.
    @Nullable
    List<JsonSpans.Span> fields(int depth) {
        if (!token('{', "an object is expected")) {
            return null;
        }
        List<JsonSpans.Span> spans = new ArrayList<>(16);
        if (has('}')) {
            return spans;
        }
        do {
            space();
            int name = at;
            if (!key()) {
                return null;
            }
            int nameEnd = at;
            if (!token(':', "a colon is expected")) {
                return null;
            }
            space();
            int value = at;
            if (!value(depth)) {
                return null;
            }
            spans.add(new JsonSpans.Span(JsonStrings.decode(bytes, name, nameEnd), name, value, at));
        } while (has(','));
        return token('}', "a comma or the end of the object is expected") ? spans : null;
    }

    /// The items of the array that begins here, nameless, or null.
    @Nullable
    List<JsonSpans.Span> items(int depth) {
        if (!token('[', "an array is expected")) {
            return null;
        }
        List<JsonSpans.Span> spans = new ArrayList<>(16);
        if (has(']')) {
            return spans;
        }
        do {
            space();
            int value = at;
            if (!value(depth)) {
                return null;
            }
            spans.add(new JsonSpans.Span("", value, value, at));
        } while (has(','));
        return token(']', "a comma or the end of the array is expected") ? spans : null;
    }

    /// Passes over one value.
    boolean value(int depth) {
        space();
        if (at == to) {
            return fail("a value is missing");
        }
        return switch (bytes[at]) {
            case '"' -> string();
            case '{' -> depth < MAX_DEPTH ? object(depth + 1) : fail("it is nested deeper than " + MAX_DEPTH);
            case '[' -> depth < MAX_DEPTH ? array(depth + 1) : fail("it is nested deeper than " + MAX_DEPTH);
            case 't' -> word("true");
            case 'f' -> word("false");
            case 'n' -> word("null");
            case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> number();
            default -> fail("a value is expected");
        };
    }

    private boolean object(int depth) {
        at++;
        if (has('}')) {
            return true;
        }
        do {
            space();
            if (!key() || !token(':', "a colon is expected") || !value(depth)) {
                return false;
            }
        } while (has(','));
        return token('}', "a comma or the end of the object is expected");
    }

    private boolean array(int depth) {
        at++;
        if (has(']')) {
            return true;
        }
        do {
            if (!value(depth)) {
                return false;
            }
        } while (has(','));
        return token(']', "a comma or the end of the array is expected");
    }

    private boolean key() {
        return at < to && bytes[at] == '"' ? string() : fail("a field's name is expected");
    }

    private boolean string() {
        int i = at + 1;
        while (true) {
            i = ByteScan.stringStop(bytes, i, to);
            if (i == to) {
                return fail(i, "a string has no end");
            }
            if (bytes[i] == '"') {
                at = i + 1;
                return true;
            }
            if (bytes[i] != '\\') {
                return fail(i, "a string holds a control character");
            }
            int escape = escape(i + 1);
            if (escape < 0) {
                return fail(i, "a string holds an unknown escape");
            }
            i = escape;
        }
    }

    /// Where the escape whose letter stands there ends, or -1.
    private int escape(int letter) {
        if (letter >= to) {
            return -1;
        }
        if (bytes[letter] == 'u') {
            return letter + 5 <= to && JsonStrings.hex(bytes, letter + 1) >= 0 ? letter + 5 : -1;
        }
        return IS_SHORT_ESCAPE[bytes[letter] & 0xff] ? letter + 1 : -1;
    }

    private boolean number() {
        if (bytes[at] == '-') {
            at++;
        }
        boolean zero = at < to && bytes[at] == '0';
        int whole = digits();
        if (whole == 0 || (zero && whole > 1)) {
            return fail("a number is malformed");
        }
        if (at < to && bytes[at] == '.') {
            at++;
            if (digits() == 0) {
                return fail("a number is malformed");
            }
        }
        if (at < to && (bytes[at] | 0x20) == 'e') {
            at++;
            if (at < to && (bytes[at] == '+' || bytes[at] == '-')) {
                at++;
            }
            return digits() > 0 || fail("a number is malformed");
        }
        return true;
    }

    private int digits() {
        int from = at;
        while (at < to && bytes[at] >= '0' && bytes[at] <= '9') {
            at++;
        }
        return at - from;
    }

    private boolean word(String word) {
        if (to - at < word.length()) {
            return fail("a value is expected");
        }
        for (int i = 0; i < word.length(); i++) {
            if (bytes[at + i] != word.charAt(i)) {
                return fail("a value is expected");
            }
        }
        at += word.length();
        return true;
    }

    private boolean has(char c) {
        space();
        if (at < to && bytes[at] == c) {
            at++;
            return true;
        }
        return false;
    }

    private boolean token(char c, String otherwise) {
        return has(c) || fail(otherwise);
    }

    private void space() {
        while (at < to && (bytes[at] == ' ' || bytes[at] == '\n' || bytes[at] == '\r' || bytes[at] == '\t')) {
            at++;
        }
    }

    private boolean fail(int where, String what) {
        at = where;
        return fail(what);
    }

    private boolean fail(String what) {
        if (problem == null) {
            problem = at >= to ? "it ends too early" : what;
        }
        return false;
    }
}
