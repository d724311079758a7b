package dev.sluice.protocol.gemini;

import dev.sluice.model.Block;
import dev.sluice.model.Dialect;
import dev.sluice.model.Mark;
import dev.sluice.model.Signature;
import dev.sluice.protocol.seal.Seal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a `thoughtSignature` holds: the provider's own proof, or other providers' under seal.
///
/// The field is of type bytes, so clients may insist on base64: seals stand in it in base64, with blanks between several.
///
/// @param own the provider's own proof, or a foreign proof over the call that carries it
/// @param thoughts other providers' reasoning, with its text
record CarriedProof(@Nullable Signature own, List<Block> thoughts) {
    static final CarriedProof NONE = new CarriedProof(null, List.of());

    /// How base64 of a seal begins.
    static final String WRAPPED = "Z3cxL";

    static CarriedProof open(@Nullable String value, Mark mark, Seal seal) {
        if (value == null || value.isEmpty()) {
            return NONE;
        }
        if (!isSealed(value)) {
            return new CarriedProof(new Signature(Dialect.GEMINI, value), List.of());
        }
        Signature own = null;
        List<Block> thoughts = new ArrayList<>();
        for (String one : Pieces.of(unwrapped(value), ' ')) {
            Seal.Content content = opened(one, seal);
            if (content == null) {
                continue; // not ours: foreign reasoning is left out without a word
            }
            String text = content.text();
            if (content.encrypted()) {
                thoughts.add(new Block.EncryptedReasoning(content.signature(), content.itemId(), mark));
            } else if (text != null) {
                thoughts.add(new Block.Reasoning(text, content.signature(), mark));
            } else {
                own = content.signature();
            }
        }
        return new CarriedProof(own, thoughts);
    }

    static boolean isSealed(String value) {
        return Seal.isSealed(value) || value.startsWith(WRAPPED) && Seal.isSealed(unwrapped(value));
    }

    static String wrapped(List<String> seals) {
        return Base64.getEncoder().encodeToString(String.join(" ", seals).getBytes(StandardCharsets.US_ASCII));
    }

    private static Seal.@Nullable Content opened(String one, Seal seal) {
        try {
            return seal.open(one).orElse(null);
        } catch (IllegalArgumentException notBase64) {
            return null;
        }
    }

    private static String unwrapped(String value) {
        if (Seal.isSealed(value)) {
            return value;
        }
        try {
            return new String(Base64.getDecoder().decode(value), StandardCharsets.US_ASCII);
        } catch (IllegalArgumentException notBase64) {
            return "";
        }
    }
}
