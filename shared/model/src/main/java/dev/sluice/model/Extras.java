package dev.sluice.model;

/// JSON that is not modelled, with the dialect it belongs to: written back to that dialect only, otherwise reported.
public record Extras(Dialect dialect, Json.Obj fields) {
    public boolean isEmpty() {
        return fields.isEmpty();
    }
}
