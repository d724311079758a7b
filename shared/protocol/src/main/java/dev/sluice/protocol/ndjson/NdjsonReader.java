package dev.sluice.protocol.ndjson;

import dev.sluice.protocol.ByteScan;
import dev.sluice.protocol.ByteSink;
import dev.sluice.protocol.Frame;
import dev.sluice.protocol.FrameReader;
import java.util.function.Consumer;

/// Lines of JSON. Lines that lie whole in the fed bytes are not copied.
///
/// Every byte belongs to the raw range of exactly one frame, in order. A blank line is `FILLER`; the end of the bytes ends the
/// last line too.
public final class NdjsonReader implements FrameReader {
    public static final String MEDIA_TYPE = "application/x-ndjson";
    public static final int DEFAULT_BOUND = 16 << 20;

    private static final int KEPT_CAPACITY = 1 << 16;

    private final int bound;
    private ByteSink held = new ByteSink(0);
    private boolean beyondBound;

    public NdjsonReader() {
        this(DEFAULT_BOUND);
    }

    /// @param bound the longest line, in bytes
    public NdjsonReader(int bound) {
        this.bound = bound;
    }

    @Override
    public boolean feed(byte[] bytes, int from, int to, Consumer<Frame> out) {
        int at = from;
        while (at < to && !beyondBound) {
            int end = lineFeed(bytes, at, to);
            int next = end < to ? end + 1 : to;
            if (next - at + held.size() > bound) {
                beyondBound = true;
            } else if (end == to) {
                held.write(bytes, at, to);
            } else {
                line(bytes, at, next, out);
            }
            at = next;
        }
        return !beyondBound;
    }

    /// A carriage return inside of a line is a blank, as it is in JSON.
    private static int lineFeed(byte[] bytes, int from, int to) {
        int at = ByteScan.lineEnd(bytes, from, to);
        while (at < to && bytes[at] != '\n') {
            at = ByteScan.lineEnd(bytes, at + 1, to);
        }
        return at;
    }

    private void line(byte[] bytes, int from, int to, Consumer<Frame> out) {
        if (held.isEmpty()) {
            hand(bytes, from, to, out);
            return;
        }
        ByteSink whole = held.write(bytes, from, to);
        held = new ByteSink(0);
        hand(whole.array(), 0, whole.size(), out);
        if (whole.array().length <= KEPT_CAPACITY && held.isEmpty()) {
            whole.clear();
            held = whole;
        }
    }

    private static void hand(byte[] bytes, int from, int to, Consumer<Frame> out) {
        int first = from;
        int last = to;
        while (first < last && isBlank(bytes[first])) {
            first++;
        }
        while (last > first && isBlank(bytes[last - 1])) {
            last--;
        }
        Frame.Kind kind = first == last ? Frame.Kind.FILLER : Frame.Kind.EVENT;
        out.accept(new Frame(kind, null, bytes, first, last, bytes, from, to));
    }

    private static boolean isBlank(byte b) {
        return b == ' ' || b == '\t' || b == '\r' || b == '\n';
    }

    @Override
    public void end(Consumer<Frame> out) {
        if (!held.isEmpty() && !beyondBound) {
            ByteSink whole = held;
            held = new ByteSink(0);
            hand(whole.array(), 0, whole.size(), out);
        }
    }
}
