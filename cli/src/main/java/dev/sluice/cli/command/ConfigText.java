package dev.sluice.cli.command;

import dev.sluice.core.config.ConfigDiff.Change;
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
        return changes.stream()
                .map(change -> List.of(sign(change), change.path(), orDash(change.before()), orDash(change.after())))
                .toList();
    }

    static Json changes(List<Change> changes) {
        return Json.array(changes.stream()
                .map(change -> Json.object()
                        .put("path", change.path())
                        .put("before", Json.orNull(change.before()))
                        .put("after", Json.orNull(change.after()))
                        .build())
                .toList());
    }

    private static String sign(Change change) {
        if (change.before() == null) {
            return "+";
        }
        return change.after() == null ? "-" : "~";
    }

    private static String orDash(@Nullable String value) {
        return value == null ? "-" : value;
    }
}
