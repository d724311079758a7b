package dev.sluice.cli.top;

import dev.sluice.cli.top.Strip.Span;
import dev.sluice.cli.top.Strip.Tone;
import java.util.ArrayList;
import java.util.List;

/// One table of the screen: a title in the place of its first column's head, and rows.
///
/// @param columns beside the first, which takes the room that they leave
/// @param rows each with one cell more than there are columns
/// @param empty what stands there instead of rows
record Section(Part part, String title, String order, List<Column> columns, List<List<Span>> rows, String empty) {
    private static final int LEAST_FIRST = 26;
    private static final int GAP = 1;

    Section {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
    }

    /// @param worth of those that do not fit, the one with the lowest goes first
    record Column(String head, int width, boolean isRight, int worth) {
        static Column left(String head, int width, int worth) {
            return new Column(head, width, false, worth);
        }

        static Column right(String head, int width, int worth) {
            return new Column(head, width, true, worth);
        }
    }

    /// How many lines it would like.
    int wish() {
        return 1 + Math.max(1, rows.size());
    }

    /// @param from the first row that is shown
    /// @param height lines, two at least
    List<Strip> lines(int width, int height, int from, boolean isSelected) {
        List<Integer> shown = fitting(width);
        int first = width - 2;
        for (int column : shown) {
            first -= columns.get(column).width() + GAP;
        }
        int start = Math.clamp(from, 0, Math.max(0, rows.size() - (height - 1)));
        int end = Math.min(rows.size(), start + height - 1);
        List<Strip> lines = new ArrayList<>();
        lines.add(head(shown, first, rows.size() - (end - start), isSelected));
        if (rows.isEmpty()) {
            lines.add(Strip.of(new Span("  " + empty, Tone.DIM)).cut(width));
        }
        for (List<Span> row : rows.subList(start, end)) {
            List<Span> spans = new ArrayList<>();
            spans.add(Span.of("  "));
            spans.add(row.getFirst().fitted(first, false));
            for (int column : shown) {
                spans.add(Span.of(" "));
                spans.add(row.get(column + 1)
                        .fitted(columns.get(column).width(), columns.get(column).isRight()));
            }
            lines.add(new Strip(spans));
        }
        return lines;
    }

    private Strip head(List<Integer> shown, int first, int hidden, boolean isSelected) {
        List<Span> spans = new ArrayList<>();
        spans.add(new Span(isSelected ? "▸ " : "  ", Tone.STRONG));
        String counted = title + (rows.isEmpty() ? "" : " " + rows.size());
        String note = rows.size() < 2 ? "" : hidden > 0 ? ", " + order + ", " + hidden + " hidden" : ", " + order;
        spans.add(new Span(counted, Tone.STRONG).fitted(Math.min(first, counted.length()), false));
        spans.add(new Span(shortened(note, hidden, first - counted.length()), Tone.DIM)
                .fitted(Math.max(0, first - counted.length()), false));
        for (int column : shown) {
            spans.add(Span.of(" "));
            spans.add(new Span(columns.get(column).head(), Tone.DIM)
                    .fitted(columns.get(column).width(), columns.get(column).isRight()));
        }
        return new Strip(spans);
    }

    /// How many are hidden is told before the order.
    private static String shortened(String note, int hidden, int room) {
        return note.length() <= room || hidden == 0 ? note : ", " + hidden + " hidden";
    }

    /// The columns that leave enough room for the first.
    private List<Integer> fitting(int width) {
        List<Integer> shown = new ArrayList<>();
        for (int column = 0; column < columns.size(); column++) {
            shown.add(column);
        }
        while (!shown.isEmpty() && room(shown, width) < LEAST_FIRST) {
            Integer least = shown.getFirst();
            for (Integer column : shown) {
                if (columns.get(column).worth() < columns.get(least).worth()) {
                    least = column;
                }
            }
            shown.remove(/* element */ least);
        }
        return shown;
    }

    private int room(List<Integer> shown, int width) {
        int room = width - 2;
        for (int column : shown) {
            room -= columns.get(column).width() + GAP;
        }
        return room;
    }
}
