package dev.sluice.cli.terminal;

import java.util.Optional;
import org.jline.terminal.Terminal;

/// Opens the screen that the command was typed on. Replaced by one in memory in tests.
@FunctionalInterface
public interface Screens {
    /// There is nobody who looks.
    Screens NONE = Optional::empty;

    /// Empty: input or output is no terminal, or one that cannot be drawn on. The opener closes it, which gives the
    /// terminal back as it was.
    Optional<Terminal> open();
}
