package dev.sluice.cli.tool.text;

import dev.sluice.model.Json;
import java.util.List;

/// A syntax of configuration files: read whole, changed by splices that leave every other byte as it was.
///
/// Texts come without a byte order mark. Changing throws [NotEditable] where the text is written in a way that
/// cannot be changed at that place.
public interface Format {
    /// What the text says; an empty text says nothing.
    Reading read(String text);

    /// The text with a value at that place, replaced or new. Everything above it is an object or is not there yet.
    String put(String text, List<String> path, Json value);

    /// The text with one more item in the list at that place, which may not be there yet.
    String add(String text, List<String> path, Json.Obj item, boolean first);

    /// The line that the place is written on, or the nearest one around it; from 1.
    int line(String text, List<String> path);

    /// What a text says.
    sealed interface Reading {
        record Good(Json.Obj value) implements Reading {}

        /// @param line from 1
        record Bad(int line, String problem) implements Reading {}
    }
}
