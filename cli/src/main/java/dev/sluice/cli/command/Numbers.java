package dev.sluice.cli.command;

import dev.sluice.cli.CommandFailure;
import dev.sluice.core.ports.ConfigVersions;
import dev.sluice.core.ports.ConfigVersions.Version;
import java.util.Optional;

/// Finds the version that a person named: a number, or `head`.
final class Numbers {
    private Numbers() {}

    /// The version; empty for 0, the time before the first.
    static Optional<Version> find(ConfigVersions versions, String name) {
        if (name.equals("head")) {
            return versions.head();
        }
        long number = parse(name);
        if (number == 0) {
            return Optional.empty();
        }
        return Optional.of(versions.byNumber(number)
                .orElseThrow(() -> CommandFailure.usage("there is no version " + number + ": the newest is "
                        + versions.head().map(Version::number).orElse(0L))));
    }

    private static long parse(String name) {
        try {
            return Long.parseLong(name);
        } catch (NumberFormatException noNumber) {
            throw CommandFailure.usage(name + " is not a version: give a number of sluice config history, or head");
        }
    }
}
