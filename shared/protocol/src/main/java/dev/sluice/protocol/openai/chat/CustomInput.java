package dev.sluice.protocol.openai.chat;

/// Turns the arguments of an emulated custom tool, `{"input":"..."}`, back into the bare text, piece by piece.
///
/// Arguments that are no JSON object at all are taken to be the text itself: some models ignore the schema. One per
/// call.
final class CustomInput {
    private enum State {
        BEFORE,
        SEEK,
        KEY,
        COLON,
        VALUE,
        ESCAPE,
        UNICODE,
        OTHER,
        OTHER_STRING,
        RAW,
        DONE
    }

    private final String property;
    private final StringBuilder key = new StringBuilder();
    private State state = State.BEFORE;
    private boolean escaped;
    private int depth;
    private int unicode;
    private int digits;

    CustomInput(String property) {
        this.property = property;
    }

    /// The text that this piece of arguments adds.
    String take(String piece) {
        StringBuilder out = new StringBuilder(piece.length());
        for (int i = 0; i < piece.length(); i++) {
            step(piece.charAt(i), out);
        }
        return out.toString();
    }

    private void step(char c, StringBuilder out) {
        switch (state) {
            case BEFORE -> {
                if (c == '{') {
                    state = State.SEEK;
                } else if (!Character.isWhitespace(c)) {
                    state = State.RAW;
                    out.append(c);
                }
            }
            case SEEK -> {
                if (c == '"') {
                    key.setLength(0);
                    state = State.KEY;
                } else if (c == '}') {
                    state = State.DONE;
                }
            }
            case KEY -> key(c);
            case COLON -> colon(c);
            case VALUE -> value(c, out);
            case ESCAPE -> escape(c, out);
            case UNICODE -> unicode(c, out);
            case OTHER -> other(c);
            case OTHER_STRING -> otherString(c);
            case RAW -> out.append(c);
            case DONE -> {}
        }
    }

    private void key(char c) {
        if (c == '"') {
            state = State.COLON;
        } else {
            key.append(c);
        }
    }

    private void colon(char c) {
        if (c == ':' || Character.isWhitespace(c)) {
            return;
        }
        boolean wanted = property.contentEquals(key) && c == '"';
        if (wanted) {
            state = State.VALUE;
        } else {
            state = c == '"' ? State.OTHER_STRING : State.OTHER;
            depth = c == '{' || c == '[' ? 1 : 0;
        }
    }

    private void value(char c, StringBuilder out) {
        switch (c) {
            case '"' -> state = State.DONE;
            case '\\' -> state = State.ESCAPE;
            default -> out.append(c);
        }
    }

    private void escape(char c, StringBuilder out) {
        state = State.VALUE;
        switch (c) {
            case 'n' -> out.append('\n');
            case 't' -> out.append('\t');
            case 'r' -> out.append('\r');
            case 'b' -> out.append('\b');
            case 'f' -> out.append('\f');
            case 'u' -> {
                state = State.UNICODE;
                unicode = 0;
                digits = 0;
            }
            default -> out.append(c);
        }
    }

    private void unicode(char c, StringBuilder out) {
        unicode = unicode << 4 | Math.max(0, Character.digit(c, 16));
        if (++digits == 4) {
            out.append((char) unicode);
            state = State.VALUE;
        }
    }

    private void other(char c) {
        switch (c) {
            case '"' -> state = State.OTHER_STRING;
            case '{', '[' -> depth++;
            case '}', ']' -> {
                depth--;
                state = depth < 0 ? State.DONE : State.OTHER;
            }
            case ',' -> state = depth == 0 ? State.SEEK : State.OTHER;
            default -> {}
        }
    }

    private void otherString(char c) {
        if (escaped) {
            escaped = false;
        } else if (c == '\\') {
            escaped = true;
        } else if (c == '"') {
            state = State.OTHER;
        }
    }
}
