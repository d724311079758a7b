package dev.sluice.model;

import org.jspecify.annotations.Nullable;

/// A source that a piece of text names; `raw` is its exact form in the dialect it came from.
///
/// @param range where in the answer's text it belongs, when the dialect says so
public record Citation(
        Dialect dialect,
        Json.Obj raw,
        @Nullable String url,
        @Nullable String title,
        @Nullable String quoted,
        @Nullable Range range) {
    /// Characters (code points) of all the text that the answer has given, the end excluded.
    public record Range(long start, long end) {}

    /// For dialects that do not say where.
    public Citation(
            Dialect dialect, Json.Obj raw, @Nullable String url, @Nullable String title, @Nullable String quoted) {
        this(dialect, raw, url, title, quoted, null);
    }
}
