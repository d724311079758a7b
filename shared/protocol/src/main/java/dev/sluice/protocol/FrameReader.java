package dev.sluice.protocol;

import java.util.function.Consumer;

/// Bytes to frames, for any cut of the bytes into pieces. Bounded: holds at most one unfinished frame.
public interface FrameReader {
    /// Takes the next bytes and hands over every frame they complete.
    ///
    /// @return false when a frame grew beyond the bound: nothing more can be read
    boolean feed(byte[] bytes, int from, int to, Consumer<Frame> out);

    /// The bytes are at their end: hands over what can still be read as a frame.
    void end(Consumer<Frame> out);
}
