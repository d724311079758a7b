package dev.sluice.cli.guide;

import dev.sluice.cli.provider.References;
import dev.sluice.cli.provider.WorkingCopy;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/// What a wizard has come to: one change of the configuration, with the secret that belongs to it.
///
/// @param what for the history, such as `guide: provider openrouter`
/// @param edit refuses, as a command does, a document that it does not fit
/// @param goes what else of a document goes with it, in words
/// @param commands that do the same, for the next time
record Proposal(
        String what,
        UnaryOperator<WorkingCopy> edit,
        Function<WorkingCopy, List<String>> goes,
        Optional<Secret.Typed> secret,
        List<List<String>> commands) {
    Proposal {
        commands = List.copyOf(commands);
    }

    Proposal(String what, UnaryOperator<WorkingCopy> edit, Optional<Secret.Typed> secret, List<List<String>> commands) {
        this(what, edit, _ -> List.of(), secret, commands);
    }

    static Proposal of(String what, UnaryOperator<WorkingCopy> edit, List<String> command) {
        return new Proposal(what, edit, Optional.empty(), List.of(command));
    }

    /// Something is taken out, and what referred to it as well.
    static Proposal removal(String what, UnaryOperator<WorkingCopy> edit, List<String> command) {
        return new Proposal(
                what,
                copy -> References.prune(edit.apply(copy)).copy(),
                copy -> References.prune(edit.apply(copy)).gone(),
                Optional.empty(),
                List.of(command));
    }
}
