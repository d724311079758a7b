package dev.sluice.cli.store;

import dev.sluice.cli.CommandFailure;
import dev.sluice.core.ports.ConfigVersions;
import dev.sluice.core.ports.Registry;
import java.util.Optional;
import java.util.Set;

/// The head and the keys of the embedded store; both are in memory, so it is never silent.
final class EmbeddedRegistry implements Registry {
    private final ConfigVersions versions;
    private final EmbeddedKeys keys;

    EmbeddedRegistry(ConfigVersions versions, EmbeddedKeys keys) {
        this.versions = versions;
        this.keys = keys;
    }

    @Override
    public Reading read(Set<String> keyHashes) {
        try {
            return new Reading.Known(versions.head(), keys.among(keyHashes));
        } catch (CommandFailure damaged) {
            return new Reading.Unreadable(damaged.text(), Optional.of(keys.among(keyHashes)));
        }
    }
}
