package dev.sluice.core.config;

import java.util.List;

/// A document read and checked: good, with what is not yet in force; or refused whole, with every error.
public sealed interface ConfigReading {
    /// A document that may be used.
    ///
    /// @param notYetInForce one sentence for each part that is kept but has no effect in this version
    record Good(ConfigSnapshot snapshot, List<String> notYetInForce) implements ConfigReading {}

    record Refused(List<ConfigError> errors) implements ConfigReading {}

    /// One thing wrong.
    ///
    /// @param path as in `providers[0].models[2].price.input`
    /// @param found the value, shortened; never a secret
    /// @param expected what would have been right, with the nearest known name where one is near
    record ConfigError(String path, String found, String expected) {}
}
