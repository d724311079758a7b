package dev.sluice.core.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/// The JSON Schema (2020-12) of the configuration document, for editors.
///
/// It says what one value may be; what values must be to each other (refs, cycles, names used twice) only the reader checks.
public final class ConfigSchema {
    private static final String FILE = "config.schema.json";

    private ConfigSchema() {}

    /// The schema's text.
    public static String text() {
        try (InputStream file = ConfigSchema.class.getResourceAsStream(FILE)) {
            if (file == null) {
                throw new IllegalStateException(FILE + " is missing from the class path");
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
