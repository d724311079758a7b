package dev.sluice.cli.tool.text;

import dev.sluice.model.Json;
import java.util.List;

/// A statement of a TOML text, and where it stands.
sealed interface TomlEntry {
    int start();

    /// `[a.b]` or `[[a.b]]`.
    ///
    /// @param end behind the closing bracket
    record Header(List<String> path, boolean isList, int start, int end) implements TomlEntry {}

    /// `a.b = value`.
    ///
    /// @param path without the header it stands under
    /// @param start of the key
    record Pair(List<String> path, int start, int valueStart, int valueEnd, Json value) implements TomlEntry {}
}
