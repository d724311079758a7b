package dev.sluice.protocol.sse;

import dev.sluice.protocol.ByteScan;
import dev.sluice.protocol.ByteSink;
import dev.sluice.protocol.Frame;
import dev.sluice.protocol.FrameReader;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Server-sent events, read as the WHATWG describes them. Frames that lie whole in the fed bytes are not copied.
///
/// Every byte belongs to the raw range of exactly one frame, in order: joined, the raw ranges are the input. A block without
/// data (comments, blank lines, an event's name alone) is `FILLER`. Unlike the standard, and like the vendors' readers, the
/// end of the bytes ends the last event too.
public final class SseReader implements FrameReader {
    public static final String MEDIA_TYPE = "text/event-stream";
    public static final int DEFAULT_BOUND = 16 << 20;

    private static final byte[] NOTHING = new byte[0];
    private static final int KEPT_CAPACITY = 1 << 16;

    private final int bound;
    private final FrameEnd frameEnd = new FrameEnd();
    private final ByteSink joined = new ByteSink(0);
    private ByteSink held = new ByteSink(0);
    private boolean atStart = true;
    private boolean beyondBound;

    private @Nullable String event;
    private int dataLines;
    private int dataFrom;
    private int dataTo;

    public SseReader() {
        this(DEFAULT_BOUND);
    }

    /// @param maxFrameBytes the longest frame, its line ends included
    public SseReader(int maxFrameBytes) {
        bound = maxFrameBytes;
    }

    @Override
    public boolean feed(byte[] bytes, int from, int to, Consumer<Frame> out) {
        int start = from;
        while (!beyondBound) {
            int end = frameEnd.find(bytes, start, to);
            beyondBound = (long) held.size() + ((end < 0 ? to : end) - start) > bound;
            if (beyondBound) {
                held = new ByteSink(0);
            } else if (end < 0) {
                held.write(bytes, start, to);
                return true;
            } else if (held.isEmpty()) {
                emit(bytes, start, end, out);
            } else {
                held.write(bytes, start, end);
                emit(held.array(), 0, held.size(), out);
                release();
            }
            start = end;
        }
        return false;
    }

    @Override
    public void end(Consumer<Frame> out) {
        if (!held.isEmpty()) {
            emit(held.array(), 0, held.size(), out);
            held = new ByteSink(0);
        }
    }

    private void release() {
        if (held.array().length > KEPT_CAPACITY) {
            held = new ByteSink(0);
        } else {
            held.clear();
        }
    }

    private void emit(byte[] bytes, int from, int to, Consumer<Frame> out) {
        event = null;
        dataLines = 0;
        int at = from;
        if (atStart) {
            atStart = false;
            at += byteOrderMark(bytes, from, to);
        }
        while (at < to) {
            int end = ByteScan.lineEnd(bytes, at, to);
            if (end > at) {
                line(bytes, at, end);
            }
            at = end + 1; // the line feed of a CRLF then reads as an empty line, which says nothing here
        }
        if (dataLines == 0) {
            out.accept(new Frame(Frame.Kind.FILLER, null, NOTHING, 0, 0, bytes, from, to));
        } else if (dataLines == 1) {
            out.accept(new Frame(Frame.Kind.EVENT, event, bytes, dataFrom, dataTo, bytes, from, to));
        } else {
            out.accept(new Frame(Frame.Kind.EVENT, event, joined.array(), 0, joined.size(), bytes, from, to));
        }
    }

    private void line(byte[] bytes, int from, int to) {
        switch (bytes[from]) {
            case 'd' -> {
                int value = valueOf("data", bytes, from, to);
                if (value >= 0) {
                    data(bytes, value, to);
                }
            }
            case 'e' -> {
                int value = valueOf("event", bytes, from, to);
                if (value >= 0) {
                    event = EventNames.of(bytes, value, to);
                }
            }
            default -> {}
        }
    }

    private void data(byte[] bytes, int from, int to) {
        if (dataLines == 1) {
            joined.clear();
            joined.write(bytes, dataFrom, dataTo);
        }
        if (dataLines >= 1) {
            joined.ascii("\n").write(bytes, from, to);
        }
        dataLines++;
        dataFrom = from;
        dataTo = to;
    }

    /// Where the value of that field begins; -1 when the line is of another field.
    private static int valueOf(String field, byte[] bytes, int from, int to) {
        int length = field.length();
        if (to - from < length) {
            return -1;
        }
        for (int i = 1; i < length; i++) {
            if (bytes[from + i] != field.charAt(i)) {
                return -1;
            }
        }
        int colon = from + length;
        if (colon == to) {
            return to;
        }
        if (bytes[colon] != ':') {
            return -1;
        }
        return colon + 1 < to && bytes[colon + 1] == ' ' ? colon + 2 : colon + 1;
    }

    private static int byteOrderMark(byte[] bytes, int from, int to) {
        boolean there = to - from >= 3
                && bytes[from] == (byte) 0xef
                && bytes[from + 1] == (byte) 0xbb
                && bytes[from + 2] == (byte) 0xbf;
        return there ? 3 : 0;
    }
}
