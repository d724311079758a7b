package dev.sluice.cli.front;

import dev.sluice.protocol.ByteSink;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;

/// What goes to a client, with the one buffer that collects a flush.
///
/// A blocking write has no time-out of its own. The front's watch compares `waitingSince` with its limit and closes the
/// socket under a write that stands still, which then fails: one volatile store before and after each write, instead of
/// a timer per write. Large writes go in pieces, so that a slow reader that does make progress is left alone.
final class ConnectionOutput {
    private static final int PIECE = 64 * 1024;

    private final Socket socket;
    private final OutputStream out;
    private final ByteSink sink = new ByteSink(4 * 1024);
    private volatile long waitingSince;
    private volatile boolean closing;

    ConnectionOutput(Socket socket) throws IOException {
        this.socket = socket;
        this.out = socket.getOutputStream();
    }

    ByteSink sink() {
        return sink;
    }

    void write(byte[] bytes, int from, int to) throws IOException {
        for (int at = from; at < to; at += PIECE) {
            waitingSince = System.nanoTime() | 1; // 0 means: not writing
            out.write(bytes, at, Math.min(PIECE, to - at));
        }
        waitingSince = 0;
    }

    /// Whether one write has been waiting for longer than that.
    boolean isStuck(long now, long nanos) {
        long since = waitingSince;
        return since != 0 && now - since > nanos;
    }

    /// From now on each response says that it is the connection's last.
    void closeAfterResponse() {
        closing = true;
    }

    boolean isClosing() {
        return closing;
    }

    /// Closes in the middle of an answer.
    ///
    /// @param hard with a reset, for a body whose only end mark is the connection's orderly close
    void breakOff(boolean hard) {
        try {
            if (hard) {
                socket.setSoLinger(true, 0);
            }
            socket.close();
        } catch (IOException alreadyClosed) {
            // that is what was wanted
        }
    }
}
