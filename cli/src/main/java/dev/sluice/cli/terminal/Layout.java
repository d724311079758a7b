package dev.sluice.cli.terminal;

import java.util.ArrayList;
import java.util.List;

/// A whole screen: the title above, the keys in the last line, and a widget between.
final class Layout {
    static final int LEAST_WIDTH = 60;
    static final int LEAST_HEIGHT = 15;

    /// Title and the empty line below it; an empty line and the hints.
    private static final int FRAME = 4;

    private Layout() {}

    static boolean isTooSmall(int width, int height) {
        return width < LEAST_WIDTH || height < LEAST_HEIGHT;
    }

    static Room room(int width, int height) {
        return new Room(width, Math.max(height - FRAME, 1));
    }

    static List<Line> of(Widget<?> widget, int width, int height) {
        if (isTooSmall(width, height)) {
            return small(width, height);
        }
        Room room = room(width, height);
        List<Line> lines = new ArrayList<>();
        lines.add(Line.of(widget.title(), Style.STRONG).cut(width));
        lines.add(Line.EMPTY);
        List<Line> body = widget.lines(room);
        body.stream().limit(room.height()).forEach(line -> lines.add(line.cut(width)));
        while (lines.size() < height - 1) {
            lines.add(Line.EMPTY);
        }
        lines.add(Line.of(widget.hints(), Style.DIM).cut(width));
        return lines;
    }

    private static List<Line> small(int width, int height) {
        String words = "This window has " + width + " columns and " + height + " lines; " + LEAST_WIDTH + " and "
                + LEAST_HEIGHT + " are needed. Make it larger, or leave with Ctrl-C.";
        List<Line> lines = Line.wrapped(words, Style.WARN, Math.max(width, 1), "");
        return lines.subList(0, Math.clamp(height, 0, lines.size()));
    }
}
