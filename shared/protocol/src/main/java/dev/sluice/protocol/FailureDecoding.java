package dev.sluice.protocol;

import dev.sluice.model.Headers;
import java.time.Instant;

/// Errors of providers of one dialect. Stateless and thread-safe.
public interface FailureDecoding {
    /// Reads an upstream's error answer: any status of 400 and above, any body (JSON of the dialect, HTML, nothing).
    UpstreamError decode(int status, Headers headers, byte[] body, Instant now);
}
