package dev.sluice.cli.start;

import dev.sluice.cli.Printable;
import dev.sluice.core.config.ConfigReading.ConfigError;
import java.util.List;
import java.util.stream.Collectors;

/// A refused configuration in words, each error on a line of its own.
final class ConfigErrors {
    private ConfigErrors() {}

    static String text(List<ConfigError> errors) {
        return errors.stream()
                .map(error -> "  "
                        + Printable.of(error.path() + ": found " + error.found() + ", expected " + error.expected()))
                .collect(Collectors.joining(System.lineSeparator()));
    }
}
