package dev.sluice.protocol.translate;

import dev.sluice.model.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Brings a tool's schema to the root that some dialects ask for: an object, without alternatives.
public final class SchemaRoot {
    private static final List<String> ALTERNATIVES = List.of("anyOf", "oneOf");
    private static final String ALL_OF = "allOf";
    private static final Json OBJECT = Json.of("object");

    private SchemaRoot() {}

    public static Json.Obj of(Json.@Nullable Obj schema) {
        if (schema == null) {
            return Json.object()
                    .put("type", OBJECT)
                    .put("properties", Json.Obj.EMPTY)
                    .build();
        }
        boolean isCombined = schema.has(ALL_OF) || ALTERNATIVES.stream().anyMatch(schema::has);
        Json.Obj flat = isCombined ? flattened(schema) : schema;
        return OBJECT.equals(flat.field("type")) ? flat : withType(flat);
    }

    private static Json.Obj withType(Json.Obj schema) {
        return Json.object().put("type", OBJECT).putAll(schema.without("type")).build();
    }

    /// One object that takes what any branch takes: looser than the original, as the model is told of every property
    /// but not of which belong together.
    private static Json.Obj flattened(Json.Obj schema) {
        Map<String, Json> properties = new LinkedHashMap<>(properties(schema));
        Set<Json> required = new LinkedHashSet<>(schema.items("required"));
        for (Json branch : schema.items(ALL_OF)) {
            if (branch instanceof Json.Obj part) {
                properties(part).forEach(properties::putIfAbsent);
                required.addAll(part.items("required"));
            }
        }
        for (String name : ALTERNATIVES) {
            Set<Json> common = null;
            for (Json branch : schema.items(name)) {
                if (branch instanceof Json.Obj part) {
                    properties(part).forEach(properties::putIfAbsent);
                    common = common == null ? new LinkedHashSet<>(part.items("required")) : retained(common, part);
                }
            }
            required.addAll(common == null ? Set.of() : common);
        }
        Json.Builder flat = Json.object().put("type", OBJECT);
        flat.putAll(schema.without("type", "anyOf", "oneOf", ALL_OF, "properties", "required"));
        flat.put("properties", new Json.Obj(properties));
        return flat.when(!required.isEmpty(), b -> b.put("required", Json.array(new ArrayList<>(required))))
                .build();
    }

    private static Set<Json> retained(Set<Json> common, Json.Obj branch) {
        common.retainAll(branch.items("required"));
        return common;
    }

    private static Map<String, Json> properties(Json.Obj schema) {
        Json.Obj properties = schema.object("properties");
        return properties == null ? Map.of() : properties.fields();
    }
}
