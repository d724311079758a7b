package dev.sluice.protocol.translate;

import dev.sluice.model.ChatRequest;
import dev.sluice.model.Dialect;
import dev.sluice.model.Json;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/// What a client said beyond the model, put back where it stood at a provider of its own dialect: fields by the path of the
/// object that holds them.
public final class OwnExtras {
    private static final char QUOTE = '\'';

    private final Map<String, Map<String, Json>> byHolder = new HashMap<>();

    /// A field's name as the last step of a path: in quotes where it could be read as more than one.
    public static String quoted(String name) {
        boolean isPlain = name.indexOf('.') < 0 && name.indexOf(QUOTE) < 0;
        return isPlain ? name : QUOTE + name + QUOTE;
    }

    /// Extras of other dialects are reported as lost.
    public static OwnExtras of(ChatRequest request, Dialect target, Losses losses) {
        OwnExtras extras = new OwnExtras();
        for (Map.Entry<String, Json> extra : request.extras().fields().fields().entrySet()) {
            String path = extra.getKey();
            if (request.extras().dialect() != target) {
                losses.drop(path);
                continue;
            }
            int quote = path.indexOf(QUOTE);
            int dot = (quote < 0 ? path : path.substring(0, quote)).lastIndexOf('.');
            String name = path.substring(dot + 1);
            extras.byHolder
                    .computeIfAbsent(dot < 0 ? "" : path.substring(0, dot), holder -> new LinkedHashMap<>())
                    .put(quote < 0 ? name : name.substring(1, name.length() - 1), extra.getValue());
        }
        return extras;
    }

    /// Adds to an object what stood beside its fields; empty path: the body itself.
    public Json.Builder addTo(Json.Builder object, String path) {
        Map<String, Json> fields = byHolder.get(path);
        if (fields != null) {
            fields.forEach(object::put);
        }
        return object;
    }
}
