package dev.sluice.protocol.openai.responses;

import dev.sluice.model.Dialect;
import dev.sluice.model.Headers;
import dev.sluice.protocol.AnswerCodec;
import dev.sluice.protocol.CountCodec;
import dev.sluice.protocol.DialectCodec;
import dev.sluice.protocol.FailureCodec;
import dev.sluice.protocol.RequestCodec;
import dev.sluice.protocol.seal.Seal;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// OpenAI Responses (`POST /v1/responses`), as clients speak it and as providers do. Thread-safe.
public final class ResponsesCodec implements DialectCodec {
    private static final Set<String> FORWARDED = Set.of(
            "openai-beta",
            "user-agent",
            "originator",
            "version",
            "session-id",
            "session_id",
            "thread-id",
            "conversation_id",
            "x-client-request-id",
            "x-openai-subagent",
            "x-session-id",
            "x-session-affinity",
            "http-referer",
            "x-title",
            "idempotency-key");
    private static final List<String> FORWARDED_PREFIXES = List.of("x-codex-", "x-stainless-");

    private final ResponsesRequests requests;
    private final ResponsesCounts counts;
    private final ResponsesAnswers answers;
    private final ResponsesFailures failures = new ResponsesFailures();

    /// @param seal carries foreign reasoning through this dialect
    public ResponsesCodec(Seal seal) {
        this.requests = new ResponsesRequests(seal);
        this.counts = new ResponsesCounts(requests);
        this.answers = new ResponsesAnswers(seal);
    }

    @Override
    public Dialect dialect() {
        return Dialect.OPENAI_RESPONSES;
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
                .filter(field -> isForwarded(field.name()))
                .toList());
    }

    private static boolean isForwarded(String name) {
        return FORWARDED.contains(name) || FORWARDED_PREFIXES.stream().anyMatch(name::startsWith);
    }
}
