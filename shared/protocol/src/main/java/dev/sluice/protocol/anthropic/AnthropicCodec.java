package dev.sluice.protocol.anthropic;

import dev.sluice.model.Dialect;
import dev.sluice.model.Headers;
import dev.sluice.protocol.AnswerCodec;
import dev.sluice.protocol.CountCodec;
import dev.sluice.protocol.DialectCodec;
import dev.sluice.protocol.FailureCodec;
import dev.sluice.protocol.RequestCodec;
import dev.sluice.protocol.seal.Seal;
import java.util.Optional;

/// The Anthropic Messages API (`POST /v1/messages`), versions 2023-06-01 and 2026-10-21.
public final class AnthropicCodec implements DialectCodec {
    private final RequestCodec requests;
    private final FailureCodec failures = new AnthropicFailures();
    private final AnswerCodec answers;
    private final CountCodec counts;

    /// @param seal opens what this gateway sealed, and seals other providers' reasoning for Messages clients
    public AnthropicCodec(Seal seal) {
        requests = new AnthropicRequests(seal);
        answers = new AnthropicAnswers(seal);
        counts = new AnthropicCounts(seal);
    }

    @Override
    public Dialect dialect() {
        return Dialect.ANTHROPIC;
    }

    @Override
    public RequestCodec requests() {
        return requests;
    }

    @Override
    public AnswerCodec answers() {
        return answers;
    }

    @Override
    public FailureCodec failures() {
        return failures;
    }

    @Override
    public Optional<CountCodec> counts() {
        return Optional.of(counts);
    }

    @Override
    public Headers forwarded(Headers client) {
        return AnthropicHeaders.forwarded(client);
    }
}
