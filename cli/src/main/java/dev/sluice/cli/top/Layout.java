package dev.sluice.cli.top;

import dev.sluice.cli.Printable;
import dev.sluice.cli.top.Snapshot.Flights;
import dev.sluice.cli.top.Snapshot.Held;
import dev.sluice.cli.top.Snapshot.Spend;
import dev.sluice.cli.top.Snapshot.State;
import dev.sluice.cli.top.Snapshot.TargetLine;
import dev.sluice.cli.top.Strip.Span;
import dev.sluice.cli.top.Strip.Tone;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// From a snapshot to the lines of a screen of any size.
public final class Layout {
    private static final int LEAST = 2;

    private static final List<String> HELP = List.of(
            "q, Ctrl-C      end",
            "tab, ← →       choose a table: it gets the most room",
            "↑ ↓            move through its rows",
            "s, S           sort it another way",
            "?              this, and back",
            "",
            "TRY            the number of the attempt under way; more than one: others failed before",
            "/MIN, NOW      attempts ended in the last minute (≥: at least); under way now",
            "FULL           how much of its tightest limit is used",
            "█ used   ▒ reserved for what is under way   · left",
            "$1.23+         and calls that used something without a price: NO PRICE tells how many",
            Words.UNKNOWN + "              not known: never a zero that was not measured");

    private Layout() {}

    /// As many lines as there are rows, none wider than the columns.
    public static List<Strip> screen(Snapshot snapshot, View view, int columns, int rows) {
        List<Strip> lines = new ArrayList<>(head(snapshot, view, columns));
        int room = rows - lines.size() - 1;
        if (view.help()) {
            HELP.stream().limit(Math.max(0, room)).forEach(line -> lines.add(Strip.of(Span.of("  " + line))));
        } else {
            lines.addAll(body(new Sections(snapshot, view).all(), view, columns, room));
        }
        while (lines.size() < rows - 1) {
            lines.add(Strip.EMPTY);
        }
        lines.add(Strip.of(new Span(
                view.help()
                        ? "  ? back   q quit"
                        : "  q quit   tab table   ↑↓ scroll   s sort: "
                                + view.selected().orders().get(view.order(view.selected())) + "   ? help",
                Tone.DIM)));
        return lines.stream().limit(rows).map(line -> line.cut(columns)).toList();
    }

    /// All of it, for who is no terminal.
    public static List<Strip> whole(Snapshot snapshot, int columns) {
        List<Strip> lines = new ArrayList<>(head(snapshot, View.FIRST, columns));
        for (Section section : new Sections(snapshot, View.FIRST).all()) {
            lines.add(Strip.EMPTY);
            lines.addAll(section.lines(columns, section.wish(), 0, false));
        }
        return lines.stream().map(line -> line.cut(columns)).toList();
    }

    private static List<Strip> head(Snapshot snapshot, View view, int columns) {
        List<Strip> lines = new ArrayList<>();
        lines.add(Strip.of(
                new Span("  sluice top", Tone.STRONG),
                Span.of("  " + Words.clock(snapshot.at()) + "  configuration " + snapshot.version() + "  "
                        + Printable.of(snapshot.place()))));
        lines.add(summary(snapshot, columns));
        view.trouble().ifPresent(why -> lines.add(Strip.of(new Span("  ✖ " + Printable.of(why), Tone.BAD))));
        snapshot.notes().stream()
                .limit(1)
                .forEach(note -> lines.add(Strip.of(new Span(
                        "  ? " + Printable.of(note) + more(snapshot.notes().size() - 1), Tone.WARN))));
        return lines;
    }

    private static String more(int more) {
        return more == 0 ? "" : " (and " + more + " more)";
    }

