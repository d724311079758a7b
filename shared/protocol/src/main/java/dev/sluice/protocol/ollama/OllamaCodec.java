package dev.sluice.protocol.ollama;

import dev.sluice.model.Dialect;
import dev.sluice.model.Headers;
import dev.sluice.protocol.AnswerCodec;
import dev.sluice.protocol.DialectCodec;
import dev.sluice.protocol.FailureCodec;
import dev.sluice.protocol.RequestCodec;

/// Ollama's own API: `/api/chat`, and `/api/generate` for clients. Thread-safe.
///
/// Source: PROTOCOL 1.6, from Ollama's `api/types.go` and its JavaScript client.
public final class OllamaCodec implements DialectCodec {
    private final OllamaRequests requests = new OllamaRequests();
    private final OllamaAnswers answers = new OllamaAnswers();
    private final OllamaFailures failures = new OllamaFailures();

    @Override
    public Dialect dialect() {
        return Dialect.OLLAMA_CHAT;
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
                .filter(field -> field.name().equals("user-agent"))
                .toList());
    }
}
