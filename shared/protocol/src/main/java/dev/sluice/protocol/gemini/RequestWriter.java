package dev.sluice.protocol.gemini;

import dev.sluice.model.ChatRequest;
import dev.sluice.model.Dialect;
import dev.sluice.model.Field;
import dev.sluice.model.Json;
import dev.sluice.protocol.EncodedRequest;
import dev.sluice.protocol.TargetProfile;
import dev.sluice.protocol.json.JsonText;
import dev.sluice.protocol.translate.Losses;
import dev.sluice.protocol.translate.ToolNames;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A request to a body of this dialect, by the policy table PROTOCOL 2.2. Throws `WrongShape` for what must not be lost. One
/// per request.
final class RequestWriter {
    private static final int USUAL_NAME_MAX = 128;
    private static final String CONFIG = "generationConfig";

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
    private final ToolNames names;
    private final Json.Builder body = Json.object();

    RequestWriter(ChatRequest normalised, TargetProfile target) {
        this.request = normalised;
        this.target = target;
        this.losses = new Losses(target);
        Integer longest = target.capabilities().toolNameMax();
        this.names = new ToolNames(longest == null ? USUAL_NAME_MAX : longest);
    }

    EncodedRequest write() {
        ToolWriter tools = new ToolWriter(request, target, losses, names);
        Json.Builder toolFields = Json.object();
        tools.write(toolFields);
        new ContentWriter(request, target, losses, names).write(body);
        body.putAll(toolFields.build());
        Json.Builder config = Json.object();
        new ConfigWriter(request, target, losses).write(config);
        extras(config);
        if (!config.isEmpty()) {
            body.put(CONFIG, config.build());
        }
        hints();
        request.fields().forEach(this::field);
        String operation = request.stream() ? GeminiPath.STREAM : GeminiPath.GENERATE;
        return new EncodedRequest(
                GeminiPath.to(target.model(), operation),
                GeminiRequests.HEADERS,
                JsonText.bytes(body.build()),
                request.stream(),
                names,
                false,
                losses.degraded());
    }

    private void hints() {
        body.putIf("serviceTier", tier(request.serviceTier()));
        Json.Obj own = request.hints().dialect() == Dialect.GEMINI
                ? request.hints().fields().object("")
                : null;
        if (own != null) {
            body.putAll(own);
        }
        if (request.client() == Dialect.GEMINI && !request.metadata().isEmpty()) {
            Json.Builder labels = Json.object();
            request.metadata().forEach(labels::put);
            body.put("labels", labels.build());
        }
    }

    /// The tier in the provider's own words; null: it decides.
    private @Nullable String tier(@Nullable String wanted) {
        return switch (wanted) {
            case "flex", "FLEX" -> "flex";
            case "priority", "fast", "ultrafast", "PRIORITY" -> "priority";
            case "default", "standard", "standard_only", "STANDARD" -> "standard";
            case null, default -> null;
        };
    }

    private void field(Field field, Json value) {
        String path = request.pathOf(field);
        if (request.client() == Dialect.GEMINI && field == Field.AUDIO_OUT) {
            return;
        }
        if (NEEDED.contains(field)) {
            if (value != Json.FALSE && value != Json.NULL && !value.equals(Json.Arr.of())) {
                throw losses.refused(path, "'" + path + "' is not supported by the model " + target.model() + ".");
            }
        } else if (field == Field.STORE && request.client() == Dialect.GEMINI) {
            body.put("store", value);
        } else if (field != Field.STORE) {
            losses.note(path, "unsupported");
        }
    }

    private void extras(Json.Builder config) {
        boolean own = request.extras().dialect() == Dialect.GEMINI;
        for (Map.Entry<String, Json> extra : request.extras().fields().fields().entrySet()) {
            String path = extra.getKey();
            if (own && path.startsWith(CONFIG + ".")) {
                config.put(path.substring(CONFIG.length() + 1), extra.getValue());
            } else if (own && path.indexOf('.') < 0) {
                body.put(path, extra.getValue());
            } else {
                losses.note(path, "unsupported");
            }
        }
    }
}
