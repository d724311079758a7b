package dev.sluice.protocol.ollama;

import dev.sluice.model.ChatRequest;
import dev.sluice.model.Field;
import dev.sluice.model.Json;
import dev.sluice.protocol.TargetProfile;
import dev.sluice.protocol.translate.Losses;
import java.util.Map;
import java.util.Set;

/// The wishes of other dialects for which Ollama has no field: hints go in silence, what the answer would be wrong without is
/// refused, the rest is told.
final class WishLosses {
    /// What changes nothing that could be seen in the answer.
    private static final Set<Field> HINTS = Set.of(
            Field.STORE,
            Field.CACHE,
            Field.METADATA,
            Field.END_USER,
            Field.SERVICE_TIER,
            Field.SPEED,
            Field.VERBOSITY,
            Field.PREDICTION,
            Field.CONTEXT_MANAGEMENT,
            Field.FALLBACKS);

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

    WishLosses(ChatRequest request, TargetProfile target, Losses losses) {
        this.request = request;
        this.target = target;
        this.losses = losses;
    }

    void tell() {
        if (request.modalities().stream().anyMatch(modality -> !modality.equalsIgnoreCase("text"))) {
            throw losses.refused(
                    request.pathOf(Field.MODALITIES), "Only text can be given by the model " + target.model() + ".");
        }
        for (Map.Entry<Field, Json> wish : request.fields().entrySet()) {
            field(wish.getKey(), wish.getValue());
        }
        if (request.extras().dialect() != target.dialect()) {
            request.extras().fields().fields().keySet().forEach(name -> losses.note(name, "unsupported"));
        }
    }

    private void field(Field field, Json value) {
        String path = request.pathOf(field);
        boolean asks = value != Json.FALSE && value != Json.NULL && !value.equals(Json.Arr.of());
        if (NEEDED.contains(field) && asks) {
            throw losses.refused(path, "'" + path + "' is not supported by the model " + target.model() + ".");
        }
        if (!NEEDED.contains(field) && !HINTS.contains(field)) {
            losses.note(path, "unsupported");
        }
    }
}
