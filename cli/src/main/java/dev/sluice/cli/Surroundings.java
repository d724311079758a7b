package dev.sluice.cli;

import dev.sluice.cli.terminal.Screens;
import dev.sluice.core.ports.Time;
import java.io.InputStream;
import java.io.PrintStream;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Optional;

/// What a command finds around it: everything that tests replace.
///
/// @param prompt empty without a terminal: then nothing asks
/// @param screens the same for what draws on the whole screen
/// @param stop asked for once, by a signal; only `start` waits for it
public record Surroundings(
        Map<String, String> environment,
        InputStream in,
        PrintStream out,
        PrintStream err,
        Optional<Prompt> prompt,
        Screens screens,
        Time time,
        Schedule schedule,
        SecureRandom random,
        StopSignal stop) {
    public Surroundings {
        environment = Map.copyOf(environment);
    }

    /// The variable; empty when it is not set.
    public Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name));
    }

    /// Who the history names as the author of a change.
    public String who() {
        return variable("USER").filter(user -> !user.isBlank()).orElse("owner");
    }

    @Override
    public String toString() {
        return "Surroundings"; // the environment holds secrets
    }
}
