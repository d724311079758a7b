package dev.sluice.core.gateway;

import dev.sluice.model.Dialect;
import dev.sluice.model.Json;
import dev.sluice.protocol.Codecs;
import dev.sluice.protocol.DialectCodec;
import dev.sluice.protocol.UpstreamCodec;
import java.util.ArrayList;
import java.util.List;

/// What this gateway speaks, for `GET /protocol`: of its build alone, nothing of its configuration.
final class ProtocolAnswer {
    private ProtocolAnswer() {}

    static Json.Obj of(Codecs codecs) {
        return Json.object()
                .put("gateway", "sluice")
                .put("protocol", 1)
                .put(
                        "clients",
                        Json.array(codecs.clients().stream()
                                .map(ProtocolAnswer::client)
                                .toList()))
                .put(
                        "upstreams",
                        Json.array(codecs.all().stream()
                                .map(ProtocolAnswer::upstream)
                                .toList()))
                .put("models", models())
                .put("credentials", credentials())
                .put("forwarded", forwarded())
                .put("limits", limits())
                .build();
    }

    private static Json.Obj client(DialectCodec codec) {
        Dialect dialect = codec.dialect();
        List<String> endpoints = new ArrayList<>(chats(dialect));
        if (codec.counts().isPresent()) {
            endpoints.addAll(counts(dialect));
        }
        Json.Builder client = Json.object()
                .put("dialect", dialect.id())
                .put("endpoints", Json.strings(endpoints))
                .put("streaming", true)
                .put("counts_tokens", codec.counts().isPresent());
        return (dialect == Dialect.ANTHROPIC
                        ? client.put("versions", Json.strings(List.of("2023-06-01", "2026-10-21")))
                        : client)
                .build();
    }

    private static Json.Obj upstream(UpstreamCodec codec) {
        return Json.object()
                .put("dialect", codec.dialect().id())
                .put("counts_tokens", codec.counts().isPresent())
                .build();
    }

    private static List<String> chats(Dialect dialect) {
        return switch (dialect) {
            case OPENAI_CHAT -> List.of("POST /v1/chat/completions");
            case OPENAI_RESPONSES -> List.of("POST /v1/responses");
            case ANTHROPIC -> List.of("POST /v1/messages");
            case GEMINI ->
                List.of(
                        "POST /v1beta/models/{model}:generateContent",
                        "POST /v1beta/models/{model}:streamGenerateContent");
            case OLLAMA_CHAT -> List.of("POST /api/chat", "POST /api/generate");
            case BEDROCK_CONVERSE -> List.of();
        };
    }

    private static List<String> counts(Dialect dialect) {
        return switch (dialect) {
            case OPENAI_RESPONSES -> List.of("POST /v1/responses/input_tokens");
            case ANTHROPIC -> List.of("POST /v1/messages/count_tokens");
            case GEMINI -> List.of("POST /v1beta/models/{model}:countTokens");
            case OPENAI_CHAT, OLLAMA_CHAT, BEDROCK_CONVERSE -> List.of();
        };
    }

    private static Json models() {
        return Json.strings(List.of(
                "GET /v1/models",
                "GET /v1/models/{model}",
                "GET /v1beta/models",
                "GET /v1beta/models/{model}",
                "GET /api/tags",
                "POST /api/show"));
    }

    private static Json credentials() {
        return Json.strings(
                List.of("authorization: Bearer", "x-api-key", "x-goog-api-key", "api-key", "?key= (Gemini)"));
    }

    /// What a provider of the client's own dialect gets of the client's headers (Claude Code's gateway protocol reference).
    private static Json.Obj forwarded() {
        return Json.object()
                .put("headers", Json.strings(List.of("anthropic-*", "x-claude-code-*")))
                .put("body", "as it came: the model's name and other providers' sealed reasoning aside")
                .put("errors", "as they came, with retry-after and x-should-retry")
                .build();
    }

    private static Json.Obj limits() {
        return Json.object()
                .put("degraded_header_bytes", ResponseHead.DEGRADED_BYTES)
                .build();
    }
}
