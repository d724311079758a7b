package dev.sluice.cli.command;

import dev.sluice.cli.Surroundings;
import java.io.IOException;
import java.util.Optional;
import org.jline.terminal.Terminal;

/// How many letters fit on a line.
final class Width {
    private static final int LEAST = 20;

    private Width() {}

    /// As many as the terminal has columns; without one as many as `COLUMNS` says, else no bound.
    static int of(Surroundings surroundings) {
        Optional<Terminal> screen = surroundings.screens().open();
        if (screen.isPresent()) {
            try (Terminal terminal = screen.get()) {
                return terminal.getColumns() >= LEAST ? terminal.getColumns() : Integer.MAX_VALUE;
            } catch (IOException notClosed) {
                return Integer.MAX_VALUE;
            }
        }
        return surroundings
                .variable("COLUMNS")
                .map(String::strip)
                .filter(text ->
                        !text.isEmpty() && text.length() < 6 && text.chars().allMatch(c -> c >= '0' && c <= '9'))
                .map(Integer::valueOf)
                .filter(columns -> columns >= LEAST)
                .orElse(Integer.MAX_VALUE);
    }
}
