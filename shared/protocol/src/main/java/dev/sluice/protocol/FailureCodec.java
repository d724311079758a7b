package dev.sluice.protocol;

import dev.sluice.model.Failure;
import dev.sluice.model.Headers;
import java.time.Instant;

/// Errors of one dialect. Stateless and thread-safe.
public interface FailureCodec {
    /// The error for a client, by the table of PROTOCOL 2.4.
    ErrorAnswer encode(Failure failure, String requestId);

    /// Reads an upstream's error answer: any status of 400 and above, any body (JSON of the dialect, HTML, nothing).
    UpstreamError decode(int status, Headers headers, byte[] body, Instant now);
}
