package dev.sluice.protocol;

import dev.sluice.model.Failure;

/// Errors of one dialect, from providers and for clients. Stateless and thread-safe.
public interface FailureCodec extends FailureDecoding {
    /// The error for a client, by the table of PROTOCOL 2.4.
    ErrorAnswer encode(Failure failure, String requestId);
}
