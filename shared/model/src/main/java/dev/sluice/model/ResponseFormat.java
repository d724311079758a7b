package dev.sluice.model;

import org.jspecify.annotations.Nullable;

/// The shape the client wants for the answer's text.
public sealed interface ResponseFormat {
    record Text() implements ResponseFormat {}

    /// Any JSON object.
    record JsonObject() implements ResponseFormat {}

    /// JSON by a schema.
    record JsonSchema(
            @Nullable String name,
            @Nullable String description,
            Json.Obj schema,
            @Nullable Boolean strict) implements ResponseFormat {}

    ResponseFormat TEXT = new Text();
}
