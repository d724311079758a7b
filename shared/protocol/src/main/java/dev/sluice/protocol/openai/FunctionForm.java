package dev.sluice.protocol.openai;

import dev.sluice.model.Json;
import dev.sluice.model.Tool;
import dev.sluice.protocol.translate.TextTool;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Tools as functions of OpenAI's dialects: schemas made whole, and a custom tool as a function with one string.
public final class FunctionForm {
    private static final Json.Obj NO_PARAMETERS = Json.object()
            .put("type", "object")
            .put("properties", Json.Obj.EMPTY)
            .build();

    private FunctionForm() {}

    /// The schema that a target takes for a function without one, or for one that leaves its properties out.
    public static Json.Obj schema(Json.@Nullable Obj schema) {
        if (schema == null) {
            return NO_PARAMETERS;
        }
        boolean isObject = schema.text("type", "object").equals("object");
        if (schema.has("properties") || schema.has("$ref") || schema.has("anyOf") || !isObject) {
            return schema;
        }
        return (schema.has("type") ? schema : schema.with("type", Json.of("object")))
                .with("properties", Json.Obj.EMPTY);
    }

    /// `name`, `description` and `parameters` of the function that stands for a custom tool.
    public static Json.Obj of(String name, Tool.Custom tool) {
        return Json.object()
                .put("name", name)
                .putIf("description", TextTool.description(tool))
                .put("parameters", TextTool.schema())
                .build();
    }

    /// The tools of those names that are offered, as a choice of tools refers to them.
    public static List<Json> references(List<String> names, Map<String, Json.Obj> offered) {
        return names.stream()
                .filter(offered::containsKey)
                .<Json>map(offered::get)
                .toList();
    }
}
