package dev.sluice.protocol.openai.responses;

import dev.sluice.model.ChatRequest;
import dev.sluice.model.Dialect;
import dev.sluice.model.Field;
import dev.sluice.model.Json;
import dev.sluice.protocol.TargetProfile;
import dev.sluice.protocol.openai.SharedWishes;
import dev.sluice.protocol.translate.Losses;
import java.util.Map;
import java.util.Set;

/// The wishes beside the conversation: whose request it is, its tier, its caches, what the provider shall remember, and what
/// has no slot of its own.
final class WishWriter {
    private static final Set<String> TIERS =
            Set.of("auto", "default", "flex", "scale", "priority", "fast", "ultrafast");

    /// What this dialect itself has a field for.
    private static final Set<Field> OWN = Set.of(
            Field.STORE, Field.PREVIOUS_RESPONSE, Field.CONVERSATION, Field.BACKGROUND, Field.CONTEXT_MANAGEMENT);

    /// What the answer would be wrong without.
    private static final Set<Field> NEEDED = Set.of(
            Field.AUDIO_OUT,
            Field.PREVIOUS_RESPONSE,
            Field.CONVERSATION,
            Field.BACKGROUND,
            Field.MCP_SERVERS,
            Field.THREAD,
            Field.CONTAINER);

    private final ChatRequest request;
    private final TargetProfile target;
    private final Losses losses;

    WishWriter(ChatRequest request, TargetProfile target, Losses losses) {
        this.request = request;
        this.target = target;
        this.losses = losses;
    }

    void write(Json.Builder out) {
        if (request.modalities().stream().anyMatch(modality -> !modality.equalsIgnoreCase("text"))) {
            throw losses.refused(
                    request.pathOf(Field.MODALITIES), "Only text can be given by the model " + target.model() + ".");
        }
        SharedWishes.write(request, TIERS, out);
        boolean isOwn = request.client() == Dialect.OPENAI_RESPONSES;
        if (!isOwn) {
            // no other client can come back to what this provider would remember
            out.put("store", false);
        }
        for (Map.Entry<Field, Json> wish : request.fields().entrySet()) {
            if (isOwn && OWN.contains(wish.getKey())) {
                out.put(request.pathOf(wish.getKey()), wish.getValue());
            } else {
                foreign(wish.getKey(), wish.getValue());
            }
        }
        for (Map.Entry<String, Json> extra : request.extras().fields().fields().entrySet()) {
            if (isOwn) {
                out.put(extra.getKey(), extra.getValue());
            } else {
                losses.note(extra.getKey(), "unsupported");
            }
        }
    }

    private void foreign(Field field, Json value) {
        String path = request.pathOf(field);
        boolean isWished = value != Json.FALSE && value != Json.NULL && !value.equals(Json.Arr.of());
        if (NEEDED.contains(field) && isWished) {
            throw losses.refused(path, "'" + path + "' is not supported by the model " + target.model() + ".");
        }
        if (!NEEDED.contains(field) && field != Field.STORE) {
            losses.note(path, "unsupported");
        }
    }
}
