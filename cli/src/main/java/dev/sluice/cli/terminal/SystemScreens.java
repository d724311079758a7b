package dev.sluice.cli.terminal;

import java.io.Console;
import java.io.IOException;
import java.util.Optional;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/// The terminal of this process, by the system's own `stty`: what goes by system calls (JLine 4.1.3) gives a terminal back
/// without its speed.
public final class SystemScreens implements Screens {
    @Override
    public Optional<Terminal> open() {
        if (Optional.ofNullable(System.console()).filter(Console::isTerminal).isEmpty()) {
            return Optional.empty();
        }
        try {
            Terminal terminal = TerminalBuilder.builder()
                    .system(true)
                    .provider("exec")
                    .graphemeCluster(false) // else it is asked whether it can, and a late answer is typed into the view
                    .build();
            if (terminal.getType().startsWith(Terminal.TYPE_DUMB)) {
                terminal.close();
                return Optional.empty();
            }
            return Optional.of(terminal);
        } catch (IOException | IllegalStateException notPossible) {
            return Optional.empty();
        }
    }
}
