package dev.sluice.cli.terminal;

import dev.sluice.cli.terminal.Key.Named;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/// A long list, searched by typing, of which one or several things are chosen.
///
/// @param atLeast how many have to be chosen of several; negative: exactly one, by Enter
/// @param marked places in the list, in the order in which they were marked
public record Picker<T>(
        String title, Menu.Text text, List<Row<T>> rows, int atLeast, String search, Set<Integer> marked, Scroll scroll)
        implements Widget<List<T>> {
    private static final int ONE = -1;
    private static final int LONGEST_LABEL = 44;
    private static final int FRAME = 3;

    public Picker {
        rows = List.copyOf(rows);
    }

    public static <T> Picker<T> one(String title, Menu.Text text, List<Row<T>> rows) {
        return new Picker<>(title, text, rows, ONE, "", Set.of(), Scroll.START);
    }

    public static <T> Picker<T> several(String title, Menu.Text text, List<Row<T>> rows, int atLeast) {
        return new Picker<>(title, text, rows, atLeast, "", Set.of(), Scroll.START);
    }

    private boolean isSeveral() {
        return atLeast != ONE;
    }

    /// Places of the rows that the search leaves: those that begin with it, then those with it in their label.
    private List<Integer> found() {
        return IntStream.range(0, rows.size())
                .filter(place -> rows.get(place).matches(search))
                .boxed()
                .sorted(Comparator.comparingInt(place -> rows.get(place).rank(search)))
                .toList();
    }

    private int height(Room room) {
        return Math.max(room.height() - text.lines(room.width()).size() - FRAME, 1);
    }

    @Override
    public List<Line> lines(Room room) {
        List<Integer> found = found();
        List<Line> lines = new ArrayList<>();
        text.lines(room.width()).forEach(line -> lines.add(line.cut(room.width())));
        lines.add(
                Line.of("Search: ", Style.DIM).plus(search + "_", Style.STRONG).cut(room.width()));
        int shown = height(room);
        Scroll view = scroll.moved(0, found.size(), shown);
        int column = Math.min(
                found.stream()
                        .mapToInt(i -> Line.width(rows.get(i).label()))
                        .max()
                        .orElse(0),
                Math.min(LONGEST_LABEL, room.width() / 2));
        for (int i = view.top(); i < Math.min(view.top() + shown, found.size()); i++) {
            int place = found.get(i);
            String mark = isSeveral() ? marked.contains(place) ? "[x] " : "[ ] " : "";
            lines.add(rows.get(place).line(mark, i == view.cursor(), column, room.width()));
        }
        if (found.isEmpty()) {
            lines.add(Line.of("  nothing matches; Backspace takes a letter back", Style.WARN)
                    .cut(room.width()));
        }
        lines.add(Line.EMPTY);
        lines.add(Line.of(count(found.size(), view, shown), Style.DIM).cut(room.width()));
        return lines;
    }

    private String count(int found, Scroll view, int shown) {
        String part = found <= shown
                ? found + " of " + rows.size()
                : (view.top() + 1) + "-" + Math.min(view.top() + shown, found) + " of " + found
                        + (found == rows.size() ? "" : " (" + rows.size() + " in all)");
        String least = atLeast > marked.size() ? "; Space marks at least " + atLeast : "";
        return isSeveral() ? part + ", " + marked.size() + " marked" + least : part;
    }

    @Override
    public String hints() {
        return isSeveral()
                ? "type to search   Space marks   Enter goes on   Esc back   Ctrl-C leave"
                : "type to search   Up/Down, Enter   Esc back   Ctrl-C leave";
    }

    @Override
    public Reaction<List<T>> on(Key key, Room room) {
        return switch (key) {
            case Named.ESCAPE -> Reaction.back();
            case Named.INTERRUPT -> Reaction.leave();
            case Named.ENTER -> entered();
            case Named.BACKSPACE ->
                searching(
                        search.isEmpty()
                                ? search
                                : search.substring(0, search.offsetByCodePoints(search.length(), -1)));
            case Named.CLEAR -> searching("");
            case Key.Typed(String text) -> isSeveral() && text.equals(" ") ? toggled(room) : searching(search + text);
            case Key.Pasted(String text) -> searching(search + text.strip());
            default -> stay(search, marked, scroll.on(key, found().size(), height(room)));
        };
    }

    private Reaction<List<T>> searching(String text) {
        return stay(text, marked, Scroll.START);
    }

    private Reaction<List<T>> stay(String text, Set<Integer> places, Scroll view) {
        return new Reaction.Stay<>(new Picker<>(title, this.text, rows, atLeast, text, places, view));
    }

    private Reaction<List<T>> toggled(Room room) {
        List<Integer> found = found();
        if (found.isEmpty()) {
            return new Reaction.Stay<>(this);
        }
        Set<Integer> places = new LinkedHashSet<>(marked);
        Integer place = found.get(Math.min(scroll.cursor(), found.size() - 1));
        if (!places.remove(place)) {
            places.add(place);
        }
        return stay(search, places, scroll.moved(1, found.size(), height(room)));
    }

    private Reaction<List<T>> entered() {
        if (isSeveral()) {
            return marked.size() < atLeast
                    ? new Reaction.Stay<>(this)
                    : Reaction.given(marked.stream()
                            .map(place -> rows.get(place).value())
                            .toList());
        }
        List<Integer> found = found();
        return found.isEmpty()
                ? new Reaction.Stay<>(this)
                : Reaction.given(List.of(rows.get(found.get(Math.min(scroll.cursor(), found.size() - 1)))
                        .value()));
    }
}
