package dev.sluice.cli.guide;

import dev.sluice.cli.Exit;
import dev.sluice.cli.Surroundings;
import dev.sluice.cli.terminal.Screen;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jline.terminal.Terminal;

/// The guide on the terminal where the command was typed.
public final class GuideScreen {
    private GuideScreen() {}

    /// The exit code; empty when there is no terminal that can be drawn on.
    public static Optional<Integer> run(Surroundings surroundings, Supplier<Desk> desk) {
        return surroundings.screens().open().map(terminal -> run(terminal, surroundings, desk));
    }

    private static int run(Terminal terminal, Surroundings surroundings, Supplier<Desk> desk) {
        boolean isPlain = surroundings
                .variable("NO_COLOR")
                .filter(value -> !value.isEmpty())
                .isPresent();
        surroundings.stop().heed(); // asked to end, it gives the terminal back first
        List<String> lines;
        try (Screen screen = new Screen(terminal, !isPlain, surroundings.stop()::isAsked)) {
            lines = new Guide(screen, desk.get()).run();
        }
        if (!lines.isEmpty()) {
            surroundings.out().println("The same next time:");
            lines.forEach(line -> surroundings.out().println("  " + line));
        }
        return Exit.OK.code();
    }
}
