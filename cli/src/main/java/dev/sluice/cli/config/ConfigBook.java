package dev.sluice.cli.config;

import dev.sluice.core.config.Change;
import dev.sluice.core.config.ConfigDiff;
import dev.sluice.core.config.ConfigReader;
import dev.sluice.core.config.ConfigReading;
import dev.sluice.core.config.ConfigSnapshot;
import dev.sluice.core.ports.ConfigVersions;
import dev.sluice.core.ports.ConfigVersions.Version;
import dev.sluice.core.ports.Time;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The owner's way to change the configuration: checked whole, compared with the head, written as a new version.
public final class ConfigBook {
    private final ConfigVersions versions;
    private final Time time;

    public ConfigBook(ConfigVersions versions, Time time) {
        this.versions = versions;
        this.time = time;
    }

    /// How a change is wanted.
    ///
    /// @param who for the history
    /// @param ifVersion the head the writer has seen, 0 for none; null: the head as it is now
    public record Wish(String who, boolean dryRun, @Nullable Long ifVersion) {}

    public Applied apply(byte[] document, Wish wish) {
        Optional<Version> head = versions.head();
        long number = head.map(Version::number).orElse(0L);
        return switch (ConfigReader.read(document, number + 1)) {
            case ConfigReading.Refused(var errors) -> new Applied.Refused(errors);
            case ConfigReading.Good good -> apply(good, head, wish);
        };
    }

    private Applied apply(ConfigReading.Good good, Optional<Version> head, Wish wish) {
        long number = head.map(Version::number).orElse(0L);
        if (wish.ifVersion() != null && wish.ifVersion() != number) {
            return new Applied.Conflict(wish.ifVersion(), number);
        }
        String document = good.snapshot().document();
        if (head.isPresent() && head.get().document().equals(document)) {
            return new Applied.Unchanged(number, good.notYetInForce());
        }
        List<Change> changes = ConfigDiff.between(documentOf(head), document);
        if (wish.dryRun()) {
            return new Applied.Planned(number + 1, changes, good.notYetInForce());
        }
        return switch (versions.write(number, document, wish.who(), time.now())) {
            case ConfigVersions.Write.Written(Version version) ->
                new Applied.Written(version.number(), changes, good.notYetInForce());
            case ConfigVersions.Write.Conflict(long now) -> new Applied.Conflict(number, now);
        };
    }

    /// The document of a version, or of the time before the first.
    public static String documentOf(Optional<Version> version) {
        return version.map(Version::document)
                .orElseGet(() -> ConfigSnapshot.empty().document());
    }
}
