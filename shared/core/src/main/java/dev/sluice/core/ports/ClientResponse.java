package dev.sluice.core.ports;

import dev.sluice.model.Headers;

/// The way back to the client. Order: `start` once, `write` any number of times, then `end` or `abort` once.
public interface ClientResponse {
    /// Status and headers.
    ///
    /// @param length of the body in bytes; -1 for a stream of unknown length
    void start(int status, Headers headers, long length) throws ClientGone;

    /// Bytes of the body, sent on at once (one flush).
    void write(byte[] bytes, int from, int to) throws ClientGone;

    /// The answer is whole.
    void end() throws ClientGone;

    /// The last bytes and the end, in one flush where the front can.
    default void endWith(byte[] bytes, int from, int to) throws ClientGone {
        write(bytes, from, to);
        end();
    }

    /// The answer cannot be completed and its dialect has no way to say so: the connection is broken on purpose.
    void abort();

    /// The client has closed its connection.
    final class ClientGone extends Exception {
        private static final long serialVersionUID = 1L;

        public ClientGone(String message) {
            super(message, null, false, false);
        }
    }
}
