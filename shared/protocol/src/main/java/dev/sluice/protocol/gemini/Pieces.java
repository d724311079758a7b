package dev.sluice.protocol.gemini;

import java.util.ArrayList;
import java.util.List;

/// A text in pieces.
final class Pieces {
    private Pieces() {}

    /// What stands between the marks, empty pieces too.
    static List<String> of(String text, char mark) {
        List<String> pieces = new ArrayList<>();
        int from = 0;
        for (int at = text.indexOf(mark); at >= 0; at = text.indexOf(mark, from)) {
            pieces.add(text.substring(from, at));
            from = at + 1;
        }
        pieces.add(text.substring(from));
        return pieces;
    }
}
