package dev.sluice.protocol.gemini;

import dev.sluice.model.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// The dialect's own subset of OpenAPI schemas as JSON Schema.
final class OpenApiSchema {
    /// Whole numbers of 64 bits, which may come as strings.
    private static final Set<String> COUNTS =
            Set.of("minItems", "maxItems", "minLength", "maxLength", "minProperties", "maxProperties");

    private OpenApiSchema() {}

    static Json.Obj toJsonSchema(Json.Obj schema) {
        Json.Obj own = ProtoJson.camel(schema);
        Map<String, Json> out = new LinkedHashMap<>();
        own.fields().forEach((name, value) -> keyword(name, value, out));
        return own.isTrue("nullable") ? nullable(new Json.Obj(out)) : new Json.Obj(out);
    }

    private static void keyword(String name, Json value, Map<String, Json> out) {
        switch (name) {
            case "nullable", "propertyOrdering" -> {}
            case "type" -> {
                if (!(value instanceof Json.Str(String type) && type.equals("TYPE_UNSPECIFIED"))) {
                    out.put(name, lowered(value));
                }
            }
            case "format" -> {
                if (!Json.of("enum").equals(value)) {
                    out.put(name, value);
                }
            }
            case "properties", "defs" ->
                out.put(
                        name.equals("defs") ? "$defs" : name,
                        value instanceof Json.Obj properties ? each(properties) : value);
            case "items" -> out.put(name, nested(value));
            case "anyOf" ->
                out.put(
                        name,
                        value instanceof Json.Arr(List<Json> items)
                                ? Json.array(items.stream()
                                        .map(OpenApiSchema::nested)
                                        .toList())
                                : value);
            case "example" -> out.put("examples", Json.Arr.of(value));
            case "ref" -> out.put("$ref", value);
            default -> out.put(name, COUNTS.contains(name) ? counted(value) : value);
        }
    }

    private static Json lowered(Json type) {
        return type instanceof Json.Str(String word) ? Json.of(word.toLowerCase(Locale.ROOT)) : type;
    }

    private static Json nested(Json value) {
        return value instanceof Json.Obj schema ? toJsonSchema(schema) : value;
    }

    private static Json each(Json.Obj properties) {
        Json.Builder out = Json.object();
        properties.fields().forEach((name, value) -> out.put(name, nested(value)));
        return out.build();
    }

    private static Json counted(Json value) {
        boolean isNumber = value instanceof Json.Str(String digits)
                && !digits.isEmpty()
                && digits.length() < 19
                && digits.chars().allMatch(c -> c >= '0' && c <= '9');
        return isNumber ? new Json.Num(((Json.Str) value).value()) : value;
    }

    private static Json.Obj nullable(Json.Obj schema) {
        Json.Obj out = schema;
        if (schema.field("type") instanceof Json.Str type) {
            out = out.with("type", Json.Arr.of(type, Json.of("null")));
        } else if (schema.field("anyOf") instanceof Json.Arr(List<Json> items)) {
            List<Json> more = new ArrayList<>(items);
            more.add(Json.object().put("type", "null").build());
            out = out.with("anyOf", new Json.Arr(more));
        }
        if (schema.field("enum") instanceof Json.Arr(List<Json> values) && !values.contains(Json.NULL)) {
            List<Json> more = new ArrayList<>(values);
            more.add(Json.NULL);
            out = out.with("enum", new Json.Arr(more));
        }
        return out;
    }
}
