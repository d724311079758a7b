package dev.sluice.cli;

import org.jspecify.annotations.Nullable;

/// Asks the person at the terminal.
@FunctionalInterface
public interface Prompt {
    /// A secret, which does not appear on the terminal; null when the input ended instead.
    char @Nullable [] secret(String label);

    /// Anything else, which may; null when the input ended instead.
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
