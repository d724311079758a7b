package dev.sluice.protocol;

import dev.sluice.model.Failure;

/// Errors of one dialect, from providers and for clients. Stateless and thread-safe.
public interface FailureCodec extends FailureDecoding {
    /// The error for a client, by the table of PROTOCOL 2.4.
    ErrorAnswer encode(Failure failure, String requestId);

    /// The same error in the form of the answer that the client asked for, where that matters to it.
    default ErrorAnswer shaped(ErrorAnswer error, RequestHead asked) {
        return error;
    }
}
