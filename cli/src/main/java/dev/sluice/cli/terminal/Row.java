package dev.sluice.cli.terminal;

import java.util.Locale;
import java.util.stream.Stream;

/// One thing to choose.
///
/// @param key a character that chooses it at once, where nothing is searched for; empty: none
/// @param note what is said of it beside its label
public record Row<T>(T value, String key, String label, String note) {
    public static <T> Row<T> of(T value, String label) {
        return new Row<>(value, "", label, "");
    }

    public static <T> Row<T> of(T value, String label, String note) {
        return new Row<>(value, "", label, note);
    }

    /// Whether every word of the search is in it.
    boolean matches(String search) {
        String text = (label + " " + note).toLowerCase(Locale.ROOT);
        return Stream.of(search.toLowerCase(Locale.ROOT).split(" ")).allMatch(text::contains);
    }

    /// How far from what is meant by the search; lower is nearer.
    int rank(String search) {
        String text = label.toLowerCase(Locale.ROOT);
        String wanted = search.toLowerCase(Locale.ROOT);
        return text.startsWith(wanted) ? 0 : text.contains(wanted) ? 1 : 2;
    }

    /// Its line in a list.
    ///
    /// @param mark what stands before the label
    /// @param column where notes begin
    Line line(String mark, boolean isChosen, int column, int width) {
        Style style = isChosen ? Style.CHOSEN : Style.PLAIN;
        Line line = Line.of((isChosen ? "> " : "  ") + mark, style).plus(label, style);
        return (note.isEmpty() ? line : line.to(column + 4 + mark.length()).plus(note, Style.DIM)).cut(width);
    }
}
