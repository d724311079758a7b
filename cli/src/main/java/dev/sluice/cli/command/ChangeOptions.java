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

    ConfigBook.Wish wish(String who) {
        return new ConfigBook.Wish(who, dryRun, ifVersion);
    }
}
