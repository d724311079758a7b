package dev.sluice.cli.command;

import dev.sluice.aws.owner.OwnerSettings;
import dev.sluice.cli.CommandFailure;
import dev.sluice.cli.Surroundings;
import dev.sluice.cli.store.DataDirectory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/// The options that every command has, before or after its name.
final class Common {
    private static final String STACK = "SLUICE_STACK";

    @Option(names = "--json", scope = ScopeType.INHERIT, description = "Answer in JSON.")
    private boolean json;

    @Option(names = "--debug", scope = ScopeType.INHERIT, description = "Show where an unexpected failure came from.")
    private boolean debug;

    @Option(
            names = "--data",
            scope = ScopeType.INHERIT,
            paramLabel = "DIR",
            description = "Where Sluice keeps its things (default: ~/.sluice).")
    private @Nullable String data;

    @Option(
            names = "--profile",
            scope = ScopeType.INHERIT,
            paramLabel = "NAME",
            description = "The AWS profile to act as; with it, the command is about the deployed stack.")
    private @Nullable String profile;

    @Option(
            names = "--region",
            scope = ScopeType.INHERIT,
            paramLabel = "NAME",
            description = "The AWS region of the deployed stack (default: the profile's, or AWS_REGION).")
    private @Nullable String region;

    @Option(
            names = "--stack",
            scope = ScopeType.INHERIT,
            paramLabel = "NAME",
            description = "The deployed stack that the command is about (default: SLUICE_STACK, else Sluice); without"
                    + " any of these three it is about this machine.")
    private @Nullable String stack;

    boolean json() {
        return json;
    }

    boolean debug() {
        return debug;
    }

    /// The options that say which folder or stack is meant, as they were given.
    List<String> where() {
        List<String> given = new ArrayList<>();
        add(given, "--data", data);
        add(given, "--profile", profile);
        add(given, "--region", region);
        add(given, "--stack", stack);
        return given;
    }

    private static void add(List<String> given, String option, @Nullable String value) {
        if (value != null) {
            given.addAll(List.of(option, value));
        }
    }

    /// The folder in question. Refuses what would reach for a deployed gateway rather than this machine.
    DataDirectory directory(Surroundings surroundings) {
        if (isDeployedAskedFor()) {
            throw CommandFailure.usage(
                    "this command serves this machine only: leave --profile, --region and --stack out");
        }
        return DataDirectory.of(data, surroundings);
    }

    private boolean isDeployedAskedFor() {
        return profile != null || region != null || stack != null;
    }

    /// The deployed stack that was asked for, by an option or by `SLUICE_STACK`; empty: it is about this machine.
    Optional<OwnerSettings> deployed(Surroundings surroundings) {
        Optional<String> named = surroundings.variable(STACK).filter(value -> !value.isBlank());
        if (!isDeployedAskedFor() && (named.isEmpty() || data != null)) {
            return Optional.empty();
        }
        if (data != null) {
            throw CommandFailure.usage("--data is a folder of this machine, and --profile, --region and --stack are for"
                    + " a deployed stack: give one or the other");
        }
        return Optional.of(owner(surroundings));
    }

    /// The stack of a command that is about a deployed one in any case.
    OwnerSettings owner(Surroundings surroundings) {
        String name = stack != null
                ? stack
                : surroundings.variable(STACK).filter(value -> !value.isBlank()).orElse(OwnerSettings.STANDARD_STACK);
        return new OwnerSettings(profile, region, name.strip(), surroundings.environment());
    }
}
