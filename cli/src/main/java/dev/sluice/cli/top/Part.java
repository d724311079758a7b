package dev.sluice.cli.top;

import java.util.List;

/// The tables of the screen, and the orders that each can be in.
public enum Part {
    FLIGHTS,
    TARGETS,
    LIMITS,
    SPEND,
    CALLS;

    List<String> orders() {
        return switch (this) {
            case FLIGHTS -> List.of("oldest first", "newest first", "by key");
            case TARGETS -> List.of("worst first", "busiest first", "by name");
            case LIMITS -> List.of("fullest first", "by name");
            case SPEND -> List.of("dearest first", "by name");
            case CALLS -> List.of("newest first", "slowest first", "failures first");
        };
    }

    /// The one so many further, round and round.
    Part further(int steps) {
        List<Part> all = List.of(values());
        return all.get(Math.floorMod(all.indexOf(this) + steps, all.size()));
    }
}
