package dev.sluice.protocol.openai.responses;

import dev.sluice.model.Json;
import dev.sluice.model.StreamEvent.Opening;
import dev.sluice.model.Tool;
import dev.sluice.protocol.json.JsonText;
import dev.sluice.protocol.translate.PropertyText;
import dev.sluice.protocol.translate.ToolNames;
import org.jspecify.annotations.Nullable;

/// A provider's call of a tool that the client runs, under the client's name for it.
///
/// @param property that carries the tool's free text, where a function stands for a custom tool
record CallItem(Opening.ToolCall opening, @Nullable String property) {
    static CallItem of(Json.Obj item, ToolNames names) {
        ToolNames.Original original = names.toClient(item.text("name", ""));
        boolean isCustom = item.text("type", "").equals("custom_tool_call");
        String namespace = item.text("namespace");
        Opening.ToolCall opening = new Opening.ToolCall(
                item.text("call_id", item.text("id", "")),
                original.name(),
                namespace == null ? original.namespace() : namespace,
                isCustom ? Tool.Kind.CUSTOM : original.kind(),
                null);
        return new CallItem(opening, isCustom ? null : original.property());
    }

    /// A reader of the free text; null where the arguments are what they are.
    @Nullable
    PropertyText text() {
        return property == null ? null : new PropertyText(property);
    }

    static boolean isCall(Json.Obj item) {
        String type = item.text("type", "");
        return type.equals("function_call") || type.equals("custom_tool_call");
    }

    static String arguments(Json.Obj item) {
        if (item.field("arguments") instanceof Json.Obj object) {
            return JsonText.print(object);
        }
        return item.text("arguments", item.text("input", ""));
    }
}
