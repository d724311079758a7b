package dev.sluice.protocol.gemini;

import dev.sluice.model.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// JSON Schema in the dialect's own subset of OpenAPI, for servers that know no other: turned where it can be, else left out.
///
/// References are put in place; one that leads back to itself, deeper than a schema is read or to more than a schema may hold
/// allows any object.
final class SubsetSchema {
    private static final int DEEPEST = 12;
    private static final int MOST = 2000;
    private static final Set<String> KEPT = Set.of(
            "title",
            "description",
            "maxItems",
            "minItems",
            "required",
            "minProperties",
            "maxProperties",
            "minLength",
            "maxLength",
            "pattern",
            "default",
            "minimum",
            "maximum");
    private static final Set<String> FORMATS = Set.of("int32", "int64", "float", "double", "date-time");

    private final Json.Obj root;
    private int read;

    private SubsetSchema(Json.Obj root) {
        this.root = root;
    }

    static Json.Obj of(Json.Obj schema) {
        return new SubsetSchema(schema).converted(schema, 0);
    }

    private Json.Obj converted(Json value, int depth) {
        Json.Obj schema = value instanceof Json.Obj object && read < MOST ? merged(object, depth) : null;
        if (schema == null || depth > DEEPEST || read++ > MOST) {
            return Json.object().put("type", "OBJECT").build();
        }
        Json.Builder out = Json.object();
        type(schema, out, depth);
        for (Map.Entry<String, Json> field : schema.fields().entrySet()) {
            keyword(field.getKey(), field.getValue(), out, depth);
        }
        return out.build();
    }

    /// The schema with what it refers to and what it is put together from.
    private Json.Obj merged(Json.Obj schema, int depth) {
        Json.Obj whole = schema;
        String reference = schema.text("$ref");
        if (reference != null) {
            Json.Obj target = depth > DEEPEST || read++ > MOST ? null : resolved(reference);
            whole = target == null ? schema.without("$ref") : and(merged(target, depth + 1), schema.without("$ref"));
        }
        for (Json part : whole.items("allOf")) {
            if (part instanceof Json.Obj object && depth <= DEEPEST && read++ < MOST) {
                whole = and(merged(object, depth + 1), whole);
            }
        }
        return whole;
    }

    private static Json.Obj and(Json.Obj first, Json.Obj second) {
        Json.Obj properties = first.object("properties");
        Json.Obj more = second.object("properties");
        Json.Obj both = Json.object().putAll(first).putAll(second).build();
        return properties == null || more == null
                ? both
                : both.with(
                        "properties",
                        Json.object().putAll(properties).putAll(more).build());
    }

    private Json.@Nullable Obj resolved(String reference) {
        Json at = reference.startsWith("#") ? root : null;
        for (String step : Pieces.of(reference.substring(Math.min(1, reference.length())), '/')) {
            if (!step.isEmpty()) {
                at = at instanceof Json.Obj object
                        ? object.field(step.replace("~1", "/").replace("~0", "~"))
                        : null;
            }
        }
        return at instanceof Json.Obj found && found != root ? found : null;
    }

    private void type(Json.Obj schema, Json.Builder out, int depth) {
        List<String> types = new ArrayList<>();
        boolean nullable = schema.isTrue("nullable");
        List<Json> named = schema.field("type") instanceof Json.Str one ? List.of(one) : schema.items("type");
        for (Json item : named) {
            String name = item instanceof Json.Str(String text) ? text : "";
            nullable |= name.equals("null");
            if (!name.isEmpty() && !name.equals("null")) {
                types.add(name.toUpperCase(Locale.ROOT));
            }
        }
        if (types.size() == 1) {
            out.put("type", types.getFirst());
        } else if (types.isEmpty() && (schema.has("properties") || depth == 0)) {
            out.put("type", "OBJECT");
        } else if (types.isEmpty() && (schema.has("enum") || schema.has("const"))) {
            out.put("type", "STRING");
        } else if (types.size() > 1) {
            List<Json> either = new ArrayList<>();
            types.forEach(name -> either.add(Json.object().put("type", name).build()));
            out.put("anyOf", new Json.Arr(either));
        }
        if (nullable) {
            out.put("nullable", true);
        }
    }

    private void keyword(String name, Json value, Json.Builder out, int depth) {
        switch (name) {
            case "properties" -> {
                if (value instanceof Json.Obj properties) {
                    Json.Builder each = Json.object();
                    properties.fields().forEach((property, inner) -> each.put(property, converted(inner, depth + 1)));
                    out.put(name, each.build());
                }
            }
            case "items" -> out.put(name, converted(value, depth + 1));
            case "anyOf", "oneOf" -> alternatives(value, out, depth);
            case "enum" -> texts(value instanceof Json.Arr(List<Json> items) ? items : List.of(), out);
            case "const" -> texts(List.of(value), out);
            case "exclusiveMinimum" -> bound("minimum", value, out);
            case "exclusiveMaximum" -> bound("maximum", value, out);
            case "format" -> {
                if (value instanceof Json.Str(String format) && FORMATS.contains(format)) {
                    out.put(name, value);
                }
            }
            default -> {
                if (KEPT.contains(name)) {
                    out.put(name, value);
                }
            }
        }
    }

    private void alternatives(Json value, Json.Builder out, int depth) {
        List<Json> either = new ArrayList<>();
        for (Json item : value instanceof Json.Arr(List<Json> items) ? items : List.<Json>of()) {
            if (item instanceof Json.Obj object && Json.of("null").equals(object.field("type"))) {
                out.put("nullable", true);
            } else {
                either.add(converted(item, depth + 1));
            }
        }
        if (!either.isEmpty()) {
            out.put("anyOf", new Json.Arr(either));
        }
    }

    /// Only texts can be enumerated.
    private static void texts(List<Json> values, Json.Builder out) {
        List<Json> texts = values.stream().filter(Json.Str.class::isInstance).toList();
        if (!texts.isEmpty() && texts.size() == values.size()) {
            out.put("enum", new Json.Arr(texts));
        }
    }

    private static void bound(String name, Json value, Json.Builder out) {
        if (value instanceof Json.Num) {
            out.put(name, value); // the bound itself is let in: a number next to it depends on the type
        }
    }
}
