package dev.sluice.protocol.openai.responses;

import dev.sluice.model.Block;
import dev.sluice.model.Dialect;
import dev.sluice.model.Json;
import dev.sluice.model.Mark;
import dev.sluice.model.Signature;
import dev.sluice.protocol.seal.Seal;
import dev.sluice.protocol.translate.Shape;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reasoning of earlier turns in a request, both ways: a readable summary and what only its issuer can read.
final class EarlierReasoning {
    private static final Set<String> READ = Set.of("type", "encrypted_content");

    private EarlierReasoning() {}

    /// The reasoning; null when it says nothing that any provider could read.
    static @Nullable Block read(Shape item, Hints hints, Seal seal) {
        Mark mark = Mark.at(item.path());
        String said = ReasoningItem.text(item.json());
        String encrypted = item.text("encrypted_content");
        if (encrypted != null && Seal.isSealed(encrypted)) {
            return opened(seal.open(encrypted), said, mark);
        }
        hints.keepRest(item, READ);
        if (encrypted == null) {
            return new Block.Reasoning(said, null, mark);
        }
        Signature own = new Signature(Dialect.OPENAI_RESPONSES, encrypted);
        return said.isEmpty()
                ? new Block.EncryptedReasoning(own, item.text("id"), mark)
                : new Block.Reasoning(said, own, mark);
    }

    private static @Nullable Block opened(Optional<Seal.Content> opened, String said, Mark mark) {
        if (opened.isEmpty()) {
            return said.isEmpty() ? null : new Block.Reasoning(said, null, mark);
        }
        Seal.Content content = opened.get();
        if (content.encrypted()) {
            return new Block.EncryptedReasoning(content.signature(), content.itemId(), mark);
        }
        String text = content.text();
        return new Block.Reasoning(text == null ? said : text, content.signature(), mark);
    }

    /// The item for its issuer; null for what another issued.
    ///
    /// @param hints what a client of this dialect said beside it
    static Json.@Nullable Obj write(Block block, Json.Obj hints) {
        return switch (block) {
            case Block.Reasoning(String text, Signature signature, Mark _) -> {
                boolean isStored = signature == null && !hints.isEmpty();
                boolean isOwn = signature != null && ReasoningItem.isOwn(signature);
                yield isOwn || isStored ? item(null, text, isOwn ? signature.value() : null, hints) : null;
            }
            case Block.EncryptedReasoning(Signature data, String itemId, Mark _) ->
                ReasoningItem.isOwn(data) ? item(itemId, "", data.value(), hints) : null;
            default -> null;
        };
    }

    private static Json.Obj item(@Nullable String id, String summary, @Nullable String encrypted, Json.Obj hints) {
        return Json.object()
                .put("type", "reasoning")
                .putIf("id", id)
                .put("summary", summary.isEmpty() ? Json.Arr.of() : Json.Arr.of(ReasoningItem.part(summary)))
                .putIf("encrypted_content", encrypted)
                .putAll(hints)
                .build();
    }
}
