package dev.sluice.protocol.openai.responses;

import dev.sluice.model.Block;
import dev.sluice.model.Dialect;
import dev.sluice.model.Json;
import dev.sluice.model.Mark;
import dev.sluice.model.Signature;
import dev.sluice.protocol.seal.Seal;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/// A `reasoning` item of an answer, both ways. What of it nobody but its issuer can read stands in `encrypted_content`:
/// OpenAI's own as it is, another provider's sealed.
final class ReasoningItem {
    /// What stands between the parts of a summary once they are one text.
    static final String BETWEEN_PARTS = "\n\n";

    private ReasoningItem() {}

    /// The readable thought: the summary, or where there is none the thought itself.
    static String text(Json.Obj item) {
        String summary = joined(item, "summary");
        return summary.isEmpty() ? joined(item, "content") : summary;
    }

    private static String joined(Json.Obj item, String field) {
        StringJoiner text = new StringJoiner(BETWEEN_PARTS);
        for (Json part : item.items(field)) {
            if (part instanceof Json.Obj object && !object.text("text", "").isEmpty()) {
                text.add(object.text("text", ""));
            }
        }
        return text.toString();
    }

    static @Nullable Signature signature(Json.Obj item) {
        String encrypted = item.text("encrypted_content", "");
        return encrypted.isEmpty() ? null : new Signature(Dialect.OPENAI_RESPONSES, encrypted);
    }

    /// The item as a block; null when it says nothing.
    static @Nullable Block read(Json.Obj item) {
        String text = text(item);
        Signature signature = signature(item);
        if (!text.isEmpty()) {
            return new Block.Reasoning(text, signature, Mark.NONE);
        }
        return signature == null ? null : new Block.EncryptedReasoning(signature, item.text("id"), Mark.NONE);
    }

    /// What a client may hold of a signature over a thought that it reads.
    static String proof(Signature signature, Seal seal) {
        return isOwn(signature) ? signature.value() : seal.seal(new Seal.Content(signature, false, null, null));
    }

    /// What a client may hold of a thought that it cannot read.
    static String proof(Block.EncryptedReasoning hidden, Seal seal) {
        return isOwn(hidden.data())
                ? hidden.data().value()
                : seal.seal(new Seal.Content(hidden.data(), true, null, hidden.itemId()));
    }

    static boolean isOwn(Signature signature) {
        return signature.issuer() == Dialect.OPENAI_RESPONSES;
    }

    /// @param encrypted null: the client did not ask for it, or there is none
    static Json.Obj write(String id, String text, @Nullable String encrypted) {
        return Json.object()
                .put("type", "reasoning")
                .put("id", id)
                .put("summary", text.isEmpty() ? Json.Arr.of() : Json.Arr.of(part(text)))
                .putIf("encrypted_content", encrypted)
                .build();
    }

    static Json.Obj part(String text) {
        return Json.object().put("type", "summary_text").put("text", text).build();
    }
}