    private static Strip summary(Snapshot snapshot, int columns) {
        List<Span> spans = new ArrayList<>();
        spans.add(Span.of("  " + underWay(snapshot.flights()) + " · "));
        Map<State, Integer> states = new EnumMap<>(State.class);
        snapshot.targets().stream().map(TargetLine::state).forEach(state -> states.merge(state, 1, Integer::sum));
        states.forEach((state, count) -> {
            Tone tone = switch (state) {
                case COOLING, OPEN, FULL -> Tone.BAD;
                case UNKNOWN, PROBING, FAILING -> Tone.WARN;
                case READY -> Tone.GOOD;
                case OFF -> Tone.DIM;
            };
            spans.add(new Span(count + " " + state.words(), tone));
            spans.add(Span.of(" · "));
        });
        int room = columns - new Strip(spans).width();
        spans.add(Span.of(snapshot.spend()
                .map(spend -> spent(spend, room))
                .orElse("today " + Words.UNKNOWN + " · month " + Words.UNKNOWN)));
        return new Strip(spans);
    }

    /// Where there is no room to say what is missing in the sums, a sign says that something is.
    private static String spent(Spend spend, int room) {
        String words = "today " + Words.usd(spend.today()) + " · month " + Words.usd(spend.month());
        return words.length() <= room
                ? words
                : "today " + Words.usdOrMore(spend.today()) + " · month " + Words.usdOrMore(spend.month());
    }

    private static String underWay(Flights flights) {
        return switch (flights) {
            case Flights.OfProcess process -> process.calls().size() + " in flight";
            case Flights.OfStore(List<Held> providers) -> {
                boolean isKnown = providers.stream().anyMatch(held -> held.attempts() != null);
                int sum = providers.stream()
                        .map(Held::attempts)
                        .filter(Objects::nonNull)
                        .mapToInt(Integer::intValue)
                        .sum();
                yield (isKnown ? sum : Words.UNKNOWN) + " reserved";
            }
        };
    }

    /// From which row on what is selected shows its last one.
    static int furthest(Snapshot snapshot, View view, int rows) {
        int room = rows - head(snapshot, view, Integer.MAX_VALUE).size() - 1;
        List<Section> shown = fitting(new Sections(snapshot, view).all(), view, room);
        int[] heights = heights(shown, view.selected(), room);
        for (int i = 0; i < heights.length; i++) {
            if (shown.get(i).part() == view.selected()) {
                return Math.max(0, shown.get(i).rows().size() - heights[i] + 1);
            }
        }
        return 0;
    }

    private static List<Section> fitting(List<Section> sections, View view, int room) {
        List<Section> shown = new ArrayList<>(sections);
        for (int last = shown.size() - 1; shown.size() * LEAST > room && last >= 0; last--) {
            if (shown.get(last).part() != view.selected()) {
                shown.remove(last);
            }
        }
        return shown;
    }

    private static List<Strip> body(List<Section> sections, View view, int columns, int room) {
        List<Section> shown = fitting(sections, view, room);
        int[] heights = heights(shown, view.selected(), room);
        int left = room;
        for (int height : heights) {
            left -= height;
        }
        boolean isRoomy = left >= shown.size();
        List<Strip> lines = new ArrayList<>();
        for (int i = 0; i < heights.length; i++) {
            boolean isSelected = shown.get(i).part() == view.selected();
            if (isRoomy) {
                lines.add(Strip.EMPTY);
            }
            lines.addAll(shown.get(i).lines(columns, heights[i], isSelected ? view.from() : 0, isSelected));
        }
        return lines.subList(0, Math.min(Math.max(0, room), lines.size()));
    }

    /// Two lines for each at least; half of the rest for what is selected, and what is left row by row in turn.
    private static int[] heights(List<Section> sections, Part selected, int room) {
        int[] heights = new int[sections.size()];
        int left = room;
        for (int i = 0; i < heights.length; i++) {
            heights[i] = LEAST;
            left -= LEAST;
        }
        for (int i = 0; i < heights.length; i++) {
            if (sections.get(i).part() == selected) {
                int more = Math.clamp(sections.get(i).wish() - (long) LEAST, 0, Math.max(0, left / 2));
                heights[i] += more;
                left -= more;
            }
        }
        boolean isGrowing = true;
        while (left > 0 && isGrowing) {
            isGrowing = false;
            for (int i = 0; i < heights.length && left > 0; i++) {
                if (heights[i] < sections.get(i).wish()) {
                    heights[i]++;
                    left--;
                    isGrowing = true;
                }
            }
        }
        return heights;
    }
}
