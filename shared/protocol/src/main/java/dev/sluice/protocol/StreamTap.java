package dev.sluice.protocol;

import dev.sluice.model.Failure;
import dev.sluice.model.StreamEvent;
import java.util.function.Consumer;

/// The identity lane's listener: passes frames on byte for byte and tells what it heard.
///
/// Hears enough for metering and for the commit point, not every word: `Started`, one event of content (any of the
/// content kinds, its text may be empty) when content begins, `UsageReported`, and exactly one terminal event. Every event
/// it is given ends in its blank line, so that what it writes behind one stands alone.
public interface StreamTap {
    /// Writes what the client gets for this frame: its raw bytes; nothing, when it is withheld (a usage chunk that only
    /// the gateway asked for, a foreign event type, anything after the end); or a mended frame.
    void pass(Frame frame, ByteSink out, Consumer<StreamEvent> heard);

    /// The bytes are at their end: mends a missing terminal event where the answer was complete, else tells `Failed`
    /// with category `TRUNCATED` and writes nothing.
    void end(boolean reset, ByteSink out, Consumer<StreamEvent> heard);

    /// Ends the client's stream with the dialect's in-stream error.
    void fail(Failure failure, ByteSink out);

    void keepAlive(ByteSink out);

    /// What ends a frame that the end of the bytes left without an end.
    default String frameEnd() {
        return "\n\n";
    }

    /// The `content-type` of the client's stream.
    ///
    /// @param upstream that of the provider's
    default String contentType(String upstream) {
        return upstream;
    }
}
