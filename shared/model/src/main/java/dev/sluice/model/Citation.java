package dev.sluice.model;

import org.jspecify.annotations.Nullable;

/// A source that a piece of text names; `raw` is its exact form in the dialect it came from.
public record Citation(
        Dialect dialect,
        Json.Obj raw,
        @Nullable String url,
        @Nullable String title,
        @Nullable String quoted) {}
