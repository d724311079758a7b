package dev.sluice.cli.lambda;

import dev.sluice.cli.front.ConnectionInput;
import dev.sluice.cli.front.RequestHead;
import dev.sluice.model.Headers;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// The body of one request of a runtime, read as it comes: by length, or in chunks with extensions and trailers. Not
/// thread-safe.
///
/// An [IOException] means that the body was cut or is malformed.
final class Upload {
    private static final int LINE = 16 * 1024;

    private final ConnectionInput in;
    private final boolean chunked;
    private long left;
    private boolean atEnd;
    private boolean first = true;
    private Headers trailers = Headers.NONE;

    Upload(ConnectionInput in, RequestHead head) throws IOException {
        if (head.length() == RequestHead.BAD) {
            throw new IOException("the content-length is no number");
        }
        this.in = in;
        this.chunked = head.length() == RequestHead.CHUNKED;
        this.left = chunked ? 0 : head.length();
        this.atEnd = !chunked && left == 0;
    }

    /// The next bytes, at least one; -1 at the end of the body.
    int read(byte[] target) throws IOException {
        if (atEnd) {
            return -1;
        }
        if (chunked && left == 0) {
            nextChunk();
            if (atEnd) {
                return -1;
            }
        }
        int length = in.read(target, 0, (int) Math.min(target.length, left));
        left -= length;
        atEnd = !chunked && left == 0;
        return length;
    }

    /// What stood behind the last chunk, once that was read.
    Headers trailers() {
        return trailers;
    }

    /// The whole body, read to its end; only its first bytes are kept when it is longer than the bound.
    Whole whole(long bound) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] piece = new byte[16 * 1024];
        long length = 0;
        for (int some = read(piece); some >= 0; some = read(piece)) {
            length += some;
            if (length <= bound) {
                bytes.write(piece, 0, some);
            }
        }
        return new Whole(bytes.toByteArray(), length);
    }

    /// A body read to its end.
    ///
    /// @param bytes as far as the bound allowed
    /// @param length of all of it
    record Whole(byte[] bytes, long length) {}

    private void nextChunk() throws IOException {
        if (!first) {
            line(); // what ends the chunk before
        }
        first = false;
        String size = line();
        int semicolon = size.indexOf(';');
        String digits = (semicolon < 0 ? size : size.substring(0, semicolon)).strip();
        try {
            left = Long.parseLong(digits, 16);
        } catch (NumberFormatException malformed) {
            throw new IOException("a chunk without a size: " + digits, malformed);
        }
        if (left < 0) {
            throw new IOException("a chunk of negative size");
        }
        if (left == 0) {
            atEnd = true;
            trailers = readTrailers();
        }
    }

    private Headers readTrailers() throws IOException {
        List<Headers.Field> fields = new ArrayList<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            if (colon < 1) {
                throw new IOException("a malformed trailer");
            }
            fields.add(new Headers.Field(
                    line.substring(0, colon), line.substring(colon + 1).strip()));
        }
        return new Headers(fields);
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(32);
        for (int octet = octet(); octet != '\n'; octet = octet()) {
            if (line.size() == LINE) {
                throw new IOException("a line of the chunked body is too long");
            }
            line.write(octet);
        }
        String text = line.toString(StandardCharsets.ISO_8859_1);
        if (!text.endsWith("\r")) {
            throw new IOException("a line of the chunked body does not end in CRLF");
        }
        return text.substring(0, text.length() - 1);
    }

    private int octet() throws IOException {
        if (!in.fill()) {
            throw new EOFException("the body was cut");
        }
        return in.next();
    }
}
