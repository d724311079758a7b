package dev.sluice.protocol.vectors;

/// How a vector ended.
sealed interface Verdict {
    record Passed() implements Verdict {}

    record Failed(String reason) implements Verdict {}

    /// Nobody speaks its dialect yet.
    record Skipped() implements Verdict {}
}
