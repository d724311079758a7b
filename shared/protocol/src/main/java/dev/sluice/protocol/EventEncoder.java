package dev.sluice.protocol;

import dev.sluice.model.StreamEvent;

/// Events to the client's stream. One per answer; not thread-safe. Its state is a sealed type: an illegal order of
/// frames cannot be written. Ignores everything after a terminal event.
public interface EventEncoder {
    void encode(StreamEvent event, ByteSink out);

    /// What keeps a silent connection alive between two events, in the dialect's own form.
    void keepAlive(ByteSink out);

    /// The `content-type` of the stream.
    String contentType();
}
