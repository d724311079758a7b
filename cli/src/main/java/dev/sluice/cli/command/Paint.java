package dev.sluice.cli.command;

import dev.sluice.cli.Surroundings;

/// Colours where a terminal shows them, and plain text everywhere else.
enum Paint {
    PLAIN("", "", "", "", ""),
    COLOURED("\u001b[1m", "\u001b[33m", "\u001b[32m", "\u001b[31m", "\u001b[0m");

    private final String strong;
    private final String warn;
    private final String added;
    private final String removed;
    private final String end;

    Paint(String strong, String warn, String added, String removed, String end) {
        this.strong = strong;
        this.warn = warn;
        this.added = added;
        this.removed = removed;
        this.end = end;
    }

    /// Coloured on a terminal, unless `NO_COLOR` is set.
    static Paint of(Surroundings surroundings) {
        boolean unwanted = surroundings
                .variable("NO_COLOR")
                .filter(value -> !value.isEmpty())
                .isPresent();
        return surroundings.prompt().isPresent() && !unwanted ? COLOURED : PLAIN;
    }

    String strong(String text) {
        return strong + text + end;
    }

    String warn(String text) {
        return warn + text + end;
    }

    String added(String text) {
        return added + text + end;
    }

    String removed(String text) {
        return removed + text + end;
    }
}
