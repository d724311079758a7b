package dev.sluice.core.ports;

import java.time.Duration;

/// The body of an upstream's answer while it arrives. One reader.
public interface ByteStream extends AutoCloseable {
    /// Waits for bytes, at most that long; several pieces that are already here come together.
    Read read(Duration wait);

    /// Lets go of the connection; of an unfinished answer, ends it.
    @Override
    void close();

    /// What a read brought.
    sealed interface Read {
        /// `bytes[from, to)`, valid until the next read.
        record Bytes(byte[] bytes, int from, int to) implements Read {}

        /// Nothing came in time.
        record Quiet() implements Read {}

        /// The body ended as HTTP ends it.
        record End() implements Read {}

        /// The connection broke.
        record Reset(String message) implements Read {}

        Quiet QUIET = new Quiet();
        End END = new End();
    }
}
