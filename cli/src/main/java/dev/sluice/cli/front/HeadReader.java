package dev.sluice.cli.front;

import dev.sluice.model.Headers;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Reads request lines and headers, each byte once, as strictly as request smuggling asks for (RFC 9112): lines end in
/// CRLF, no white space before a colon, no folded lines, one unambiguous length. One per connection.
public final class HeadReader {
    private static final int EMPTY_LINES = 4;

    private final ConnectionInput in;
    private final FrontLimits limits;
    private byte[] line = new byte[512];
    private int length;

    public HeadReader(ConnectionInput in, FrontLimits limits) {
        this.in = in;
        this.limits = limits;
    }

    /// Reads the next head.
    ///
    /// @throws java.net.SocketTimeoutException when it did not come in time
    public RequestHead read() throws IOException, Refusal {
        long deadline = System.nanoTime() + limits.head().toNanos();
        readLine(deadline, limits.requestLine(), 414);
        for (int empty = 0; length == 0; empty++) {
            if (empty == EMPTY_LINES) {
                throw new Refusal(400, "no request line");
            }
            readLine(deadline, limits.requestLine(), 414);
        }
        int method = indexOf(' ', 0);
        int target = method < 0 ? -1 : indexOf(' ', method + 1);
        if (method < 1 || target < 0 || !isToken(0, method)) {
            throw new Refusal(400, "malformed request line");
        }
        boolean http11 = version(target + 1);
        RequestTarget where = RequestTarget.parse(line, method + 1, target);
        String verb = text(0, method);
        List<Headers.Field> fields = fields(deadline);
        return Framing.head(verb, where, http11, fields);
    }

    private boolean version(int from) throws Refusal {
        if (length - from == 8 && startsWith(from, "HTTP/1.")) {
            int minor = line[from + 7];
            if (minor == '0' || minor == '1') {
                return minor == '1';
            }
        }
        throw startsWith(from, "HTTP/")
                ? new Refusal(505, "only HTTP/1.1 is spoken here")
                : new Refusal(400, "malformed request line");
    }

    private List<Headers.Field> fields(long deadline) throws IOException, Refusal {
        List<Headers.Field> fields = new ArrayList<>(16);
        int left = limits.headers();
        for (; ; ) {
            readLine(deadline, left, 431);
            if (length == 0) {
                return fields;
            }
            left -= length + 2;
            if (fields.size() == limits.fields()) {
                throw new Refusal(431, "too many header fields");
            }
            fields.add(field());
        }
    }

    private Headers.Field field() throws Refusal {
        if (line[0] == ' ' || line[0] == '\t') {
            throw new Refusal(400, "folded header line");
        }
        int colon = indexOf(':', 0);
        if (colon < 1 || !isToken(0, colon)) {
            throw new Refusal(400, "malformed header field");
        }
        int from = colon + 1;
        int to = length;
        while (from < to && isBlank(line[from])) {
            from++;
        }
        while (to > from && isBlank(line[to - 1])) {
            to--;
        }
        for (int i = from; i < to; i++) {
            if (line[i] >= 0 && line[i] < 0x20 && line[i] != '\t' || line[i] == 0x7f) {
                throw new Refusal(400, "control character in a header");
            }
        }
        return new Headers.Field(lowerCase(colon), text(from, to));
    }

    /// Takes one line, without its CRLF, into `line`.
    private void readLine(long deadline, int most, int statusIfLonger) throws IOException, Refusal {
        length = 0;
        for (; ; ) {
            if (in.isEmpty() && !in.fillUntil(deadline)) {
                throw new EOFException("the client closed within the head");
            }
            int octet = in.next();
            if (octet == '\n') {
                if (length == 0 || line[length - 1] != '\r') {
                    throw new Refusal(400, "a line does not end in CRLF");
                }
                length--;
                return;
            }
            if (length > 0 && line[length - 1] == '\r') {
                throw new Refusal(400, "a carriage return inside a line");
            }
            if (length > most) {
                throw new Refusal(
                        statusIfLonger, statusIfLonger == 414 ? "request line too long" : "headers too large");
            }
            if (length == line.length) {
                line = Arrays.copyOf(line, length * 2);
            }
            line[length++] = (byte) octet;
        }
    }

    private int indexOf(char wanted, int from) {
        for (int i = from; i < length; i++) {
            if (line[i] == wanted) {
                return i;
            }
        }
        return -1;
    }

    private boolean startsWith(int from, String ascii) {
        if (length - from < ascii.length()) {
            return false;
        }
        for (int i = 0; i < ascii.length(); i++) {
            if (line[from + i] != ascii.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private boolean isToken(int from, int to) {
        for (int i = from; i < to; i++) {
            int c = line[i];
            boolean alphanumeric = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
            if (!alphanumeric && "!#$%&'*+-.^_`|~".indexOf(c) < 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean isBlank(byte octet) {
        return octet == ' ' || octet == '\t';
    }

    private String text(int from, int to) {
        return new String(line, from, to - from, StandardCharsets.ISO_8859_1);
    }

    private String lowerCase(int to) {
        for (int i = 0; i < to; i++) {
            if (line[i] >= 'A' && line[i] <= 'Z') {
                line[i] = (byte) (line[i] | 0x20);
            }
        }
        return text(0, to);
    }
}
