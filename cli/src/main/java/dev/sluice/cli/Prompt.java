package dev.sluice.cli;

import org.jspecify.annotations.Nullable;

/// Asks the person at the terminal for a secret, which does not appear on it.
@FunctionalInterface
public interface Prompt {
    /// What was typed; null when the input ended instead.
    char @Nullable [] secret(String label);
}
