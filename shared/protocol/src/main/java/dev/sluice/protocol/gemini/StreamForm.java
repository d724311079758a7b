package dev.sluice.protocol.gemini;

import dev.sluice.protocol.ByteSink;
import dev.sluice.protocol.Outline;
import dev.sluice.protocol.RequestHead;
import dev.sluice.protocol.sse.SseReader;

/// The two forms in which clients take a stream: server-sent events, or one JSON array that grows. One per stream; not
/// thread-safe.
final class StreamForm {
    static final String ARRAY_TYPE = "application/json";

    private final boolean events;
    private boolean begun;

    private StreamForm(boolean events) {
        this.events = events;
    }

    /// The form the client asked for; events for a request that nobody made.
    static StreamForm of(Outline asked) {
        return new StreamForm(asked == Outline.NONE || isEvents(asked.head()));
    }

    static boolean isEvents(RequestHead asked) {
        return "sse".equals(asked.query().get("alt"));
    }

    boolean isEvents() {
        return events;
    }

    String contentType() {
        return events ? SseReader.MEDIA_TYPE : ARRAY_TYPE;
    }

    /// Begins one chunk, whose JSON the caller writes.
    ByteSink open(ByteSink out) {
        out.ascii(events ? "data: " : begun ? ",\n" : "[");
        begun = true;
        return out;
    }

    void close(ByteSink out) {
        if (events) {
            out.ascii("\n\n");
        }
    }

    /// Ends the whole stream.
    void end(ByteSink out) {
        if (!events) {
            out.ascii(begun ? "]" : "[]");
        }
    }

    /// A blank line: clients of this dialect break on comments, and between two elements it is white space.
    void keepAlive(ByteSink out) {
        out.ascii("\n");
    }
}
