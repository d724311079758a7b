package dev.sluice.protocol.openai.chat;

import dev.sluice.model.ChatRequest;
import dev.sluice.model.Dialect;
import dev.sluice.model.Field;
import dev.sluice.model.Json;
import dev.sluice.protocol.TargetProfile;
import dev.sluice.protocol.openai.SharedWishes;
import dev.sluice.protocol.translate.Losses;
import java.util.Map;
import java.util.Set;

/// The wishes beside the conversation: whose request it is, its tier, its caches, and what has no slot of its own.
///
/// Hints of clients of other vendors are not passed on: strict servers refuse a body for one unknown field.
final class WishWriter {
    private static final Set<String> TIERS = Set.of("auto", "default", "flex", "scale", "priority", "fast");

    /// What Chat itself has a field for.
    private static final Set<Field> OWN = Set.of(Field.AUDIO_OUT, Field.STORE, Field.PREDICTION);

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
        modalities(out);
        SharedWishes.write(request, TIERS, out);
        if (SharedWishes.isOpenAi(request.client())) {
            out.putIf("verbosity", request.verbosity());
        }
        for (Map.Entry<Field, Json> wish : request.fields().entrySet()) {
            field(wish.getKey(), wish.getValue(), out);
        }
        extras(out);
    }

    private void modalities(Json.Builder out) {
        if (request.modalities().isEmpty()) {
            return;
        }
        if (request.client() == Dialect.OPENAI_CHAT) {
            out.put(
                    "modalities",
                    new Json.Arr(request.modalities().stream().map(Json::of).toList()));
        } else if (request.modalities().stream().anyMatch(modality -> !modality.equalsIgnoreCase("text"))) {
            throw losses.refused(
                    request.pathOf(Field.MODALITIES), "Only text can be given by the model " + target.model() + ".");
        }
    }

    private void field(Field field, Json value, Json.Builder out) {
        String path = request.pathOf(field);
        if (OWN.contains(field) && request.client() == Dialect.OPENAI_CHAT) {
            out.put(path, value);
        } else if (NEEDED.contains(field)) {
            if (value != Json.FALSE && value != Json.NULL && !value.equals(Json.Arr.of())) {
                throw losses.refused(path, "'" + path + "' is not supported by the model " + target.model() + ".");
            }
        } else if (field != Field.STORE) {
            losses.note(path, "unsupported");
        }
    }

    private void extras(Json.Builder out) {
        boolean own = request.extras().dialect() == Dialect.OPENAI_CHAT;
        for (Map.Entry<String, Json> extra : request.extras().fields().fields().entrySet()) {
            if (!own) {
                losses.note(extra.getKey(), "unsupported");
            } else if (!extra.getKey().equals("stream_options")) {
                out.put(extra.getKey(), extra.getValue());
            }
        }
    }
}
