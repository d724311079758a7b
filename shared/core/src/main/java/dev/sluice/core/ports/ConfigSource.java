package dev.sluice.core.ports;

import dev.sluice.core.config.ConfigSnapshot;
import java.util.Optional;

/// The current configuration.
public interface ConfigSource {
    /// What a request that starts now goes by; empty when none could ever be read (then callers get 503).
    Optional<Current> current();

    /// A configuration and its age.
    ///
    /// @param stale whether the store could not be asked lately (`x-sluice-state: stale-config`)
    record Current(ConfigSnapshot snapshot, boolean stale) {}
}
