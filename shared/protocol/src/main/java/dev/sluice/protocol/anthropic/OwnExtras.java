package dev.sluice.protocol.anthropic;

import dev.sluice.model.ChatRequest;
import dev.sluice.model.Dialect;
import dev.sluice.model.Json;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/// What a Messages client said beyond the model, put back where it stood: fields by the path of the object that
/// holds them.
final class OwnExtras {
    private final Map<String, Map<String, Json>> byHolder = new HashMap<>();

    /// Extras of other dialects are reported as lost.
    static OwnExtras of(ChatRequest request, Losses losses) {
        OwnExtras extras = new OwnExtras();
        for (Map.Entry<String, Json> extra : request.extras().fields().fields().entrySet()) {
            String path = extra.getKey();
            if (request.extras().dialect() != Dialect.ANTHROPIC) {
                losses.drop(path);
                continue;
            }
            int dot = path.lastIndexOf('.');
            extras.byHolder
                    .computeIfAbsent(dot < 0 ? "" : path.substring(0, dot), holder -> new LinkedHashMap<>())
                    .put(path.substring(dot + 1), extra.getValue());
        }
        return extras;
    }

    /// Adds to an object what stood beside its fields; empty path: the body itself.
    Json.Builder addTo(Json.Builder object, String path) {
        Map<String, Json> fields = byHolder.get(path);
        if (fields != null) {
            fields.forEach(object::put);
        }
        return object;
    }
}
