package dev.sluice.protocol;

import dev.sluice.model.Dialect;
import java.util.Optional;

/// What Sluice must know of a dialect to call a provider that speaks it.
public interface UpstreamCodec {
    Dialect dialect();

    RequestEncoding requests();

    AnswerDecoding answers();

    FailureDecoding failures();

    /// How the dialect counts a request's tokens; empty when it cannot.
    default Optional<? extends CountEncoding> counts() {
        return Optional.empty();
    }
}
