package dev.sluice.core.gateway;

/// Whose form a list of models has.
public enum ModelShape {
    OPENAI,
    ANTHROPIC,
    GEMINI,
    OLLAMA
}
