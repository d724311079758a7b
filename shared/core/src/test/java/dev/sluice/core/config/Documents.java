package dev.sluice.core.config;

import dev.sluice.core.config.ConfigReading.ConfigError;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Documents for tests; in those written here, single quotes stand for double ones.
final class Documents {
    private Documents() {}

    /// A document with these fields after its version.
    static String document(String fields) {
        return quoted("{'version':1" + (fields.isEmpty() ? "" : ",") + fields + "}");
    }

    /// A document with one provider `p` with these fields.
    static String provider(String fields) {
        return document("'providers':[{'id':'p','endpoints':{'anthropic':'https://a.example','openai-chat':"
                + "'https://a.example/v1'}" + (fields.isEmpty() ? "" : ",") + fields + "}]");
    }

    /// A document with one provider `p` with one model `m` with these fields.
    static String model(String fields) {
        return provider("'models':[{'id':'m'" + (fields.isEmpty() ? "" : ",") + fields + "}]");
    }

    /// A document with one provider with models `m` and `n`, and these aliases.
    static String aliases(String aliases) {
        return document("'providers':[{'id':'p','endpoints':{'anthropic':'https://a.example'},'models':['m','n']}],"
                + "'modelAliases':{" + aliases + "}");
    }

    static String quoted(String text) {
        return text.replace('\'', '"');
    }

    static ConfigReading read(String document) {
        return ConfigReader.read(document.getBytes(StandardCharsets.UTF_8), 7);
    }

    static ConfigReading.Good good(String document) {
        return switch (read(document)) {
            case ConfigReading.Good good -> good;
            case ConfigReading.Refused(List<ConfigError> errors) -> throw new AssertionError(errors.toString());
        };
    }

    static List<ConfigError> errors(String document) {
        return switch (read(document)) {
            case ConfigReading.Good good -> throw new AssertionError("accepted: " + good.snapshot());
            case ConfigReading.Refused(List<ConfigError> errors) -> errors;
        };
    }

    /// The document in which CONFIG.md shows every field.
    static String sample() {
        try (InputStream file = Documents.class.getResourceAsStream("sample.jsonc")) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /// The published samples at the top of the repository.
    static Path publishedSamples() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("mvnw"))) {
            folder = folder.getParent();
        }
        return folder.resolve("samples/config");
    }
}
