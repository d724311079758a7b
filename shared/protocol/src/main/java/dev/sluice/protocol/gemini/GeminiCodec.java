package dev.sluice.protocol.gemini;

import dev.sluice.model.Dialect;
import dev.sluice.model.Headers;
import dev.sluice.protocol.AnswerCodec;
import dev.sluice.protocol.CountCodec;
import dev.sluice.protocol.DialectCodec;
import dev.sluice.protocol.FailureCodec;
import dev.sluice.protocol.RequestCodec;
import dev.sluice.protocol.seal.Seal;
import java.util.Optional;
import java.util.Set;

/// The Gemini API, as clients speak it and as providers do. Thread-safe.
///
/// The model and the operation stand in the path, so an outline is what its head's path says; keys never go into a query.
public final class GeminiCodec implements DialectCodec {
    private static final Set<String> FORWARDED = Set.of(
            "user-agent",
            "x-goog-api-client",
            "x-server-timeout",
            "x-session-id",
            "x-session-affinity",
            "session-id",
            "session_id");

    private final GeminiRequests requests;
    private final GeminiCounts counts;
    private final GeminiAnswers answers;
    private final GeminiFailures failures = new GeminiFailures();

    /// @param seal carries foreign reasoning through this dialect's thought signatures
    public GeminiCodec(Seal seal) {
        requests = new GeminiRequests(seal);
        counts = new GeminiCounts(requests);
        answers = new GeminiAnswers(seal);
    }

    @Override
    public Dialect dialect() {
        return Dialect.GEMINI;
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
        return new Headers(client.fields().stream()
                .filter(field -> FORWARDED.contains(field.name()))
                .toList());
    }
}
