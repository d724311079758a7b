package dev.sluice.cli.terminal;

/// How a piece of a line looks. What it means always stands in the text as well.
public enum Style {
    PLAIN,
    STRONG,
    DIM,
    /// Where the person is.
    CHOSEN,
    GOOD,
    BAD,
    WARN
}
