package dev.sluice.protocol.gemini;

import dev.sluice.model.ChatRequest;
import dev.sluice.model.Dialect;
import dev.sluice.model.Extras;
import dev.sluice.model.Field;
import dev.sluice.model.Json;
import dev.sluice.protocol.Outline;
import dev.sluice.protocol.seal.Seal;
import dev.sluice.protocol.translate.OwnExtras;
import dev.sluice.protocol.translate.Shape;
import dev.sluice.protocol.translate.WrongShape;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/// A client's body to a request. Throws `WrongShape`. One per request.
final class RequestReader {
    private static final Set<String> KNOWN = Set.of(
            "model",
            "contents",
            "systemInstruction",
            "tools",
            "toolConfig",
            "generationConfig",
            "safetySettings",
            "cachedContent",
            "labels",
            "serviceTier",
            "store");

    private final Shape body;
    private final Outline outline;
    private final Seal seal;
    private final Unmodelled unmodelled = new Unmodelled();
    private final ChatRequest.Builder request = new ChatRequest.Builder(Dialect.GEMINI);

    /// What no other dialect has a place for, by its path.
    static final class Unmodelled {
        private final Map<String, Json> fields = new LinkedHashMap<>();

        void keep(String path, Json value) {
            fields.put(path, value);
        }

        /// Keeps what the object holds beside the known fields.
        void keepRest(Shape holder, Set<String> known) {
            holder.rest(known).fields().forEach((name, value) -> keep(holder.at(OwnExtras.quoted(name)), value));
        }

        Extras extras() {
            return new Extras(Dialect.GEMINI, new Json.Obj(fields));
        }
    }

    RequestReader(Json.Obj body, String path, Outline outline, Seal seal) {
        this.body = ProtoJson.shape(new Shape(body, path));
        this.outline = outline;
        this.seal = seal;
    }

    ChatRequest read() {
        if (body.json().present("cachedContent") != null) {
            throw WrongShape.at(
                    body.at("cachedContent"),
                    "'" + body.at("cachedContent")
                            + "' names contents cached at one provider, which another model cannot be given.");
        }
        if (body.json().present("contents") == null) {
            throw body.wrong("contents", "an array");
        }
        request.model(outline.model()).stream(outline.stream());
        new ContentReader(seal, unmodelled).read(body, request);
        new ToolReader(unmodelled).read(body, request);
        new ConfigReader(unmodelled).read(body, request);
        hints();
        unmodelled.keepRest(body, KNOWN);
        return request.extras(unmodelled.extras()).build();
    }

    private void hints() {
        Map<String, String> labels = new LinkedHashMap<>();
        Shape pairs = body.object("labels");
        if (pairs != null) {
            for (String key : pairs.json().fields().keySet()) {
                String value = pairs.text(key);
                if (value != null) {
                    labels.put(key, value);
                }
            }
            request.metadata(labels).path(Field.METADATA, body.at("labels"));
        }
        String tier = body.text("serviceTier");
        if (tier != null) {
            request.serviceTier(tier).path(Field.SERVICE_TIER, body.at("serviceTier"));
        }
        Json store = body.json().present("store");
        if (store != null) {
            request.field(Field.STORE, body.at("store"), store);
        }
        Json safety = body.json().present("safetySettings");
        if (safety != null) {
            Json.Obj own = Json.object().put("safetySettings", safety).build();
            request.hints(new Extras(
                    Dialect.GEMINI, Json.object().put(body.path(), own).build()));
        }
    }
}
