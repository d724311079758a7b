package dev.sluice.protocol.translate;

import dev.sluice.model.Json;
import dev.sluice.protocol.json.JsonText;

/// The text of one string property, read out of a JSON object's text while that arrives in pieces: turns the
/// arguments of a function that stands for a custom tool back into the tool's free text. One per call; not
/// thread-safe.
///
/// Text that is no JSON object is taken for the free text itself. Where other properties come first, the text is
/// given whole at the end.
public final class PropertyText {
    private enum State {
        SEEKING,
        INSIDE,
        DONE,
        WHOLE,
        RAW
    }

    private final String property;
    private final StringBuilder held = new StringBuilder();
    private State state = State.SEEKING;

    public PropertyText(String property) {
        this.property = property;
    }

    /// Takes the next piece; answers the text it completes, often empty.
    public String feed(String piece) {
        return switch (state) {
            case SEEKING -> {
                held.append(piece);
                yield seek();
            }
            case INSIDE -> inside(piece);
            case WHOLE -> {
                held.append(piece);
                yield "";
            }
            case RAW -> piece;
            case DONE -> "";
        };
    }

    /// The object's text is at its end; answers what is still owed.
    public String end() {
        State last = state;
        state = State.DONE;
        return switch (last) {
            case SEEKING, WHOLE -> {
                Json.Obj object = JsonText.objectOrNull(held.toString());
                String text = object == null ? null : object.text(property);
                yield text != null ? text : object == null || !object.isEmpty() ? held.toString() : "";
            }
            case INSIDE, DONE, RAW -> "";
        };
    }

    /// Goes through `{ "property" : "` as far as it has come.
    private String seek() {
        String[] tokens = {"{", "\"" + property + "\"", ":", "\""};
        int at = 0;
        for (int token = 0; token < tokens.length; token++) {
            at = skipSpace(at);
            int there = held.length() - at;
            String expected = tokens[token];
            if (there < expected.length() && expected.startsWith(held.substring(at))) {
                return "";
            }
            if (!held.substring(at).startsWith(expected)) {
                return token == 0 ? raw() : whole();
            }
            at += expected.length();
        }
        String rest = held.substring(at);
        held.setLength(0);
        state = State.INSIDE;
        return inside(rest);
    }

    private int skipSpace(int from) {
        int at = from;
        while (at < held.length() && Character.isWhitespace(held.charAt(at))) {
            at++;
        }
        return at;
    }

    private String raw() {
        state = State.RAW;
        return held.toString();
    }

    private String whole() {
        state = State.WHOLE;
        return "";
    }

    private String inside(String piece) {
        String text = held + piece;
        held.setLength(0);
        StringBuilder plain = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"') {
                state = State.DONE;
                break;
            }
            if (c != '\\') {
                plain.append(c);
                continue;
            }
            int length = i + 1 < text.length() && text.charAt(i + 1) == 'u' ? 6 : 2;
            if (i + length > text.length()) {
                held.append(text, i, text.length());
                break;
            }
            plain.append(unescaped(text, i));
            i += length - 1;
        }
        return plain.toString();
    }

    private static char unescaped(String text, int at) {
        char letter = text.charAt(at + 1);
        return switch (letter) {
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'u' -> unicode(text, at + 2);
            default -> letter;
        };
    }

    private static char unicode(String text, int from) {
        int value = 0;
        for (int i = from; i < from + 4; i++) {
            int digit = Character.digit(text.charAt(i), 16);
            if (digit < 0) {
                return '\ufffd';
            }
            value = value << 4 | digit;
        }
        return (char) value;
    }
}
