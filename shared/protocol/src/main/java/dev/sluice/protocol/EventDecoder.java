package dev.sluice.protocol;

import dev.sluice.model.StreamEvent;
import java.util.function.Consumer;

/// Frames of an upstream's answer to events. One per answer; not thread-safe.
///
/// Contract: emits by the grammar of [StreamEvent], exactly one terminal event in all, nothing after it. The end of the
/// bytes is not the end of the answer: without the dialect's own end, `end` emits `Failed` with category `TRUNCATED`.
public interface EventDecoder {
    void feed(Frame frame, Consumer<StreamEvent> out);

    /// The bytes are at their end.
    ///
    /// @param reset the connection broke, rather than closed
    void end(boolean reset, Consumer<StreamEvent> out);
}
