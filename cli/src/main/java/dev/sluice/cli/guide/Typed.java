package dev.sluice.cli.guide;

import dev.sluice.model.Json;

/// What was typed, as it stands in a configuration.
final class Typed {
    private static final int MOST_DIGITS = 15;

    private Typed() {}

    /// A whole number; what is none is left for the reader of configurations to refuse.
    static Json whole(String text) {
        boolean isWhole =
                !text.isEmpty() && text.length() <= MOST_DIGITS && text.chars().allMatch(c -> c >= '0' && c <= '9');
        return isWhole ? Json.of(Long.parseLong(text)) : Json.of(text);
    }
}
