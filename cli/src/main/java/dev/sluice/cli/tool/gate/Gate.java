package dev.sluice.cli.tool.gate;

import dev.sluice.cli.tool.ModelChoice;
import dev.sluice.model.Dialect;

/// A gateway as a tool would meet it.
public interface Gate {
    /// Sends the smallest request of the kind that a tool of that dialect sends: streamed, with a tool to call.
    Verdict ask(Dialect dialect, String model);

    /// What the gateway knows of a model; only its name when it does not say.
    ModelChoice model(String ref);

    /// How it went.
    sealed interface Verdict {
        record Passed() implements Verdict {}

        /// @param why with the gateway's own words, where it had some
        record Refused(String why) implements Verdict {}
    }
}
