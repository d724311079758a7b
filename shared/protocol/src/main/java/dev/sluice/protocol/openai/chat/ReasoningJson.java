package dev.sluice.protocol.openai.chat;

import dev.sluice.model.Block;
import dev.sluice.model.Dialect;
import dev.sluice.model.Json;
import dev.sluice.model.Mark;
import dev.sluice.model.Signature;
import dev.sluice.protocol.seal.Seal;
import dev.sluice.protocol.translate.Shape;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The de-facto fields of reasoning: `reasoning_content`, `reasoning` and `reasoning_details[]`, both ways.
///
/// A detail names its issuer in `format`; an issuer that no format names travels sealed.
final class ReasoningJson {
    private static final String ANTHROPIC_FORMAT = "anthropic-claude-v1";
    private static final String RESPONSES_FORMAT = "openai-responses-v1";
    private static final String GEMINI_FORMAT = "google-gemini-v1";

    private ReasoningJson() {}

    /// The reasoning of a message, text once even when several fields repeat it.
    static List<Block> blocks(Shape message, Seal seal) {
        List<Block> details = new ArrayList<>();
        if (message.json().present("reasoning_details") instanceof Json.Arr(List<Json> items)) {
            for (int i = 0; i < items.size(); i++) {
                Block block = items.get(i) instanceof Json.Obj detail
                        ? detail(detail, Mark.at(message.at("reasoning_details") + "[" + i + "]"), seal)
                        : null;
                if (block != null) {
                    details.add(block);
                }
            }
        }
        boolean said = details.stream()
                .anyMatch(b -> b instanceof Block.Reasoning r && !r.text().isEmpty());
        String plain = plain(message.json());
        if (!said && plain != null && !plain.isEmpty()) {
            details.addFirst(new Block.Reasoning(plain, null, Mark.at(message.at(plainField(message.json())))));
        }
        return details;
    }

    /// Readable reasoning outside of the details.
    static @Nullable String plain(Json.Obj message) {
        return message.text(plainField(message));
    }

    private static String plainField(Json.Obj message) {
        return message.text("reasoning_content") != null ? "reasoning_content" : "reasoning";
    }

    /// One detail; null when it says nothing or its seal is not ours.
    static @Nullable Block detail(Json.Obj detail, Mark mark, Seal seal) {
        Dialect issuer = issuer(detail.text("format"));
        return switch (detail.text("type", "")) {
            case "reasoning.text" -> {
                String signature = detail.text("signature");
                yield new Block.Reasoning(
                        detail.text("text", ""), signature == null ? null : opened(signature, issuer, seal), mark);
            }
            case "reasoning.summary" -> new Block.Reasoning(detail.text("summary", ""), null, mark);
            case "reasoning.encrypted" -> encrypted(detail.text("data", ""), detail.text("id"), issuer, mark, seal);
            default -> null;
        };
    }

    private static @Nullable Block encrypted(String data, @Nullable String id, Dialect issuer, Mark mark, Seal seal) {
        if (data.isEmpty()) {
            return null;
        }
        if (Seal.isSealed(data)) {
            return seal.open(data)
                    .map(content -> new Block.EncryptedReasoning(content.signature(), content.itemId(), mark))
                    .orElse(null);
        }
        return new Block.EncryptedReasoning(new Signature(issuer, data), id, mark);
    }

    private static @Nullable Signature opened(String value, Dialect issuer, Seal seal) {
        if (value.isEmpty()) {
            return null;
        }
        if (Seal.isSealed(value)) {
            return seal.open(value).map(Seal.Content::signature).orElse(null);
        }
        return new Signature(issuer, value);
    }

    /// A readable detail; a foreign issuer's signature is sealed when there is a seal, else left out.
    static Json.Obj text(String text, @Nullable Signature signature, int index, @Nullable Seal seal) {
        Json.Builder detail = Json.object().put("type", "reasoning.text").put("text", text);
        if (signature != null) {
            String format = format(signature.issuer());
            if (format != null) {
                detail.put("signature", signature.value()).put("format", format);
            } else if (seal != null) {
                detail.put("signature", seal.seal(new Seal.Content(signature, false, null, null)));
            }
        }
        return detail.put("index", index).build();
    }

    /// An encrypted detail; null when it can be neither named nor sealed.
    static Json.@Nullable Obj encrypted(Block.EncryptedReasoning block, int index, @Nullable Seal seal) {
        String format = format(block.data().issuer());
        Json.Builder detail = Json.object().put("type", "reasoning.encrypted");
        if (format != null) {
            detail.put("data", block.data().value()).put("format", format).putIf("id", block.itemId());
        } else if (seal != null) {
            detail.put("data", seal.seal(new Seal.Content(block.data(), true, null, block.itemId())));
        } else {
            return null;
        }
        return detail.put("index", index).build();
    }

    private static @Nullable String format(Dialect issuer) {
        return switch (issuer) {
            case ANTHROPIC -> ANTHROPIC_FORMAT;
            case OPENAI_RESPONSES -> RESPONSES_FORMAT;
            case GEMINI -> GEMINI_FORMAT;
            case OPENAI_CHAT -> "unknown";
            case BEDROCK_CONVERSE, OLLAMA_CHAT -> null;
        };
    }

    private static Dialect issuer(@Nullable String format) {
        return switch (format) {
            case ANTHROPIC_FORMAT -> Dialect.ANTHROPIC;
            case RESPONSES_FORMAT -> Dialect.OPENAI_RESPONSES;
            case GEMINI_FORMAT -> Dialect.GEMINI;
            case null, default -> Dialect.OPENAI_CHAT;
        };
    }
}
