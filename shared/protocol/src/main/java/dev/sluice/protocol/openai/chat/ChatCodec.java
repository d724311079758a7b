package dev.sluice.protocol.openai.chat;

import dev.sluice.model.Dialect;
import dev.sluice.model.Headers;
import dev.sluice.protocol.AnswerCodec;
import dev.sluice.protocol.DialectCodec;
import dev.sluice.protocol.FailureCodec;
import dev.sluice.protocol.RequestCodec;
import dev.sluice.protocol.openai.OpenAiFailures;
import dev.sluice.protocol.seal.Seal;
import java.util.Set;

/// OpenAI Chat Completions, as clients speak it and as providers do. Thread-safe.
public final class ChatCodec implements DialectCodec {
    private static final Set<String> FORWARDED = Set.of(
            "openai-beta",
            "user-agent",
            "x-session-id",
            "x-session-affinity",
            "session-id",
            "session_id",
            "http-referer",
            "x-title",
            "idempotency-key");

    private final ChatRequests requests;
    private final ChatAnswers answers;
    private final OpenAiFailures failures = new OpenAiFailures();

    /// @param seal carries foreign reasoning through this dialect
    public ChatCodec(Seal seal) {
        this.requests = new ChatRequests(seal);
        this.answers = new ChatAnswers(seal);
    }

    @Override
    public Dialect dialect() {
        return Dialect.OPENAI_CHAT;
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
    public Headers forwarded(Headers client) {
        return new Headers(client.fields().stream()
                .filter(field ->
                        FORWARDED.contains(field.name()) || field.name().startsWith("x-stainless-"))
                .toList());
    }
}
