package dev.sluice.protocol.translate;

import dev.sluice.model.Block;
import dev.sluice.model.Json;
import dev.sluice.model.Tool;
import dev.sluice.protocol.json.JsonText;
import org.jspecify.annotations.Nullable;

/// A custom tool, whose input is plain text, as a function with one string: for targets that know functions only.
public final class TextTool {
    /// The property that carries the text.
    public static final String PROPERTY = "input";

    private TextTool() {}

    public static Json.Obj schema() {
        Json.Obj text = Json.object()
                .put("type", "string")
                .put("description", "The tool's whole input, as plain text.")
                .build();
        return Json.object()
                .put("type", "object")
                .put("properties", Json.object().put(PROPERTY, text).build())
                .put("required", Json.Arr.of(Json.of(PROPERTY)))
                .put("additionalProperties", false)
                .build();
    }

    /// What the client says of the tool, and its grammar in words.
    public static @Nullable String description(Tool.Custom custom) {
        Tool.Grammar grammar = custom.grammar();
        if (grammar == null) {
            return custom.description();
        }
        String rule = "The input must match this " + grammar.syntax() + " grammar:\n" + grammar.definition();
        return custom.description() == null ? rule : custom.description() + "\n\n" + rule;
    }

    /// A tool of a namespace under one name.
    public static String flat(@Nullable String namespace, String name) {
        return namespace == null || namespace.isEmpty() ? name : namespace + "__" + name;
    }

    /// The arguments of an earlier call as an object: what is none becomes an empty one.
    public static Json.Obj input(Block.ToolCall call) {
        return switch (call.kind()) {
            case CUSTOM -> arguments(call.arguments());
            case FUNCTION -> object(call.arguments());
        };
    }

    /// As above; that arguments are no object is told.
    public static Json.Obj input(Block.ToolCall call, Losses losses) {
        boolean isFunction = call.kind() == Tool.Kind.FUNCTION;
        if (isFunction && !call.arguments().isBlank() && JsonText.objectOrNull(call.arguments()) == null) {
            losses.change(call.mark().path(), "malformed");
        }
        return input(call);
    }

    /// A text as the arguments of the function that stands for the tool.
    public static Json.Obj arguments(String text) {
        return Json.object().put(PROPERTY, text).build();
    }

    /// Those arguments as JSON text.
    public static String argumentsText(String text) {
        return JsonText.print(arguments(text));
    }

    /// The object that the text is, an empty one when it is anything else.
    public static Json.Obj object(String arguments) {
        Json.Obj object = JsonText.objectOrNull(arguments);
        return object == null ? Json.Obj.EMPTY : object;
    }
}
