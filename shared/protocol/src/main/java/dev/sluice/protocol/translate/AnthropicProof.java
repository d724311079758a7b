package dev.sluice.protocol.translate;

import dev.sluice.model.Block;
import dev.sluice.model.Dialect;
import dev.sluice.model.Signature;

/// Tells thoughts that a model of Anthropic's has signed. Its signatures hold wherever the model is served: on its own
/// API and on Bedrock alike.
public final class AnthropicProof {
    private AnthropicProof() {}

    /// Whether it is reasoning that carries such a signature, and so can and must be replayed.
    public static boolean isOwn(Block block) {
        if (block instanceof Block.EncryptedReasoning encrypted) {
            return isOwn(encrypted.data());
        }
        Signature signature = block instanceof Block.Reasoning reasoning ? reasoning.signature() : null;
        return signature != null && isOwn(signature);
    }

    public static boolean isOwn(Signature signature) {
        return signature.issuer() == Dialect.ANTHROPIC;
    }

    public static boolean isReasoning(Block block) {
        return block instanceof Block.Reasoning || block instanceof Block.EncryptedReasoning;
    }
}
