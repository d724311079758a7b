package dev.sluice.cli.front;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;

/// What a client sends, through one buffer that lives as long as the connection. Not thread-safe.
///
/// Read time-outs are `SO_TIMEOUT`: on a virtual thread a timed read parks and costs no carrier thread.
public final class ConnectionInput {
    private final Socket socket;
    private final InputStream in;
    private final byte[] buffer = new byte[16 * 1024];
    private int from;
    private int to;

    public ConnectionInput(Socket socket) throws IOException {
        this.socket = socket;
        this.in = socket.getInputStream();
    }

    boolean isEmpty() {
        return from == to;
    }

    public int buffered() {
        return to - from;
    }

    /// How long each read from here on may wait.
    public void patience(Duration wait) throws IOException {
        socket.setSoTimeout(Math.clamp(wait.toMillis(), 1, Integer.MAX_VALUE));
    }

    /// Waits for bytes when none are here; false at the end of the client's stream.
    public boolean fill() throws IOException {
        if (from < to) {
            return true;
        }
        int length = in.read(buffer, 0, buffer.length);
        from = 0;
        to = Math.max(length, 0);
        return length > 0;
    }

    /// As `fill`, but not past that moment of `System.nanoTime`.
    boolean fillUntil(long deadline) throws IOException {
        if (from < to) {
            return true;
        }
        long left = deadline - System.nanoTime();
        if (left <= 0) {
            throw new SocketTimeoutException("too slow");
        }
        patience(Duration.ofNanos(left));
        return fill();
    }

    /// The next byte of those that are here.
    public int next() {
        return buffer[from++] & 0xff;
    }

    /// Copies what is here, up to that many bytes, after waiting for at least one.
    public int read(byte[] target, int at, int length) throws IOException {
        if (from == to && length >= buffer.length) {
            int direct = in.read(target, at, length); // a large body does not go through the buffer
            if (direct < 0) {
                throw new EOFException();
            }
            return direct;
        }
        if (!fill()) {
            throw new EOFException();
        }
        int copied = Math.min(length, to - from);
        System.arraycopy(buffer, from, target, at, copied);
        from += copied;
        return copied;
    }

    /// Reads and forgets up to that many bytes; answers how many there were before the client's end.
    long discard(long length) throws IOException {
        long gone = 0;
        while (gone < length && fill()) {
            int step = (int) Math.min(length - gone, to - from);
            from += step;
            gone += step;
        }
        return gone;
    }
}
