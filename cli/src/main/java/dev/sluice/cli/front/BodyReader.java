package dev.sluice.cli.front;

import dev.sluice.core.gateway.ContentDecoding;
import dev.sluice.model.Failure;
import dev.sluice.protocol.Outcome;
import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Reads request bodies whole, up to a bound. What is wrong with one is a [Failure] for the gateway, which answers in
/// the caller's dialect; the connection goes on when the next request can still be found.
final class BodyReader {
    /// What is left of a refused body may be read and thrown away up to here, to keep the connection.
    private static final long DRAIN = 256 * 1024;

    private static final int FIRST_PIECE = 1024 * 1024;
    private static final int SIZE_LINE = 256;
    private static final byte[] NOTHING = new byte[0];

    private final ConnectionInput in;

    /// @param reusable whether the connection stands where the next request begins
    record Body(byte[] bytes, @Nullable Failure problem, boolean reusable) {
        static Body of(byte[] bytes) {
            return new Body(bytes, null, true);
        }

        static Body bad(Failure.Kind kind, String message, boolean reusable) {
            return new Body(NOTHING, Failure.Refused.of(kind, message), reusable);
        }

        /// This body without its encoding, which may take it past the bound.
        Body decoded(@Nullable String encoding, long bound) {
            if (encoding == null || problem != null) {
                return this;
            }
            return switch (ContentDecoding.decode(bytes, encoding, bound)) {
                case Outcome.Ok<byte[]>(byte[] plain) -> new Body(plain, null, reusable);
                case Outcome.Bad<byte[]>(Failure failure) -> new Body(NOTHING, failure, reusable);
            };
        }
    }

    /// The chunked framing is not what it should be.
    private static final class Malformed extends Exception {
        private static final long serialVersionUID = 1L;

        private final String reason;

        Malformed(String reason) {
            super(reason, null, false, false);
            this.reason = reason;
        }
    }

    BodyReader(ConnectionInput in) {
        this.in = in;
    }

    /// Whether the body will be wanted at all, judged before the client sends it.
    static boolean isAcceptable(RequestHead head, long bound) {
        return head.length() <= bound && head.length() != RequestHead.BAD;
    }

    /// @param sent false when the client was told not to send it (`100-continue` left unanswered)
    Body read(RequestHead head, long bound, boolean sent) throws IOException {
        try {
            if (head.length() == RequestHead.CHUNKED) {
                return chunked(bound);
            }
            if (head.length() == RequestHead.BAD) {
                return Body.bad(Failure.Kind.INVALID_REQUEST, "The content-length is not a number.", false);
            }
            if (head.length() > bound) {
                return tooLarge(bound, sent && drained(head.length()));
            }
            return Body.of(exactly((int) head.length()));
        } catch (EOFException cut) {
            return Body.bad(Failure.Kind.INVALID_REQUEST, "The request body ended before it was complete.", false);
        } catch (Malformed malformed) {
            return Body.bad(Failure.Kind.INVALID_REQUEST, malformed.reason, false);
        }
    }

    private static Body tooLarge(long bound, boolean reusable) {
        return Body.bad(
                Failure.Kind.TOO_LARGE, "The request body is larger than the limit of " + bound + " bytes.", reusable);
    }

    private boolean drained(long length) throws IOException {
        return length <= DRAIN && in.discard(length) == length;
    }

    /// The array grows with what arrives: a large number in a header alone costs no memory.
    private byte[] exactly(int length) throws IOException {
        byte[] bytes = new byte[Math.min(length, FIRST_PIECE)];
        int have = 0;
        while (have < length) {
            if (have == bytes.length) {
                bytes = Arrays.copyOf(bytes, (int) Math.min(length, have * 2L));
            }
            have += in.read(bytes, have, bytes.length - have);
        }
        return bytes;
    }

    private Body chunked(long bound) throws IOException, Malformed {
        byte[] bytes = NOTHING;
        int have = 0;
        for (; ; ) {
            long size = chunkSize();
            if (size == 0) {
                trailers();
                return Body.of(have == bytes.length ? bytes : Arrays.copyOf(bytes, have));
            }
            if (size > bound - have) {
                return tooLarge(bound, false);
            }
            int end = have + (int) size;
            while (have < end) {
                if (have == bytes.length) {
                    bytes = Arrays.copyOf(bytes, (int) grown(bytes.length, end, bound));
                }
                have += in.read(bytes, have, Math.min(end, bytes.length) - have);
            }
            crlf();
        }
    }

    private static long grown(int length, int wanted, long bound) {
        long doubled = Math.min(bound, Math.max(8 * 1024, 2L * length));
        return Math.max(doubled, Math.min(wanted, length + FIRST_PIECE));
    }

    private long chunkSize() throws IOException, Malformed {
        long size = 0;
        int digits = 0;
        int octet = octet();
        for (int digit = Character.digit(octet, 16); digit >= 0; digit = Character.digit(octet, 16)) {
            if (++digits > 15) {
                throw new Malformed("A chunk of the request body has no valid size.");
            }
            size = size << 4 | digit;
            octet = octet();
        }
        if (digits == 0 || octet != ';' && octet != '\r' && octet != ' ' && octet != '\t') {
            throw new Malformed("A chunk of the request body has no valid size.");
        }
        skipLine(octet);
        return size;
    }

    /// Skips to the line's end: a chunk extension, or a trailer field.
    private void skipLine(int first) throws IOException, Malformed {
        int octet = first;
        for (int length = 0; octet != '\r'; length++) {
            if (length > SIZE_LINE || octet == '\n') {
                throw new Malformed("The chunks of the request body are malformed.");
            }
            octet = octet();
        }
        if (octet() != '\n') {
            throw new Malformed("The chunks of the request body are malformed.");
        }
    }

    private void trailers() throws IOException, Malformed {
        for (int fields = 0; ; fields++) {
            int octet = octet();
            if (octet == '\r') {
                skipLine(octet);
                return;
            }
            if (fields == 32) {
                throw new Malformed("The request body has too many trailers.");
            }
            skipLine(octet);
        }
    }

    private void crlf() throws IOException, Malformed {
        if (octet() != '\r' || octet() != '\n') {
            throw new Malformed("A chunk of the request body is longer than its size.");
        }
    }

    private int octet() throws IOException {
        if (!in.fill()) {
            throw new EOFException();
        }
        return in.next();
    }
}
