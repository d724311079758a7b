package dev.sluice.protocol.openai;

import dev.sluice.model.Json;
import dev.sluice.model.Tool;
import org.jspecify.annotations.Nullable;

/// Tools as functions of OpenAI's dialects: schemas made whole, and a custom tool as a function with one string.
public final class FunctionForm {
    /// The property that carries a custom tool's text where the target knows functions only.
    public static final String INPUT = "input";

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
        StringBuilder description = new StringBuilder(tool.description() == null ? "" : tool.description());
        Tool.Grammar grammar = tool.grammar();
        if (grammar != null) {
            description.append("\n\nThe text in \"").append(INPUT).append("\" must follow this ");
            description.append(grammar.syntax()).append(" grammar:\n").append(grammar.definition());
        }
        Json.Obj property = Json.object()
                .put("type", "string")
                .put("description", "The tool's whole input as plain text.")
                .build();
        Json.Obj parameters = Json.object()
                .put("type", "object")
                .put("properties", Json.object().put(INPUT, property).build())
                .put("required", Json.Arr.of(Json.of(INPUT)))
                .put("additionalProperties", false)
                .build();
        return Json.object()
                .put("name", name)
                .put("description", description.toString().strip())
                .put("parameters", parameters)
                .build();
    }

    /// The arguments of a call of that function.
    public static Json.Obj arguments(String input) {
        return Json.object().put(INPUT, input).build();
    }
}
