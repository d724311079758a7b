package dev.sluice.protocol.openai;

import dev.sluice.model.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Whether a JSON schema has the form that `strict: true` demands: every object closed, every property required.
public final class StrictSchema {
    private StrictSchema() {}

    public static boolean isStrict(Json.Obj schema) {
        return schema.text("type", "").equals("object") && isStrictPart(schema);
    }

    private static boolean isStrictPart(Json value) {
        if (!(value instanceof Json.Obj schema)) {
            return !(value instanceof Json.Bool);
        }
        boolean isObject = schema.has("properties") || schema.text("type", "").equals("object");
        return (!isObject || isClosed(schema))
                && all(schema.object("properties"))
                && all(schema.object("$defs"))
                && all(schema.object("definitions"))
                && each(schema.items("anyOf"))
                && schema.items("oneOf").isEmpty()
                && schema.items("allOf").isEmpty()
                && isStrictItem(schema.field("items"));
    }

    private static boolean isStrictItem(@Nullable Json item) {
        return item == null || isStrictPart(item);
    }

    private static boolean isClosed(Json.Obj schema) {
        Json.Obj properties = schema.object("properties");
        List<Json> required = schema.items("required");
        return schema.field("additionalProperties") == Json.FALSE
                && (properties == null
                        || properties.fields().keySet().stream().allMatch(name -> required.contains(Json.of(name))));
    }

    private static boolean all(Json.@Nullable Obj parts) {
        return parts == null || parts.fields().values().stream().allMatch(StrictSchema::isStrictPart);
    }

    private static boolean each(List<Json> parts) {
        return parts.stream().allMatch(StrictSchema::isStrictPart);
    }
}
