package dev.sluice.core.config;

import dev.sluice.model.Dialect;

/// How a provider wants its secret.
public sealed interface AuthScheme {
    record Bearer() implements AuthScheme {}

    record ApiKeyHeader() implements AuthScheme {}

    /// Any header; the value is `prefix` and the secret.
    record Header(String headerName, String prefix) implements AuthScheme {}

    /// A query parameter.
    record Query(String name) implements AuthScheme {}

    record SigV4(String region, String service) implements AuthScheme {}

    /// A bearer token that is made here of the secret, which is a Google service account's key file.
    ///
    /// @param scope what the token is good for, several with spaces between them
    record GoogleServiceAccount(String scope) implements AuthScheme {
        public static final String CLOUD_PLATFORM = "https://www.googleapis.com/auth/cloud-platform";
    }

    record None() implements AuthScheme {}

    /// What a dialect's own vendor wants.
    static AuthScheme defaultOf(Dialect dialect) {
        return switch (dialect) {
            case OPENAI_CHAT, OPENAI_RESPONSES, OLLAMA_CHAT -> new Bearer();
            case ANTHROPIC -> new ApiKeyHeader();
            case GEMINI -> new Header("x-goog-api-key", "");
            case BEDROCK_CONVERSE -> new SigV4("", "bedrock");
        };
    }
}
