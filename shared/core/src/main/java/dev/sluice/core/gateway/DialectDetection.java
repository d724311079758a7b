package dev.sluice.core.gateway;

import dev.sluice.model.Dialect;
import dev.sluice.model.Headers;
import dev.sluice.protocol.json.JsonSpans;
import java.util.Optional;

/// Tells a chat request's dialect by its top-level fields, where the path does not.
public final class DialectDetection {
    private DialectDetection() {}

    /// The dialect; empty for a body that is no chat request in any.
    public static Optional<Dialect> of(JsonSpans top, Headers headers) {
        if (has(top, "contents")) {
            return Optional.of(Dialect.GEMINI);
        }
        if (has(top, "messages")) {
            return Optional.of(isAnthropic(top, headers) ? Dialect.ANTHROPIC : Dialect.OPENAI_CHAT);
        }
        return has(top, "input") ? Optional.of(Dialect.OPENAI_RESPONSES) : Optional.empty();
    }

    /// OpenAI's chat has its instructions among the messages.
    private static boolean isAnthropic(JsonSpans top, Headers headers) {
        return headers.has("anthropic-version") || has(top, "max_tokens") && has(top, "system");
    }

    private static boolean has(JsonSpans top, String name) {
        return top.field(name) != null;
    }
}
