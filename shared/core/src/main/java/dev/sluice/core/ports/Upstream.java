package dev.sluice.core.ports;

import dev.sluice.model.Headers;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Sends one request to a provider. Never repeats anything by itself, never follows a redirect.
public interface Upstream {
    /// Starts a call; does not wait for its answer.
    Pending send(Call call);

    /// A call under way. One waiter.
    interface Pending {
        /// Waits for the answer, at most that long. Null: nothing yet, wait again (a relay sends keep-alives between).
        /// The deadlines of the [Call] are kept by the upstream: past one, the answer is `Broken`.
        @Nullable
        Answer await(Duration wait);

        /// Gives up: lets go of the connection. No effect once an answer was handed over.
        void cancel();
    }

    /// One HTTP request.
    ///
    /// @param method `POST`; `GET` and `DELETE` have no body
    /// @param uri complete, with query
    /// @param headers complete, with credentials, content type and accept; without host and length
    /// @param streaming whether a stream is asked for: then `firstByte` bounds the wait for headers, else `total` does
    /// @param total what is left for the whole call
    /// @param allowPrivateNetwork whether addresses of private networks and of this machine may be reached
    record Call(
            String method,
            URI uri,
            Headers headers,
            byte[] body,
            boolean streaming,
            Duration connect,
            Duration firstByte,
            Duration total,
            boolean allowPrivateNetwork) {
        /// A POST.
        public Call(
                URI uri,
                Headers headers,
                byte[] body,
                boolean streaming,
                Duration connect,
                Duration firstByte,
                Duration total,
                boolean allowPrivateNetwork) {
            this("POST", uri, headers, body, streaming, connect, firstByte, total, allowPrivateNetwork);
        }

        /// The same call by another method.
        public Call by(String other) {
            return new Call(other, uri, headers, body, streaming, connect, firstByte, total, allowPrivateNetwork);
        }
    }

    /// What came back.
    sealed interface Answer {
        /// Status 200 to 299 to a streaming call, headers read, body still coming; already decompressed.
        record Streaming(int status, Headers headers, ByteStream body) implements Answer {}

        /// Any other answer, read whole (bounded at 64 MiB, errors at 1 MiB), decompressed.
        record Complete(int status, Headers headers, byte[] body) implements Answer {}

        /// No usable answer.
        record Broken(Breakage breakage, String message) implements Answer {}
    }

    /// Why there is no usable answer.
    enum Breakage {
        /// Name not found, connect refused, TLS failed: the provider was never reached.
        CONNECT,
        /// As `CONNECT`, because nothing was heard in time.
        CONNECT_TIMEOUT,
        /// The address is in a private network and the owner has not allowed it.
        PRIVATE_ADDRESS,
        /// The connection was lost before the headers were complete.
        RESET,
        /// As `RESET`, before any byte of the answer, at an origin used before: most likely an idle connection gone stale.
        STALE,
        /// No headers in time.
        FIRST_BYTE_TIMEOUT,
        /// The whole answer did not come in time.
        TOTAL_TIMEOUT,
        /// Not HTTP, or larger than the bound.
        MALFORMED,
        /// This thread was interrupted: the client is gone or the process ends.
        CANCELLED
    }
}
