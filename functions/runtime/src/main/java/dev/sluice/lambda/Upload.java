package dev.sluice.lambda;

import dev.sluice.protocol.ByteSink;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/// The body of one streamed answer on its way to the Runtime API: chunks, and trailers when it goes wrong.
///
/// After an `IOException` the connection is closed and the upload is over. Not thread-safe.
final class Upload {
    /// Larger writes go in pieces of this size, each one system call.
    private static final int PIECE = 64 * 1024;

    private static final int ANSWER_BYTES = 64 * 1024;

    private final RuntimeConnection connection;
    private final ByteSink sink;
    private Sent outcome = new Sent.Broken("the answer was not ended");

    /// @param head the request's head, not sent yet
    Upload(RuntimeConnection connection, ByteSink head) {
        this.connection = connection;
        this.sink = head;
    }

    /// Puts bytes in line that leave with the next flush.
    void prepare(byte[] bytes) {
        chunk(bytes, 0, bytes.length);
    }

    void write(byte[] bytes, int from, int to) throws IOException {
        pieces(bytes, from, to);
        flush();
    }

    /// The last bytes and the end, in one flush, and the service's answer.
    void endWith(byte[] bytes, int from, int to) throws IOException {
        pieces(bytes, from, to);
        sink.ascii("0\r\n\r\n");
        flush();
        try {
            outcome = RuntimeApi.sent(connection.reply(ANSWER_BYTES));
        } catch (IOException lost) {
            throw lost(lost);
        }
        if (!(outcome instanceof Sent.Accepted)) {
            connection.close(); // what the service has not read may still be on it
        }
    }

    /// Ends the answer as a failed one: the error goes in the trailers, and the connection is cut before the empty line that
    /// would complete them. Otherwise the service would end the client's stream as if it were whole.
    void fail(ErrorReport error) {
        sink.ascii("0\r\nLambda-Runtime-Function-Error-Type: ").ascii(error.type());
        sink.ascii("\r\nLambda-Runtime-Function-Error-Body: ");
        sink.ascii(Base64.getEncoder().encodeToString(error.json())).ascii("\r\n");
        try {
            flush();
            outcome = new Sent.Broken("cut on purpose: " + error.message());
        } catch (IOException lost) {
            outcome = new Sent.Broken(RuntimeApi.reason(lost));
        }
        connection.close();
    }

    /// What became of it.
    Sent outcome() {
        return outcome;
    }

    private void pieces(byte[] bytes, int from, int to) throws IOException {
        int at = from;
        while (to - at > PIECE) {
            chunk(bytes, at, at + PIECE);
            flush();
            at += PIECE;
        }
        chunk(bytes, at, to);
    }

    /// An empty chunk would end the body.
    private void chunk(byte[] bytes, int from, int to) {
        if (from < to) {
            sink.ascii(Integer.toHexString(to - from)).ascii("\r\n");
            sink.write(bytes, from, to).ascii("\r\n");
        }
    }

    private void flush() throws IOException {
        if (sink.isEmpty()) {
            return;
        }
        try {
            requireSilence();
            send();
        } catch (IOException lost) {
            throw lost(lost);
        }
    }

    private void send() throws IOException {
        try {
            connection.write(sink.array(), 0, sink.size());
            sink.clear();
        } catch (IOException lost) {
            requireSilence(); // who answers and closes at once breaks the pipe: the words say more
            throw lost;
        }
    }

    /// An answer before the end is a refusal, or the service has given the invocation up.
    private void requireSilence() throws IOException {
        if (connection.isOpen() && connection.hasBytes()) {
            Reply reply = connection.reply(ANSWER_BYTES);
            throw new IOException("the service answered before the end: " + reply.status() + " "
                    + new String(reply.body(), StandardCharsets.UTF_8));
        }
    }

    private IOException lost(IOException why) {
        outcome = new Sent.Broken(RuntimeApi.reason(why));
        connection.close();
        return why;
    }
}
