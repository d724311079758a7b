package dev.sluice.cli.command;

import dev.sluice.cli.CommandFailure;
import dev.sluice.cli.provider.References;
import dev.sluice.cli.provider.WorkingCopy;
import picocli.CommandLine.Option;

/// Whether what refers to a removed thing goes with it.
final class Cascade {
    @Option(
            names = "--cascade",
            description = "Remove what refers to it as well: targets of aliases, fallbacks, limits, the default model.")
    private boolean cascade;

    /// The document after something was taken out. Refuses one in which a ref leads nowhere, unless that goes too.
    WorkingCopy settle(String what, WorkingCopy after) {
        References.Pruned pruned = References.prune(after);
        if (pruned.gone().isEmpty() || cascade) {
            return pruned.copy();
        }
        throw CommandFailure.usage(what + " is still referred to by " + String.join("; ", pruned.gone())
                + ". With --cascade these go as well (--dry-run shows it first)");
    }
}
