package dev.sluice.protocol.vectors;

import dev.sluice.model.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// One conformance vector, as its file has it.
record Vector(
        Json.Obj json,
        String name,
        String kind,
        String source,
        String target,
        Json.Obj context,
        Json.Obj input,
        List<Json.Obj> steps,
        Json.Obj expect) {
    private static final Set<String> KEYS = Set.of(
            "name",
            "kind",
            "source",
            "target",
            "context",
            "input",
            "steps",
            "expect",
            "why",
            "tags",
            "refs",
            "nonconforming",
            "nonconforming_expect");
    private static final Set<String> CONTEXT = Set.of(
            "caps",
            "policy",
            "client_request",
            "store",
            "tool_name_map",
            "custom_tool_property",
            "json_tool_name",
            "model_alias",
            "fault",
            "client_raw",
            "credentials",
            "now",
            "region",
            "service");
    private static final Set<String> INPUT = Set.of(
            "headers",
            "path",
            "body",
            "status",
            "body_b64",
            "end",
            "frames",
            "raw",
            "generate",
            "b64",
            "method",
            "host",
            "model_id",
            "operation");
    private static final Set<String> STEP = Set.of(
            "do",
            "source",
            "target",
            "context",
            "body",
            "body_template",
            "capture",
            "asserts",
            "same_format_but_foreign_blocks");

    static Vector of(Json.Obj json) {
        return new Vector(
                json,
                json.text("name", "nameless"),
                json.text("kind", ""),
                json.text("source", ""),
                json.text("target", ""),
                objectOf(json, "context"),
                objectOf(json, "input"),
                objects(json.items("steps")),
                objectOf(json, "expect"));
    }

    /// Refuses keys that this suite does not know: what they ask would go unchecked.
    void requireKnownKeys() {
        requireKnown(json, KEYS);
        requireKnown(context, CONTEXT);
        requireKnown(input, INPUT);
        for (Json.Obj step : steps) {
            requireKnown(step, STEP);
            requireKnown(objectOf(step, "context"), CONTEXT);
        }
    }

    /// Checks the expectation's keys, as each kind has its own; notes are prose.
    void expectOnly(String... known) {
        requireKnown(expect, Set.of(known));
    }

    static void requireKnown(Json.Obj object, Set<String> known) {
        Set<String> unknown = new TreeSet<>(object.fields().keySet());
        unknown.removeAll(known);
        unknown.removeIf(key -> key.endsWith("_note") || key.equals("note") || key.equals("alt"));
        if (!unknown.isEmpty()) {
            throw new IllegalStateException("the runner does not know the key " + String.join(", ", unknown));
        }
    }

    static Json.Obj objectOf(Json.Obj object, String key) {
        Json.Obj inner = object.object(key);
        return inner == null ? Json.Obj.EMPTY : inner;
    }

    static List<Json.Obj> objects(List<Json> items) {
        List<Json.Obj> objects = new ArrayList<>();
        items.forEach(item -> objects.add((Json.Obj) item));
        return objects;
    }
}
