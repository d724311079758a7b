package dev.sluice.cli.terminal;

import dev.sluice.cli.terminal.Key.Named;
import java.util.ArrayList;
import java.util.List;

/// A text and below it a few things to choose one of. A long text is scrolled by pages, so that it serves as a review.
///
/// @param top the first line of the text that is to be seen
public record Menu<T>(String title, Text text, List<Row<T>> rows, Scroll scroll, int top) implements Widget<T> {
    private static final int MOST_ROWS = 10;

    /// Lines that are as wide as there is room.
    @FunctionalInterface
    public interface Text {
        Text NONE = _ -> List.of();

        List<Line> lines(int width);

        /// Paragraphs, each wrapped between its words.
        static Text of(String... paragraphs) {
            return width -> {
                List<Line> lines = new ArrayList<>();
                for (String paragraph : paragraphs) {
                    lines.addAll(Line.wrapped(paragraph, Style.PLAIN, width, ""));
                }
                return lines;
            };
        }

        default Text and(Text more) {
            return width -> {
                List<Line> lines = new ArrayList<>(lines(width));
                lines.addAll(more.lines(width));
                return lines;
            };
        }
    }

    public Menu {
        rows = List.copyOf(rows);
    }

    public static <T> Menu<T> of(String title, Text text, List<Row<T>> rows) {
        return new Menu<>(title, text, rows, Scroll.START, 0);
    }

    /// The same with the cursor there.
    public Menu<T> at(T value) {
        int place = rows.stream().map(Row::value).toList().indexOf(value);
        return new Menu<>(title, text, rows, scroll.at(place, rows.size(), rows.size()), top);
    }

    /// A yes or a no.
    public static Menu<Boolean> yesNo(String title, Text text, String yes, String no) {
        return of(title, text, List.of(new Row<>(true, "y", yes, ""), new Row<>(false, "n", no, "")));
    }

    @Override
    public List<Line> lines(Room room) {
        List<Line> all = told(room);
        int height = textHeight(room, all.size());
        List<Line> lines = new ArrayList<>();
        int first = Math.clamp(top, 0, Math.max(all.size() - height, 0));
        all.subList(first, Math.min(first + height, all.size())).forEach(line -> lines.add(line.cut(room.width())));
        if (!all.isEmpty()) {
            int below = all.size() - first - height;
            lines.add(below > 0 || first > 0 ? more(below).cut(room.width()) : Line.EMPTY);
        }
        int shown = rowHeight(room);
        Scroll view = scroll.moved(0, rows.size(), shown);
        int column =
                rows.stream().mapToInt(row -> Line.width(row.label())).max().orElse(0);
        for (int i = view.top(); i < Math.min(view.top() + shown, rows.size()); i++) {
            lines.add(rows.get(i).line("", i == view.cursor(), column, room.width()));
        }
        return lines;
    }

    /// Without empty lines at its end: one always parts it from the rows.
    private List<Line> told(Room room) {
        List<Line> lines = text.lines(room.width());
        int end = lines.size();
        while (end > 0 && lines.get(end - 1).width() == 0) {
            end--;
        }
        return lines.subList(0, end);
    }

    private static Line more(int below) {
        return Line.of(below > 0 ? "  (" + below + " more lines: PgDn)" : "  (the end; PgUp goes back)", Style.DIM);
    }

    private int rowHeight(Room room) {
        return Math.min(Math.min(rows.size(), MOST_ROWS), Math.max(room.height() - 1, 1));
    }

    private int textHeight(Room room, int size) {
        return Math.max(Math.min(size, room.height() - rowHeight(room) - 1), 0);
    }

    @Override
    public String hints() {
        return "Up/Down or j/k, Enter   Esc back   Ctrl-C leave";
    }

    @Override
    public Reaction<T> on(Key key, Room room) {
        int all = told(room).size();
        int height = textHeight(room, all);
        return switch (key) {
            case Named.ENTER -> Reaction.given(rows.get(scroll.cursor()).value());
            case Named.ESCAPE -> Reaction.back();
            case Named.INTERRUPT -> Reaction.leave();
            case Named.PAGE_DOWN -> turned(Math.min(top + height, Math.max(all - height, 0)));
            case Named.PAGE_UP -> turned(Math.max(top - height, 0));
            case Key.Typed(String text) -> typed(text, room);
            default -> moved(key, room);
        };
    }

    private Reaction<T> typed(String character, Room room) {
        for (Row<T> row : rows) {
            if (row.key().equals(character)) {
                return Reaction.given(row.value());
            }
        }
        return switch (character) {
            case "j" -> moved(Named.DOWN, room);
            case "k" -> moved(Named.UP, room);
            case " " -> on(Named.PAGE_DOWN, room);
            default -> new Reaction.Stay<>(this);
        };
    }

    private Reaction<T> turned(int to) {
        return new Reaction.Stay<>(new Menu<>(title, text, rows, scroll, to));
    }

    private Reaction<T> moved(Key key, Room room) {
        Scroll next = scroll.on(key, rows.size(), rowHeight(room));
        return new Reaction.Stay<>(new Menu<>(title, text, rows, next, top));
    }
}
