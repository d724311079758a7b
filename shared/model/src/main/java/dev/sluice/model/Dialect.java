package dev.sluice.model;

import java.util.Optional;

/// A wire language that clients or providers speak.
public enum Dialect {
    OPENAI_CHAT("openai-chat"),
    OPENAI_RESPONSES("openai-responses"),
    ANTHROPIC("anthropic"),
    GEMINI("gemini"),
    BEDROCK_CONVERSE("bedrock-converse"),
    OLLAMA_CHAT("ollama-chat");

    private final String id;

    Dialect(String id) {
        this.id = id;
    }

    /// The name in configuration, in headers and in documents.
    public String id() {
        return id;
    }

    /// The dialect of that name, if there is one.
    public static Optional<Dialect> parse(String id) {
        for (Dialect dialect : values()) {
            if (dialect.id.equals(id)) {
                return Optional.of(dialect);
            }
        }
        return Optional.empty();
    }
}
