package dev.sluice.protocol.openai;

import dev.sluice.model.Json;
import dev.sluice.model.Tool;
import dev.sluice.protocol.translate.EmulatedTool;
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
                .putIf("description", EmulatedTool.description(tool))
                .put("parameters", EmulatedTool.SCHEMA)
                .build();
    }
}
