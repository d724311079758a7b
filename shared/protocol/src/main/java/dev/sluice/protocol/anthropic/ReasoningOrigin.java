package dev.sluice.protocol.anthropic;

import dev.sluice.model.Block;
import dev.sluice.model.Dialect;
import dev.sluice.model.Signature;

/// Whose thoughts a block holds.
final class ReasoningOrigin {
    private ReasoningOrigin() {}

    /// Whether it is reasoning that carries this dialect's own signature, and so can and must be replayed.
    static boolean isOwn(Block block) {
        if (block instanceof Block.EncryptedReasoning encrypted) {
            return isOwn(encrypted.data());
        }
        Signature signature = block instanceof Block.Reasoning reasoning ? reasoning.signature() : null;
        return signature != null && isOwn(signature);
    }

    static boolean isOwn(Signature signature) {
        return signature.issuer() == Dialect.ANTHROPIC;
    }

    static boolean isReasoning(Block block) {
        return block instanceof Block.Reasoning || block instanceof Block.EncryptedReasoning;
    }
}
