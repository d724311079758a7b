package dev.sluice.cli.terminal;

import dev.sluice.cli.terminal.Key.Named;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// A line to type. What is wrong with it is told while it is typed, and nothing wrong is answered.
///
/// @param label what is asked for
/// @param check what is wrong with a text, if anything is; asked with the text as it would be answered
/// @param hidden whether it is a secret: no character of it is ever shown
public record Field(
        String title,
        Menu.Text text,
        String label,
        String value,
        boolean hidden,
        Function<String, Optional<String>> check,
        boolean tried)
        implements Widget<String> {
    private static final int LONGEST_SHADE = 40;
    private static final int FRAME = 4;

    public static Field of(String title, Menu.Text text, String label, Function<String, Optional<String>> check) {
        return new Field(title, text, label, "", false, check, false);
    }

    public static Field secret(String title, Menu.Text text, String label, Function<String, Optional<String>> check) {
        return new Field(title, text, label, "", true, check, false);
    }

    /// With a text that stands there already.
    public Field holding(String given) {
        return new Field(title, text, label, given, hidden, check, tried);
    }

    @Override
    public List<Line> lines(Room room) {
        List<Line> all = text.lines(room.width());
        List<Line> lines = new ArrayList<>();
        all.subList(0, Math.clamp(room.height() - FRAME, 0, all.size()))
                .forEach(line -> lines.add(line.cut(room.width())));
        if (!all.isEmpty()) {
            lines.add(Line.EMPTY);
        }
        int space = room.width() - Line.width(label) - 3;
        lines.add(Line.of(label + ": ")
                .plus(Line.tail(shown(), Math.max(space, 1)) + "_", Style.STRONG)
                .cut(room.width()));
        Optional<String> problem = value.isEmpty() && !tried ? Optional.empty() : check.apply(answer());
        problem.ifPresent(words -> {
            List<Line> told = Line.wrapped("! " + words, Style.WARN, room.width(), "  ");
            lines.addAll(told.subList(0, Math.clamp(room.height() - lines.size(), 0, told.size())));
        });
        return lines;
    }

    private String shown() {
        if (!hidden) {
            return value;
        }
        int length = value.codePointCount(0, value.length());
        return "*".repeat(Math.min(length, LONGEST_SHADE)) + (length > LONGEST_SHADE ? " (" + length + ")" : "");
    }

    private String answer() {
        return value.strip();
    }

    @Override
    public String hints() {
        return hidden
                ? "type or paste, it is not shown   Enter   Ctrl-U clears   Esc back   Ctrl-C leave"
                : "Enter goes on   Ctrl-U clears   Esc back   Ctrl-C leave";
    }

    @Override
    public Reaction<String> on(Key key, Room room) {
        return switch (key) {
            case Named.ESCAPE -> Reaction.back();
            case Named.INTERRUPT -> Reaction.leave();
            case Named.ENTER -> check.apply(answer()).isPresent() ? stay(value, true) : Reaction.given(answer());
            case Named.BACKSPACE ->
                stay(value.isEmpty() ? value : value.substring(0, value.offsetByCodePoints(value.length(), -1)), tried);
            case Named.CLEAR -> stay("", tried);
            case Key.Typed(String character) -> stay(value + character, tried);
            case Key.Pasted(String pasted) -> stay(value + clean(pasted), tried);
            default -> stay(value, tried);
        };
    }

    /// Line ends come with a copy of one line; a secret has no spaces about it either.
    private String clean(String pasted) {
        StringBuilder kept = new StringBuilder();
        pasted.codePoints().filter(c -> !Character.isISOControl(c)).forEach(kept::appendCodePoint);
        return hidden ? kept.toString().strip() : kept.toString();
    }

    private Reaction<String> stay(String text, boolean isTried) {
        return new Reaction.Stay<>(new Field(title, this.text, label, text, hidden, check, isTried));
    }

    @Override
    public String toString() {
        return "Field[" + title + "]"; // it may hold a secret
    }
}
