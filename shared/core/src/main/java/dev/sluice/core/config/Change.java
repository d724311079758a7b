package dev.sluice.core.config;

/// One difference between two documents; values are shortened, and what looks like a secret is not shown.
public sealed interface Change {
    /// As in `providers[openrouter].models[gpt-4o].enabled`: list entries are named by their id.
    String path();

    /// Only the later document has it.
    record Added(String path, String value) implements Change {}

    /// Only the earlier document has it.
    record Removed(String path, String value) implements Change {}

    /// Both have it, with another value; of a list whose entries are the same, another order.
    record Changed(String path, String before, String after) implements Change {}
}
