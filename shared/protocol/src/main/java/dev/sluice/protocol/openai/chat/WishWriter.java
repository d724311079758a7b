package dev.sluice.protocol.openai.chat;

import dev.sluice.model.ChatRequest;
import dev.sluice.model.Dialect;
import dev.sluice.model.Field;
import dev.sluice.model.Json;
import dev.sluice.protocol.openai.SharedWishes;
import dev.sluice.protocol.translate.Losses;
import dev.sluice.protocol.translate.SlotlessWishes;
import java.util.EnumSet;
import java.util.Set;

/// The wishes beside the conversation: whose request it is, its tier, its caches, and what has no slot of its own.
///
/// Hints of clients of other vendors are not passed on: strict servers refuse a body for one unknown field.
final class WishWriter {
    private static final Set<String> TIERS = Set.of("auto", "default", "flex", "scale", "priority", "fast");

    /// What Chat itself has a field for.
    private static final Set<Field> OWN = EnumSet.of(Field.AUDIO_OUT, Field.STORE, Field.PREDICTION);

    private final ChatRequest request;
    private final Losses losses;

    WishWriter(ChatRequest request, Losses losses) {
        this.request = request;
        this.losses = losses;
    }

    void write(Json.Builder out) {
        modalities(out);
        SharedWishes.write(request, TIERS, out);
        if (SharedWishes.isOpenAi(request.client())) {
            out.putIf("verbosity", request.verbosity());
        }
        boolean isOwn = request.client() == Dialect.OPENAI_CHAT;
        if (isOwn) {
            OWN.forEach(
                    field -> out.putIf(request.pathOf(field), request.fields().get(field)));
        }
        SlotlessWishes.settle(request, isOwn ? OWN : Set.of(), losses);
        if (isOwn) {
            out.putAll(request.extras().fields().without("stream_options"));
        } else {
            SlotlessWishes.dropExtras(request, losses);
        }
    }

    private void modalities(Json.Builder out) {
        if (request.client() != Dialect.OPENAI_CHAT) {
            SlotlessWishes.textOnly(request, losses);
        } else if (!request.modalities().isEmpty()) {
            out.put("modalities", Json.strings(request.modalities()));
        }
    }
}
