package dev.sluice.lambda;

import dev.sluice.model.Headers;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Reads HTTP/1.1 answers from one connection, each byte once. What is not HTTP is a `ProtocolException`.
final class ReplyReader {
    private static final int HEAD = 256 * 1024;
    private static final int FIRST_PIECE = 64 * 1024;
    private static final byte[] NOTHING = new byte[0];

    private final InputStream in;
    private final byte[] buffer = new byte[16 * 1024];
    private int from;
    private int to;
    private int headLeft;

    ReplyReader(InputStream in) {
        this.in = in;
    }

    /// Whether bytes are here that nobody has read.
    boolean hasBytes() throws IOException {
        return from < to || in.available() > 0;
    }

    /// Waits for the next answer as long as it takes.
    ///
    /// @param bound of the body in bytes; a longer one is read to its end and left out
    Reply read(int bound) throws IOException {
        Reply reply = once(bound);
        while (reply.status() < 200) {
            reply = once(bound);
        }
        return reply;
    }

    private Reply once(int bound) throws IOException {
        headLeft = HEAD;
        String first = line();
        int status = status(first);
        Headers headers = headers();
        boolean last = first.startsWith("HTTP/1.0")
                || headers.first("connection").orElse("").equalsIgnoreCase("close");
        if (status < 200 || status == 204 || status == 304) {
            return new Reply(status, headers, NOTHING, false, last);
        }
        if (headers.first("transfer-encoding").orElse("").equalsIgnoreCase("chunked")) {
            Body body = new Body(bound);
            chunks(body);
            return new Reply(status, headers, body.bytes(), body.tooLong, last);
        }
        String length = headers.first("content-length").orElse(null);
        if (length == null) {
            Body body = new Body(bound);
            toTheEnd(body);
            return new Reply(status, headers, body.bytes(), body.tooLong, true);
        }
        long bytes = number(length, 10);
        if (bytes <= bound) {
            return new Reply(status, headers, exactly((int) bytes), false, last);
        }
        skip(bytes);
        return new Reply(status, headers, NOTHING, true, last);
    }

    private static int status(String line) throws ProtocolException {
        if (!line.startsWith("HTTP/1.") || line.length() < 12 || line.charAt(8) != ' ') {
            throw new ProtocolException("not an HTTP status line");
        }
        int status = (int) number(line.substring(9, 12), 10);
        if (status < 100) {
            throw new ProtocolException("not an HTTP status");
        }
        return status;
    }

    private Headers headers() throws IOException {
        List<Headers.Field> fields = new ArrayList<>(12);
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            if (colon < 1) {
                throw new ProtocolException("malformed header line");
            }
            fields.add(new Headers.Field(
                    line.substring(0, colon), line.substring(colon + 1).strip()));
        }
        return new Headers(fields);
    }

    private byte[] exactly(int length) throws IOException {
        byte[] bytes = new byte[Math.min(length, FIRST_PIECE)];
        int have = 0;
        while (have < length) {
            if (have == bytes.length) {
                bytes = Arrays.copyOf(bytes, (int) Math.min(length, have * 4L));
            }
            have += take(bytes, have, bytes.length - have);
        }
        return bytes;
    }

    private void chunks(Body body) throws IOException {
        for (long size = chunkSize(); size > 0; size = chunkSize()) {
            long left = size;
            while (left > 0) {
                left -= pass(body, left);
            }
            if (!line().isEmpty()) {
                throw new ProtocolException("a chunk is longer than its size");
            }
        }
        headers(); // trailers, of which none means anything here
    }

    private long chunkSize() throws IOException {
        headLeft = HEAD;
        String line = line();
        int extension = line.indexOf(';');
        return number((extension < 0 ? line : line.substring(0, extension)).strip(), 16);
    }

    private void toTheEnd(Body body) throws IOException {
        while (fill()) {
            pass(body, Long.MAX_VALUE);
        }
    }

    /// Moves what is in the buffer, after waiting for at least one byte.
    private int pass(Body body, long most) throws IOException {
        require();
        int length = (int) Math.min(most, to - from);
        body.add(buffer, from, length);
        from += length;
        return length;
    }

    private void skip(long length) throws IOException {
        long left = length;
        while (left > 0) {
            require();
            int step = (int) Math.min(left, to - from);
            from += step;
            left -= step;
        }
    }

    private int take(byte[] target, int at, int length) throws IOException {
        if (from == to && length >= buffer.length) {
            int direct = in.read(target, at, length); // a large body does not go through the buffer
            if (direct < 0) {
                throw cut();
            }
            return direct;
        }
        require();
        int copied = Math.min(length, to - from);
        System.arraycopy(buffer, from, target, at, copied);
        from += copied;
        return copied;
    }

    /// One line without its end.
    private String line() throws IOException {
        StringBuilder text = new StringBuilder(64);
        while (true) {
            require();
            char c = (char) (buffer[from++] & 0xff);
            if (--headLeft < 0) {
                throw new ProtocolException("the head is too long");
            }
            if (c == '\n') {
                int length = text.length();
                if (length > 0 && text.charAt(length - 1) == '\r') {
                    text.setLength(length - 1);
                }
                return text.toString();
            }
            text.append(c);
        }
    }

    private void require() throws IOException {
        if (!fill()) {
            throw cut();
        }
    }

    private static EOFException cut() {
        return new EOFException("the Runtime API closed the connection");
    }

    private boolean fill() throws IOException {
        if (from < to) {
            return true;
        }
        int length = in.read(buffer, 0, buffer.length);
        from = 0;
        to = Math.max(length, 0);
        return length > 0;
    }

    private static long number(String digits, int radix) throws ProtocolException {
        if (digits.isEmpty() || digits.length() > 15) {
            throw new ProtocolException("not a number");
        }
        long value = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = Character.digit(digits.charAt(i), radix);
            if (digit < 0) {
                throw new ProtocolException("not a number");
            }
            value = value * radix + digit;
        }
        return value;
    }

    /// What is kept of a body whose length nobody told.
    private static final class Body {
        private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
        private final int bound;
        private boolean tooLong;

        Body(int bound) {
            this.bound = bound;
        }

        void add(byte[] bytes, int from, int length) {
            if (tooLong || length > bound - kept.size()) {
                tooLong = true;
                kept.reset();
            } else {
                kept.write(bytes, from, length);
            }
        }

        byte[] bytes() {
            return kept.toByteArray();
        }
    }
}
