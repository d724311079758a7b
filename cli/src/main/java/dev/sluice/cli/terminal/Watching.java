package dev.sluice.cli.terminal;

import java.util.ArrayList;
import java.util.List;

/// Work that is under way, with the last lines that it has told.
///
/// @param seconds since it began
/// @param mayBeLeft whether a key gives it up
record Watching(String title, List<String> told, long seconds, boolean mayBeLeft) implements Widget<Void> {
    Watching {
        told = List.copyOf(told);
    }

    @Override
    public List<Line> lines(Room room) {
        List<Line> lines = new ArrayList<>();
        for (String line : told) {
            lines.addAll(Line.wrapped(line, Style.PLAIN, room.width(), "    "));
        }
        int shown = Math.max(room.height() - 2, 0);
        List<Line> last = new ArrayList<>(lines.subList(Math.max(lines.size() - shown, 0), lines.size()));
        last.add(Line.EMPTY);
        last.add(Line.of("working, " + seconds + " s", Style.DIM).cut(room.width()));
        return last;
    }

    @Override
    public String hints() {
        return mayBeLeft ? "Esc gives it up   Ctrl-C leave" : "a moment, this is brought to its end";
    }

    @Override
    public Reaction<Void> on(Key key, Room room) {
        if (!mayBeLeft) {
            return new Reaction.Stay<>(this);
        }
        return switch (key) {
            case Key.Named.ESCAPE -> Reaction.back();
            case Key.Named.INTERRUPT -> Reaction.leave();
            default -> new Reaction.Stay<>(this);
        };
    }
}
