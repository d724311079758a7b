package dev.sluice.protocol;

import dev.sluice.model.Dialect;
import dev.sluice.model.Headers;

/// Everything Sluice knows of one dialect.
public interface DialectCodec {
    Dialect dialect();

    RequestCodec requests();

    AnswerCodec answers();

    FailureCodec failures();

    /// Of the client's headers those that go to a same-dialect target: an allow-list, never credentials.
    Headers forwarded(Headers client);
}
