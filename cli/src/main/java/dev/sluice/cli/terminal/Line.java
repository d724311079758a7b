package dev.sluice.cli.terminal;

import dev.sluice.cli.Printable;
import java.util.ArrayList;
import java.util.List;
import org.jline.utils.WCWidth;

/// One line of a screen, in pieces of one look each. What could play with the terminal is shown as `?`.
public record Line(List<Piece> pieces) {
    public static final Line EMPTY = new Line(List.of());

    private static final String CUT = "...";

    /// @param text without control characters
    public record Piece(String text, Style style) {}

    public Line {
        pieces = List.copyOf(pieces);
    }

    public static Line of(String text) {
        return of(text, Style.PLAIN);
    }

    public static Line of(String text, Style style) {
        return EMPTY.plus(text, style);
    }

    public Line plus(String text) {
        return plus(text, Style.PLAIN);
    }

    public Line plus(String text, Style style) {
        List<Piece> more = new ArrayList<>(pieces);
        more.add(new Piece(Printable.of(text), style));
        return new Line(more);
    }

    /// With spaces up to that column; at least one when it is there already and not empty.
    public Line to(int column) {
        return plus(" ".repeat(Math.max(column - width(), 1)));
    }

    public String text() {
        StringBuilder text = new StringBuilder();
        pieces.forEach(piece -> text.append(piece.text()));
        return text.toString();
    }

    /// In columns.
    public int width() {
        return width(text());
    }

    /// The same line in that many columns at most; what is cut off is told by dots.
    public Line cut(int columns) {
        if (width() <= columns) {
            return this;
        }
        int room = Math.max(columns - CUT.length(), 0);
        List<Piece> kept = new ArrayList<>();
        Style last = Style.PLAIN;
        for (Piece piece : pieces) {
            String part = head(piece.text(), room);
            room -= width(part);
            kept.add(new Piece(part, piece.style()));
            last = piece.style();
            if (part.length() < piece.text().length()) {
                break;
            }
        }
        kept.add(new Piece(CUT.substring(0, Math.min(CUT.length(), columns)), last));
        return new Line(kept);
    }

    /// How many columns a text takes: East Asian characters take two, combining ones none.
    public static int width(String text) {
        return text.codePoints().map(c -> Math.max(WCWidth.wcwidth(c), 0)).sum();
    }

    /// As much of the text's beginning as has room.
    static String head(String text, int columns) {
        int end = 0;
        int used = 0;
        while (end < text.length()) {
            int c = text.codePointAt(end);
            used += Math.max(WCWidth.wcwidth(c), 0);
            if (used > columns) {
                break;
            }
            end += Character.charCount(c);
        }
        return text.substring(0, end);
    }

    /// As much of its end as has room.
    static String tail(String text, int columns) {
        int start = text.length();
        int used = 0;
        while (start > 0) {
            int c = text.codePointBefore(start);
            used += Math.max(WCWidth.wcwidth(c), 0);
            if (used > columns) {
                break;
            }
            start -= Character.charCount(c);
        }
        return text.substring(start);
    }

    /// The text in lines of that many columns at most, broken between words where that can be.
    ///
    /// @param indent what every line after the first begins with
    public static List<Line> wrapped(String text, Style style, int columns, String indent) {
        List<Line> lines = new ArrayList<>();
        String rest = Printable.of(text);
        String lead = "";
        while (width(lead + rest) > columns) {
            String head = head(rest, Math.max(columns - width(lead), 1));
            int space = head.lastIndexOf(' ');
            boolean isWord = rest.charAt(head.length()) == ' ';
            String part = isWord || space <= 0 ? head : head.substring(0, space);
            lines.add(of(lead + part, style));
            rest = rest.substring(part.length()).stripLeading();
            lead = indent;
        }
        lines.add(of(lead + rest, style));
        return lines;
    }
}
