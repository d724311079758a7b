package dev.sluice.cli.top;

import java.io.IOException;
import org.jline.utils.NonBlockingReader;

/// What a key does on the live view.
enum Keys {
    QUIT,
    NEXT,
    PREVIOUS,
    UP,
    DOWN,
    PAGE_UP,
    PAGE_DOWN,
    SORT,
    SORT_BACK,
    HELP,
    NOTHING;

    private static final int ESCAPE = 27;
    private static final long REST_MS = 100;

    /// Waits for a key. A sequence that is none, such as what a terminal tells of itself, is read whole and does nothing.
    static Keys read(NonBlockingReader reader) throws IOException {
        int letter = reader.read();
        return switch (letter) {
            case ESCAPE -> sequence(reader);
            case 'q', 'Q', 3, 4 -> QUIT;
            case '\t', 'l' -> NEXT;
            case 'h' -> PREVIOUS;
            case 'k' -> UP;
            case 'j' -> DOWN;
            case ' ' -> PAGE_DOWN;
            case 's' -> SORT;
            case 'S' -> SORT_BACK;
            case '?' -> HELP;
            default -> letter < 0 ? QUIT : NOTHING; // below 0: the terminal has gone
        };
    }

    /// Arrows come in two forms, by the terminal's mode: `ESC [ A` and `ESC O A`.
    private static Keys sequence(NonBlockingReader reader) throws IOException {
        int kind = reader.read(REST_MS);
        if (kind != '[' && kind != 'O') {
            return NOTHING;
        }
        int parameter = 0;
        int letter = reader.read(REST_MS);
        while (kind == '[' && letter >= 0x20 && letter < 0x40) {
            parameter = letter;
            letter = reader.read(REST_MS);
        }
        return switch (letter) {
            case 'A' -> UP;
            case 'B' -> DOWN;
            case 'C' -> NEXT;
            case 'D', 'Z' -> PREVIOUS;
            case '~' -> parameter == '5' ? PAGE_UP : parameter == '6' ? PAGE_DOWN : NOTHING;
            default -> NOTHING;
        };
    }
}
