package dev.sluice.protocol.translate;

/// What stands for a signature of Gemini's where a call has none.
public final class GeminiProof {
    /// What Gemini takes for a call that another model made (documented by it).
    public static final String NONE = "skip_thought_signature_validator";

    private GeminiProof() {}
}
