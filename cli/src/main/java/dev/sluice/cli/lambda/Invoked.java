package dev.sluice.cli.lambda;

import dev.sluice.model.Headers;
import java.util.Optional;

/// A whole answer to one event.
///
/// @param payload all bytes that the runtime sent, prelude included; with a failure the error as JSON
/// @param trailers what the runtime sent behind them
/// @param failure why there is no answer, or none that counts
public record Invoked(
        String requestId, String contentType, byte[] payload, Headers trailers, Optional<InvocationFailure> failure) {
    /// Whether status and headers stand before the body.
    boolean hasPrelude() {
        return new AnswerPart.Begun(contentType, true).hasPrelude();
    }
}
