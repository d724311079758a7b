package dev.sluice.protocol;

import java.util.function.Consumer;

/// Bytes to frames, for any cut of the bytes into pieces. Bounded: holds at most one unfinished frame.
public interface FrameReader {
    /// Takes the next bytes and hands over every frame they complete.
    ///
    /// @return false when a frame grew beyond the bound or cannot be one: nothing more can be read
    boolean feed(byte[] bytes, int from, int to, Consumer<Frame> out);

    /// Why nothing more can be read, once [#feed] has said so.
    default String problem() {
        return "The provider sent one event that is too long to be read.";
    }

    /// The bytes are at their end: hands over what can still be read as a frame.
    void end(Consumer<Frame> out);
}
