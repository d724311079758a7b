package dev.sluice.model;

import java.util.List;

/// Which tools the model may or must use.
public sealed interface ToolChoice {
    /// The client said nothing.
    record Unset() implements ToolChoice {}

    record Auto() implements ToolChoice {}

    record None() implements ToolChoice {}

    /// Some tool must be called.
    record Required() implements ToolChoice {}

    /// This tool must be called.
    record Named(String name, Tool.Kind kind) implements ToolChoice {}

    /// Only these tools, and one of them must be called when `required`.
    record Allowed(List<String> names, boolean required) implements ToolChoice {
        public Allowed {
            names = List.copyOf(names);
        }
    }

    ToolChoice UNSET = new Unset();
}
