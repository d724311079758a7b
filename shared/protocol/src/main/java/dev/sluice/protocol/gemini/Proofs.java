package dev.sluice.protocol.gemini;

import dev.sluice.model.Block;
import dev.sluice.model.Dialect;
import dev.sluice.model.Signature;
import dev.sluice.protocol.seal.Seal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The proofs of an answer on their way to the part that carries them: clients return a call's `thoughtSignature`, and throw
/// thoughts away. So other providers' reasoning travels, sealed and with its text, on the call it led to, or on a last empty
/// text. One per answer; not thread-safe.
final class Proofs {
    private final Seal seal;
    private final List<String> seals = new ArrayList<>();
    private @Nullable String own;

    Proofs(Seal seal) {
        this.seal = seal;
    }

    void thought(String text, Signature signature) {
        if (isOwn(signature)) {
            own = signature.value();
        } else {
            seals.add(seal.seal(new Seal.Content(signature, false, text, null)));
        }
    }

    void hidden(Block.EncryptedReasoning hidden) {
        if (!isOwn(hidden.data())) {
            seals.add(seal.seal(new Seal.Content(hidden.data(), true, null, hidden.itemId())));
        }
    }

    /// The `thoughtSignature` of a call; null: none.
    @Nullable
    String ofCall(@Nullable Signature signature) {
        if (signature != null && isOwn(signature)) {
            own = signature.value();
        } else if (signature != null) {
            seals.add(seal.seal(new Seal.Content(signature, false, null, null)));
        }
        return rest();
    }

    /// What no part has carried yet; null: nothing.
    @Nullable
    String rest() {
        String value = own != null ? own : seals.isEmpty() ? null : CarriedProof.wrapped(seals);
        own = null;
        seals.clear();
        return value;
    }

    private static boolean isOwn(Signature signature) {
        return signature.issuer() == Dialect.GEMINI;
    }
}
