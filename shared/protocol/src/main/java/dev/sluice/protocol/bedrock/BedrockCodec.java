package dev.sluice.protocol.bedrock;

import dev.sluice.model.Dialect;
import dev.sluice.protocol.AnswerDecoding;
import dev.sluice.protocol.CountEncoding;
import dev.sluice.protocol.FailureDecoding;
import dev.sluice.protocol.RequestEncoding;
import dev.sluice.protocol.UpstreamCodec;
import java.util.Optional;

/// Amazon Bedrock's Converse API: `/model/{id}/converse`, `/converse-stream` and `/count-tokens`. Only providers speak it.
///
/// Thoughts that it signs are held for Anthropic's: the signatures of those models hold on both.
public final class BedrockCodec implements UpstreamCodec {
    private final RequestEncoding requests = new ConverseRequests();
    private final AnswerDecoding answers = new ConverseAnswers();
    private final FailureDecoding failures = new BedrockFailures();
    private final CountEncoding counts = new CountTokens();

    @Override
    public Dialect dialect() {
        return Dialect.BEDROCK_CONVERSE;
    }

    @Override
    public RequestEncoding requests() {
        return requests;
    }

    @Override
    public AnswerDecoding answers() {
        return answers;
    }

    @Override
    public FailureDecoding failures() {
        return failures;
    }

    @Override
    public Optional<CountEncoding> counts() {
        return Optional.of(counts);
    }
}
