package dev.sluice.protocol.openai.responses;

import dev.sluice.model.Failure;
import dev.sluice.model.Headers;
import dev.sluice.protocol.ErrorAnswer;
import dev.sluice.protocol.FailureCodec;
import dev.sluice.protocol.UpstreamError;
import java.time.Instant;

/// A place for the errors of this dialect: they come with a change of their own.
final class ResponsesFailures implements FailureCodec {
    @Override
    public ErrorAnswer encode(Failure failure, String requestId) {
        throw new UnsupportedOperationException();
    }

    @Override
    public UpstreamError decode(int status, Headers headers, byte[] body, Instant now) {
        throw new UnsupportedOperationException();
    }
}
