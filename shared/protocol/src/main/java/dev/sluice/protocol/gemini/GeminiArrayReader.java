package dev.sluice.protocol.gemini;

import dev.sluice.protocol.ByteSink;
import dev.sluice.protocol.Frame;
import dev.sluice.protocol.FrameReader;
import java.util.function.Consumer;

/// The elements of a JSON array that arrives in pieces, each as a frame. Only objects are elements here.
///
/// An element's raw bytes begin behind the element before it, so that joined, raw ranges are the input; what stands behind the
/// last one is `FILLER`. An element is handed over with its last brace; one that is cut off is handed over at the end, as far
/// as it came.
final class GeminiArrayReader implements FrameReader {
    private static final byte[] NOTHING = new byte[0];

    private final int bound;
    private ByteSink held = new ByteSink(0);
    private int depth;
    private int dataFrom = -1;
    private boolean inString;
    private boolean escaped;
    private boolean beyondBound;

    /// @param maxElementBytes the longest element, with what stands before it
    GeminiArrayReader(int maxElementBytes) {
        bound = maxElementBytes;
    }

    @Override
    public boolean feed(byte[] bytes, int from, int to, Consumer<Frame> out) {
        int start = from;
        for (int at = from; at < to && !beyondBound; at++) {
            int place = held.size() + at - start;
            if (place >= bound) {
                beyondBound = true;
                held = new ByteSink(0);
            } else if (ends(bytes[at], place)) {
                held.write(bytes, start, at + 1);
                emit(out);
                start = at + 1;
            }
        }
        if (!beyondBound) {
            held.write(bytes, start, to);
        }
        return !beyondBound;
    }

    /// Takes one byte; whether an element ends with it.
    private boolean ends(byte b, int place) {
        if (inString) {
            inString = escaped || b != '"';
            escaped = !escaped && b == '\\';
            return false;
        }
        switch (b) {
            case '"' -> inString = depth > 0;
            case '{' -> {
                if (depth++ == 0) {
                    dataFrom = place;
                }
            }
            case '}' -> {
                return depth > 0 && --depth == 0;
            }
            default -> {}
        }
        return false;
    }

    private void emit(Consumer<Frame> out) {
        out.accept(
                new Frame(Frame.Kind.EVENT, null, held.array(), dataFrom, held.size(), held.array(), 0, held.size()));
        held = new ByteSink(0);
        dataFrom = -1;
    }

    @Override
    public void end(Consumer<Frame> out) {
        if (dataFrom >= 0 && !held.isEmpty()) {
            emit(out);
        } else if (!held.isEmpty()) {
            out.accept(new Frame(Frame.Kind.FILLER, null, NOTHING, 0, 0, held.array(), 0, held.size()));
            held = new ByteSink(0);
        }
    }
}
