package dev.sluice.cli.tool.text;

/// Why a text cannot be read or changed, and where; never leaves this package.
final class NotEditable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int line;

    /// @param line from 1
    NotEditable(int line, String problem) {
        super(problem, null, false, false);
        this.line = line;
    }

    static NotEditable at(String text, int offset, String problem) {
        return new NotEditable(Lines.lineOf(text, offset), problem);
    }

    int line() {
        return line;
    }

    String problem() {
        return String.valueOf(getMessage());
    }
}
