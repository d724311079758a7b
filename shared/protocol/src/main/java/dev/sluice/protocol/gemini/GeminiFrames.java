package dev.sluice.protocol.gemini;

import dev.sluice.protocol.Frame;
import dev.sluice.protocol.FrameReader;
import dev.sluice.protocol.sse.SseReader;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The frames of a provider's stream in either form: its first byte that is no white space tells which one it is.
///
/// Events are what is asked for; an array is what a server gives that does not know the wish.
final class GeminiFrames implements FrameReader {
    private final SseReader events = new SseReader();
    private @Nullable FrameReader reader;

    @Override
    public boolean feed(byte[] bytes, int from, int to, Consumer<Frame> out) {
        int at = from;
        while (reader == null && at < to) {
            if (bytes[at] == '[') {
                reader = new GeminiArrayReader(SseReader.DEFAULT_BOUND);
            } else if (bytes[at] > ' ' || bytes[at] < 0) {
                reader = events;
            } else {
                at++;
            }
        }
        if (reader == null || reader == events) {
            return events.feed(bytes, from, to, out); // leading white space is filler of events
        }
        return reader.feed(bytes, from, to, out);
    }

    @Override
    public void end(Consumer<Frame> out) {
        events.end(out);
        if (reader != null && reader != events) {
            reader.end(out);
        }
    }
}
