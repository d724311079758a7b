package dev.sluice.cli;

/// Text that cannot play with the terminal it is printed on.
public final class Printable {
    private Printable() {}

    /// The text on one line, its control characters shown as `?`.
    public static String of(String text) {
        StringBuilder clean = new StringBuilder(text.length());
        text.codePoints().map(c -> Character.isISOControl(c) ? '?' : c).forEach(clean::appendCodePoint);
        return clean.toString();
    }
}
