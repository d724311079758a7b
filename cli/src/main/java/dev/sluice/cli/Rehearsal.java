package dev.sluice.cli;

import dev.sluice.cli.terminal.Screens;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Runs simple commands once, unseen, in a folder of its own: the launch script notes which classes they need, and has
/// those ready for the next start. Nothing depends on what comes of them.
public final class Rehearsal {
    private static final List<String> COMMANDS = List.of(
            "--version",
            "--help",
            "config show",
            "explain a-model",
            "key list",
            "key create rehearsal",
            "credential list",
            "provider list",
            "provider presets",
            "model list",
            "alias list",
            "limit list --json",
            "tool list",
            "tool status",
            "logs",
            "doctor --help",
            "completion bash",
            "config shwo");

    private Rehearsal() {}

    /// @param args the folder, which need not be there
    public static void main(String[] args) {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
        for (String command : COMMANDS) {
            Main.run(command.split(" ", -1), surroundings(args[0], nowhere));
        }
    }

    private static Surroundings surroundings(String home, PrintStream nowhere) {
        return new Surroundings(
                Map.of("HOME", home),
                InputStream.nullInputStream(),
                nowhere,
                nowhere,
                Optional.empty(),
                Screens.NONE,
                new SystemTime(),
                new ThreadSchedule(),
                new SecureRandom(),
                new StopSignal());
    }
}
