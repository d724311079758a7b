package dev.sluice.cli.terminal;

import dev.sluice.cli.terminal.Key.Named;
import java.io.IOException;
import java.util.Map;

/// Makes keys of the characters that a terminal sends, as xterm, tmux, screen and the Linux console send them.
///
/// A lone escape is told from the beginning of a sequence by the silence behind it. A sequence that is not known is read to
/// its end and means nothing.
final class KeyReader {
    /// Nothing came within the time.
    static final int SILENCE = -2;

    /// Long enough for a sequence that a slow line has torn apart, short enough for whoever presses Esc.
    private static final long ESCAPE_MS = 200;

    private static final long REST_MS = 1_000;
    private static final int LONGEST = 16;
    private static final int LONGEST_PASTE = 100_000;
    private static final String PASTE_END = "\u001b[201~";

    private static final Map<String, Named> SEQUENCES = Map.ofEntries(
            Map.entry("A", Named.UP),
            Map.entry("B", Named.DOWN),
            Map.entry("C", Named.RIGHT),
            Map.entry("D", Named.LEFT),
            Map.entry("H", Named.HOME),
            Map.entry("F", Named.END),
            Map.entry("M", Named.ENTER),
            Map.entry("1~", Named.HOME),
            Map.entry("7~", Named.HOME),
            Map.entry("4~", Named.END),
            Map.entry("8~", Named.END),
            Map.entry("3~", Named.DELETE),
            Map.entry("5~", Named.PAGE_UP),
            Map.entry("6~", Named.PAGE_DOWN));

    private final Characters characters;

    KeyReader(Characters characters) {
        this.characters = characters;
    }

    /// Where characters come from.
    interface Characters {
        /// The next one; [KeyReader#SILENCE], or another negative number at the end of all input.
        int read(long millis) throws IOException;

        /// The same, and it stays there.
        int peek(long millis) throws IOException;
    }

    /// The next key. At the end of the input it is as if its owner had left.
    Key read() throws IOException {
        int first = characters.read(0);
        if (first < 0) {
            return Named.INTERRUPT;
        }
        if (Character.isHighSurrogate((char) first)) {
            return new Key.Typed(new String(new char[] {(char) first, (char) characters.read(REST_MS)}));
        }
        return first >= ' ' && first != 127 ? new Key.Typed(String.valueOf((char) first)) : control(first);
    }

    private Key control(int first) throws IOException {
        return switch (first) {
            case 27 -> escape();
            case '\r', '\n' -> Named.ENTER;
            case '\b', 127 -> Named.BACKSPACE;
            case '\t' -> Named.TAB;
            case 1 -> Named.HOME;
            case 3, 4 -> Named.INTERRUPT;
            case 5 -> Named.END;
            case 14 -> Named.DOWN;
            case 16 -> Named.UP;
            case 21 -> Named.CLEAR;
            default -> Named.OTHER;
        };
    }

    private Key escape() throws IOException {
        int second = characters.peek(ESCAPE_MS);
        if (second != '[' && second != 'O') {
            return Named.ESCAPE;
        }
        characters.read(REST_MS);
        StringBuilder rest = new StringBuilder();
        for (int c = characters.read(REST_MS); c >= 0 && rest.length() < LONGEST; c = characters.read(REST_MS)) {
            rest.append((char) c);
            boolean isConsoleKey = rest.length() == 1 && c == '[';
            if (c >= '@' && c <= '~' && !isConsoleKey) {
                break;
            }
        }
        return rest.toString().equals("200~")
                ? new Key.Pasted(pasted())
                : SEQUENCES.getOrDefault(rest.toString(), Named.OTHER);
    }

    private String pasted() throws IOException {
        StringBuilder text = new StringBuilder();
        for (int c = characters.read(REST_MS); c >= 0; c = characters.read(REST_MS)) {
            text.append((char) c);
            int bare = text.length() - PASTE_END.length();
            if (c == '~' && bare >= 0 && text.indexOf(PASTE_END, bare) == bare) {
                text.setLength(bare);
                break;
            }
        }
        return text.substring(0, Math.min(text.length(), LONGEST_PASTE));
    }
}
