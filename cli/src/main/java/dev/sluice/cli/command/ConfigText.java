package dev.sluice.cli.command;

import dev.sluice.core.config.Change;
import dev.sluice.core.config.ConfigReading.ConfigError;
import dev.sluice.model.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The configuration's errors and changes as tables and as JSON.
final class ConfigText {
    static final List<String> ERROR_HEAD = List.of("PATH", "FOUND", "EXPECTED");
    static final List<String> CHANGE_HEAD = List.of("", "PATH", "BEFORE", "AFTER");

    private ConfigText() {}

    static List<List<String>> errorRows(List<ConfigError> errors) {
        return errors.stream()
                .map(error -> List.of(error.path(), error.found(), error.expected()))
                .toList();
    }

    static Json errors(List<ConfigError> errors) {
        return Json.array(errors.stream()
                .map(error -> Json.object()
                        .put("path", error.path())
                        .put("found", error.found())
                        .put("expected", error.expected())
                        .build())
                .toList());
    }

    static List<List<String>> changeRows(List<Change> changes) {
        return changes.stream().map(ConfigText::row).toList();
    }

    private static List<String> row(Change change) {
        return switch (change) {
            case Change.Added(String path, String value) -> List.of("+", path, "-", value);
            case Change.Removed(String path, String value) -> List.of("-", path, value, "-");
            case Change.Changed(String path, String before, String after) -> List.of("~", path, before, after);
        };
    }

    /// In JSON the side that has no value is `null`.
    static Json changes(List<Change> changes) {
        return Json.array(changes.stream().map(ConfigText::json).toList());
    }

    private static Json json(Change change) {
        return switch (change) {
            case Change.Added(String path, String value) -> json(path, null, value);
            case Change.Removed(String path, String value) -> json(path, value, null);
            case Change.Changed(String path, String before, String after) -> json(path, before, after);
        };
    }

    private static Json json(String path, @Nullable String before, @Nullable String after) {
        return Json.object()
                .put("path", path)
                .put("before", Json.orNull(before))
                .put("after", Json.orNull(after))
                .build();
    }
}
