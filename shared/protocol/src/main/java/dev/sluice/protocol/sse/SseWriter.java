package dev.sluice.protocol.sse;

import dev.sluice.model.Json;
import dev.sluice.protocol.ByteSink;
import org.jspecify.annotations.Nullable;

/// Writes server-sent events.
public final class SseWriter {
    private SseWriter() {}

    /// One event; data of several lines becomes several `data` lines.
    public static void event(ByteSink out, @Nullable String name, String data) {
        open(out, name);
        int from = 0;
        for (int end = data.indexOf('\n'); end >= 0; end = data.indexOf('\n', from)) {
            out.utf8(data.substring(from, end)).ascii("\ndata: ");
            from = end + 1;
        }
        out.utf8(data.substring(from));
        close(out);
    }

    /// One event with compact JSON for its data.
    public static void event(ByteSink out, @Nullable String name, Json data) {
        open(out, name);
        out.json(data);
        close(out);
    }

    /// Begins an event whose data the caller writes: one line, as compact JSON is.
    public static void open(ByteSink out, @Nullable String name) {
        if (name != null) {
            out.ascii("event: ").utf8(name).ascii("\n");
        }
        out.ascii("data: ");
    }

    /// Ends what `open` began.
    public static void close(ByteSink out) {
        out.ascii("\n\n");
    }

    /// A comment, which readers ignore: keeps a silent connection alive.
    public static void comment(ByteSink out, String text) {
        out.ascii(": ").utf8(text).ascii("\n\n");
    }

    /// A blank line: for readers that break on comments.
    public static void blank(ByteSink out) {
        out.ascii("\n");
    }
}
