package dev.sluice.cli.terminal;

/// What came of a question.
public sealed interface Answer<R> {
    record Given<R>(R value) implements Answer<R> {}

    /// One step back.
    record Back<R>() implements Answer<R> {}

    /// Out of everything.
    record Leave<R>() implements Answer<R> {}
}
