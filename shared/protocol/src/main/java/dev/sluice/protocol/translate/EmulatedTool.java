package dev.sluice.protocol.translate;

import dev.sluice.model.Json;
import dev.sluice.model.Tool;
import dev.sluice.protocol.json.JsonText;
import org.jspecify.annotations.Nullable;

/// A custom tool where only functions are known: one string property carries its text, its grammar is told in words.
public final class EmulatedTool {
    /// The property that carries a custom tool's text.
    public static final String INPUT = "input";

    /// The parameters of every emulated tool.
    public static final Json.Obj SCHEMA = Json.object()
            .put("type", "object")
            .put(
                    "properties",
                    Json.object()
                            .put(
                                    INPUT,
                                    Json.object()
                                            .put("type", "string")
                                            .put("description", "The tool's whole input, as plain text.")
                                            .build())
                            .build())
            .put("required", Json.Arr.of(Json.of(INPUT)))
            .put("additionalProperties", false)
            .build();

    private EmulatedTool() {}

    /// What the model is told of the tool: its description and the grammar its text must match.
    public static @Nullable String description(Tool.Custom custom) {
        Tool.Grammar grammar = custom.grammar();
        if (grammar == null) {
            return custom.description();
        }
        String rule = "The input must match this " + grammar.syntax() + " grammar:\n" + grammar.definition();
        return custom.description() == null ? rule : custom.description() + "\n\n" + rule;
    }

    /// A past call's text as the arguments of the function that stands for the tool.
    public static Json.Obj arguments(String text) {
        return Json.object().put(INPUT, text).build();
    }

    /// Those arguments as JSON text.
    public static String argumentsText(String text) {
        return JsonText.print(arguments(text));
    }
}
