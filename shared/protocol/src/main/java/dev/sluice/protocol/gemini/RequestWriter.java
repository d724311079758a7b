package dev.sluice.protocol.gemini;

import dev.sluice.model.ChatRequest;
import dev.sluice.model.Dialect;
import dev.sluice.model.Field;
import dev.sluice.model.Json;
import dev.sluice.protocol.EncodedRequest;
import dev.sluice.protocol.TargetProfile;
import dev.sluice.protocol.json.JsonText;
import dev.sluice.protocol.translate.FormatInstruction;
import dev.sluice.protocol.translate.Losses;
import dev.sluice.protocol.translate.OwnExtras;
import dev.sluice.protocol.translate.SlotlessWishes;
import dev.sluice.protocol.translate.ToolNames;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A request to a body of this dialect, by the policy table PROTOCOL 2.2. Throws `WrongShape` for what must not be lost. One
/// per request.
final class RequestWriter {
    private static final int USUAL_NAME_MAX = 128;
    private static final String CONFIG = "generationConfig";

    /// What this dialect itself has a field for.
    private static final Set<Field> OWN = Set.of(Field.AUDIO_OUT, Field.STORE);

    private final ChatRequest request;
    private final TargetProfile target;
    private final Losses losses;
    private final ToolNames names;
    private final Json.Builder body = Json.object();

    RequestWriter(ChatRequest normalised, TargetProfile target) {
        this.target = target;
        this.losses = new Losses(target);
        this.request = FormatInstruction.spoken(normalised, target.capabilities(), true, losses);
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
        OwnExtras extras = OwnExtras.of(request, Dialect.GEMINI, losses);
        new ConfigWriter(request, target, losses, extras).write(config);
        extras.addTo(config, CONFIG);
        extras.addTo(body, "");
        if (!config.isEmpty()) {
            body.put(CONFIG, config.build());
        }
        hints();
        boolean isOwn = request.client() == Dialect.GEMINI;
        if (isOwn) {
            body.putIf("store", request.fields().get(Field.STORE));
        }
        SlotlessWishes.settle(request, isOwn ? OWN : Set.of(), losses);
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
}
