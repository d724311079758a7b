package dev.sluice.cli;

import org.jspecify.annotations.Nullable;

/// Asks the person at the terminal; a secret does not appear on it.
@FunctionalInterface
public interface Prompt {
    /// What was typed; null when the input ended instead.
    char @Nullable [] secret(String label);

    /// The same for what may be seen.
    default @Nullable String line(String label) {
        char[] typed = secret(label);
        return typed == null ? null : new String(typed);
    }

    /// Whether the answer is a yes.
    default boolean agrees(String question) {
        String typed = line(question + " [y/N] ");
        return typed != null
                && (typed.strip().equalsIgnoreCase("y") || typed.strip().equalsIgnoreCase("yes"));
    }
}
