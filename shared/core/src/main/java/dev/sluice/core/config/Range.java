package dev.sluice.core.config;

/// Whole numbers from one end to the other, both included.
record Range(long from, long to) {
    boolean holds(long number) {
        return number >= from && number <= to;
    }

    /// As it stands in an error.
    String text() {
        return from == to ? Long.toString(from) : "a whole number from " + from + " to " + to;
    }
}
