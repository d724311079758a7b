package dev.sluice.core.gateway;

import dev.sluice.model.Dialect;
import dev.sluice.model.Failure;
import dev.sluice.model.Headers;
import dev.sluice.protocol.Outcome;
import java.util.Locale;

/// Which bodies a chat endpoint reads.
final class MediaTypes {
    private static final String CURLS_OWN = "application/x-www-form-urlencoded";

    private MediaTypes() {}

    /// JSON, by any of its names; a missing type is taken for JSON, as tools forget it. Ollama's own server asks for no
    /// type, and its documents send what curl sends by itself.
    static Outcome<Headers> check(Headers headers, String dialect) {
        boolean isCurls =
                dialect.equals(Dialect.OLLAMA_CHAT.id()) && bare(headers).equals(CURLS_OWN);
        return bare(headers).isEmpty() || isCurls || isJson(headers)
                ? Outcome.ok(headers)
                : Outcome.bad(
                        Failure.Refused.of(Failure.Kind.UNSUPPORTED_MEDIA_TYPE, "The body must be application/json."));
    }

    /// Whether a body says of itself that it is JSON.
    static boolean isJson(Headers headers) {
        String bare = bare(headers);
        return bare.equals("application/json") || bare.endsWith("+json") || bare.equals("text/json");
    }

    private static String bare(Headers headers) {
        String type = headers.first("content-type").orElse("");
        int end = type.indexOf(';');
        return (end < 0 ? type : type.substring(0, end)).strip().toLowerCase(Locale.ROOT);
    }
}
