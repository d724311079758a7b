package dev.sluice.cli.command;

import dev.sluice.cli.CommandFailure;
import dev.sluice.cli.Surroundings;
import dev.sluice.cli.store.DataDirectory;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/// The options that every command has, before or after its name.
final class Common {
    @Option(names = "--json", scope = ScopeType.INHERIT, description = "Answer in JSON.")
    private boolean json;

    @Option(names = "--debug", scope = ScopeType.INHERIT, description = "Show where an unexpected failure came from.")
    private boolean debug;

    @Option(
            names = "--data",
            scope = ScopeType.INHERIT,
            paramLabel = "DIR",
            description = "The folder that holds what start keeps (default: ~/.sluice).")
    private @Nullable String data;

    @Option(
            names = {"--profile", "--region", "--stack"},
            scope = ScopeType.INHERIT,
            paramLabel = "NAME",
            hidden = true)
    private @Nullable String deployed;

    boolean json() {
        return json;
    }

    boolean debug() {
        return debug;
    }

    /// The folder in question. Refuses what would reach for a deployed gateway rather than this machine.
    DataDirectory directory(Surroundings surroundings) {
        if (deployed != null) {
            throw CommandFailure.usage(
                    "--profile, --region and --stack are not in this version: it serves this machine only");
        }
        return DataDirectory.of(data, surroundings);
    }
}
