package dev.sluice.cli.command;

import dev.sluice.cli.config.ConfigBook;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// How a change of the configuration is wanted.
final class ChangeOptions {
    @Option(names = "--dry-run", description = "Show what would change, and change nothing.")
    private boolean dryRun;

    @Option(
            names = "--if-version",
            paramLabel = "N",
            description = "Only if the version in force is still N (0: nothing is configured).")
    private @Nullable Long ifVersion;

    boolean dryRun() {
        return dryRun;
    }

    ConfigBook.Wish wish(String who) {
        return new ConfigBook.Wish(who, dryRun, ifVersion);
    }

    /// The same for a change of that version: when another is in force by then, it is refused.
    ConfigBook.Wish wish(String who, long seen) {
        return new ConfigBook.Wish(who, dryRun, ifVersion == null ? (Long) seen : ifVersion);
    }
}
