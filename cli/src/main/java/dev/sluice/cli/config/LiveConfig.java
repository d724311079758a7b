package dev.sluice.cli.config;

import dev.sluice.core.config.ConfigSnapshot;
import dev.sluice.core.ports.ConfigSource;
import java.util.Optional;

/// The configuration in force in this process. Swapped whole: a request that holds one keeps it to its end.
public final class LiveConfig implements ConfigSource {
    private volatile ConfigSnapshot snapshot;

    public LiveConfig(ConfigSnapshot snapshot) {
        this.snapshot = snapshot;
    }

    @Override
    public Optional<Current> current() {
        return Optional.of(new Current(snapshot, false));
    }

    public ConfigSnapshot snapshot() {
        return snapshot;
    }

    public void publish(ConfigSnapshot next) {
        snapshot = next;
    }
}
