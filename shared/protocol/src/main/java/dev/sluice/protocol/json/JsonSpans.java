package dev.sluice.protocol.json;

import org.jspecify.annotations.Nullable;

/// Where the top-level values of a JSON object stand in its bytes.
public record JsonSpans(java.util.List<Span> spans) {
    /// No fields.
    public static final JsonSpans NONE = new JsonSpans(java.util.List.of());

    /// One top-level field: its name and where its value begins and ends; `fieldFrom` is where its name's quote stands.
    public record Span(String name, int fieldFrom, int from, int to) {}

    public JsonSpans {
        spans = java.util.List.copyOf(spans);
    }

    /// The last field of that name (of doubled names the last one counts).
    public @Nullable Span field(String name) {
        Span found = null;
        for (Span span : spans) {
            if (span.name().equals(name)) {
                found = span;
            }
        }
        return found;
    }
}
