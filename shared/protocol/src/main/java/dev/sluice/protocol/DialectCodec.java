package dev.sluice.protocol;

import dev.sluice.model.Headers;
import java.util.Optional;

/// Everything Sluice knows of a dialect that clients speak, too.
public interface DialectCodec extends UpstreamCodec {
    @Override
    RequestCodec requests();

    @Override
    AnswerCodec answers();

    @Override
    FailureCodec failures();

    @Override
    default Optional<CountCodec> counts() {
        return Optional.empty();
    }

    /// Of the client's headers those that go to a same-dialect target: an allow-list, never credentials.
    Headers forwarded(Headers client);
}
