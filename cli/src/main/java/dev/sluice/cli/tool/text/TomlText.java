package dev.sluice.cli.tool.text;

/// A TOML text and a place in it: white space, comments and strings.
final class TomlText {
    private final String text;
    private int at;

    TomlText(String text) {
        this.text = text;
    }

    int at() {
        return at;
    }

    boolean atEnd() {
        return at >= text.length();
    }

    char peek() {
        if (atEnd()) {
            throw problem("it breaks off here");
        }
        return text.charAt(at);
    }

    boolean startsWith(String wanted) {
        return text.startsWith(wanted, at);
    }

    void skip(int count) {
        at += count;
    }

    String since(int start) {
        return text.substring(start, at);
    }

    void expect(char wanted, String problem) {
        if (peek() != wanted) {
            throw problem(problem);
        }
        at++;
    }

    void skipSpaces() {
        while (!atEnd() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
            at++;
        }
    }

    /// White space, line ends and comments.
    void skipLines() {
        while (!atEnd() && (" \t\r\n#".indexOf(text.charAt(at)) >= 0)) {
            at = text.charAt(at) == '#' ? commentEnd() : at + 1;
        }
    }

    /// Nothing but a comment may stand behind a statement.
    void endLine() {
        skipSpaces();
        if (!atEnd() && text.charAt(at) == '#') {
            at = commentEnd();
        }
        if (!atEnd() && !startsWith("\n") && !startsWith("\r\n")) {
            throw problem("there is something behind the end of the value");
        }
    }

    private int commentEnd() {
        int end = text.indexOf('\n', at);
        return end < 0 ? text.length() : end;
    }

    /// A date and a time may have one space between them.
    boolean isTimeBehindDate(int start) {
        return text.charAt(at) == ' '
                && at - start == 10
                && text.charAt(start + 4) == '-'
                && at + 2 < text.length()
                && Character.isDigit(text.charAt(at + 1))
                && Character.isDigit(text.charAt(at + 2));
    }

    String string() {
        char quote = peek();
        String three = String.valueOf(quote).repeat(3);
        return startsWith(three) ? block(quote, three) : line(quote);
    }

    private String line(char quote) {
        int start = at++;
        StringBuilder value = new StringBuilder();
        while (peek() != quote) {
            if (peek() == '\n') {
                throw problemAt(start, "this text does not end on its line");
            }
            character(quote, value);
        }
        at++;
        return value.toString();
    }

    private String block(char quote, String three) {
        int start = at;
        at += 3;
        at += startsWith("\r\n") ? 2 : startsWith("\n") ? 1 : 0;
        StringBuilder value = new StringBuilder();
        while (!startsWith(three)) {
            if (atEnd()) {
                throw problemAt(start, "this text does not end");
            }
            character(quote, value);
        }
        at += 3;
        for (int more = 0; more < 2 && !atEnd() && text.charAt(at) == quote; more++) {
            value.append(quote);
            at++;
        }
        return value.toString();
    }

    private void character(char quote, StringBuilder value) {
        char c = text.charAt(at);
        if (quote == '\'' || c != '\\') {
            value.append(c);
            at++;
            return;
        }
        at++;
        char escaped = peek();
        at++;
        switch (escaped) {
            case 'b' -> value.append('\b');
            case 't' -> value.append('\t');
            case 'n' -> value.append('\n');
            case 'f' -> value.append('\f');
            case 'r' -> value.append('\r');
            case 'e' -> value.append('\u001b');
            case '"', '\\' -> value.append(escaped);
            case 'u' -> codePoint(4, value);
            case 'U' -> codePoint(8, value);
            case ' ', '\t', '\r', '\n' -> {
                while (!atEnd() && Character.isWhitespace(text.charAt(at))) {
                    at++;
                }
            }
            default -> throw problem("\\" + escaped + " is no escape in TOML");
        }
    }

    private void codePoint(int digits, StringBuilder value) {
        try {
            value.appendCodePoint(Integer.parseInt(text.substring(at, Math.min(text.length(), at + digits)), 16));
            at += digits;
        } catch (IllegalArgumentException noCodePoint) {
            throw problem("this is no character's number");
        }
    }

    NotEditable problem(String problem) {
        return problemAt(at, problem);
    }

    NotEditable problemAt(int offset, String problem) {
        return NotEditable.at(text, offset, problem);
    }
}
