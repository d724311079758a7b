package dev.sluice.protocol.openai.responses;

import dev.sluice.model.ChatRequest;
import dev.sluice.model.Dialect;
import dev.sluice.model.Field;
import dev.sluice.model.Json;
import dev.sluice.protocol.openai.SharedWishes;
import dev.sluice.protocol.translate.Losses;
import dev.sluice.protocol.translate.SlotlessWishes;
import java.util.EnumSet;
import java.util.Set;

/// The wishes beside the conversation: whose request it is, its tier, its caches, what the provider shall remember, and what
/// has no slot of its own.
final class WishWriter {
    private static final Set<String> TIERS =
            Set.of("auto", "default", "flex", "scale", "priority", "fast", "ultrafast");

    /// What this dialect itself has a field for.
    private static final Set<Field> OWN = EnumSet.of(
            Field.STORE, Field.PREVIOUS_RESPONSE, Field.CONVERSATION, Field.BACKGROUND, Field.CONTEXT_MANAGEMENT);

    private final ChatRequest request;
    private final Losses losses;

    WishWriter(ChatRequest request, Losses losses) {
        this.request = request;
        this.losses = losses;
    }

    void write(Json.Builder out) {
        SlotlessWishes.textOnly(request, losses);
        SharedWishes.write(request, TIERS, out);
        boolean isOwn = request.client() == Dialect.OPENAI_RESPONSES;
        if (!isOwn) {
            // no other client can come back to what this provider would remember
            out.put("store", false);
        }
        if (isOwn) {
            OWN.forEach(
                    field -> out.putIf(request.pathOf(field), request.fields().get(field)));
        }
        SlotlessWishes.settle(request, isOwn ? OWN : Set.of(), losses);
        if (isOwn) {
            out.putAll(request.extras().fields());
        } else {
            SlotlessWishes.dropExtras(request, losses);
        }
    }
}
