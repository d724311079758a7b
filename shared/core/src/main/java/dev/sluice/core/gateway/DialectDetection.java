package dev.sluice.core.gateway;

import dev.sluice.model.Dialect;
import dev.sluice.model.Headers;
import dev.sluice.protocol.Outcome;
import dev.sluice.protocol.RequestHead;
import dev.sluice.protocol.json.JsonScanner;
import dev.sluice.protocol.json.JsonSpans;
import dev.sluice.protocol.json.JsonSpans.Span;
import java.util.List;
import java.util.Optional;

/// Tells a chat request's dialect by its top-level fields, where the path does not.
public final class DialectDetection {
    /// Of Ollama's requests alone: OpenAI's have none of them.
    private static final List<String> OLLAMA_FIELDS = List.of("options", "keep_alive", "think", "format");

    private DialectDetection() {}

    /// The dialect; empty for a body that is no chat request in any.
    public static Optional<Dialect> of(JsonSpans top, Headers headers) {
        if (has(top, "contents")) {
            return Optional.of(Dialect.GEMINI);
        }
        if (has(top, "messages")) {
            return Optional.of(ofMessages(top, headers));
        }
        if (has(top, "input")) {
            return Optional.of(Dialect.OPENAI_RESPONSES);
        }
        return has(top, "prompt") ? Optional.of(Dialect.OLLAMA_CHAT) : Optional.empty();
    }

    /// OpenAI's chat has its instructions among the messages.
    private static Dialect ofMessages(JsonSpans top, Headers headers) {
        if (headers.has("anthropic-version") || has(top, "max_tokens") && has(top, "system")) {
            return Dialect.ANTHROPIC;
        }
        return OLLAMA_FIELDS.stream().anyMatch(field -> has(top, field)) ? Dialect.OLLAMA_CHAT : Dialect.OPENAI_CHAT;
    }

    private static boolean has(JsonSpans top, String name) {
        return top.field(name) != null;
    }

    /// The head as if the request had come on the dialect's own path, for dialects that say there what they ask for.
    ///
    /// @param dialect as told by [#of], or by the caller
    static RequestHead head(RequestHead head, Dialect dialect, byte[] body) {
        return JsonScanner.topLevel(body) instanceof Outcome.Ok<JsonSpans>(JsonSpans top)
                ? switch (dialect) {
                    case GEMINI -> new RequestHead(gemini(head, body, top), head.query(), head.headers());
                    case OLLAMA_CHAT ->
                        new RequestHead(
                                has(top, "messages") ? "/api/chat" : "/api/generate", head.query(), head.headers());
                    case ANTHROPIC, OPENAI_CHAT, OPENAI_RESPONSES, BEDROCK_CONVERSE -> head;
                }
                : head;
    }

    private static String gemini(RequestHead head, byte[] body, JsonSpans top) {
        Span named = top.field("model");
        String model = named == null ? null : JsonScanner.string(body, named);
        Span stream = top.field("stream");
        boolean streams = head.query().containsKey("alt")
                || stream != null && Boolean.TRUE.equals(JsonScanner.bool(body, stream));
        return "/v1beta/models/" + (model == null ? "" : QueryString.encodedPath(model))
                + (streams ? ":streamGenerateContent" : ":generateContent");
    }
}
