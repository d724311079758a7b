package dev.sluice.cli.config;

import dev.sluice.core.config.Change;
import dev.sluice.core.config.ConfigReading.ConfigError;
import java.util.List;

/// What became of a document that somebody wanted in force.
public sealed interface Applied {
    /// It is a new version.
    record Written(long version, List<Change> changes, List<String> notYetInForce) implements Applied {}

    /// It would be a new version: this was a dry run.
    record Planned(long version, List<Change> changes, List<String> notYetInForce) implements Applied {}

    /// It says what the head says already.
    record Unchanged(long version, List<String> notYetInForce) implements Applied {}

    record Refused(List<ConfigError> errors) implements Applied {}

    /// Somebody else was faster, or the head is not the version the writer named.
    record Conflict(long expected, long head) implements Applied {}
}
