package dev.sluice.protocol.ollama;

import dev.sluice.model.ChatRequest;
import dev.sluice.model.Dialect;
import dev.sluice.model.Field;
import dev.sluice.model.Json;
import dev.sluice.model.Tool;
import dev.sluice.model.ToolChoice;
import dev.sluice.protocol.translate.Losses;
import dev.sluice.protocol.translate.TextTool;
import dev.sluice.protocol.translate.ToolNames;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A request's tools as Ollama's functions. There is no choice among tools there: a wish for none, or for some of them, is
/// kept by offering no others; that one must be called cannot be said.
final class ToolWriter {
    private final ChatRequest request;
    private final Losses losses;
    private final ToolNames names;
    private final List<Json> written = new ArrayList<>();

    ToolWriter(ChatRequest request, Losses losses, ToolNames names) {
        this.request = request;
        this.losses = losses;
        this.names = names;
    }

    /// The target's name of a tool, the same in definitions and history.
    static String name(ToolNames names, String name, @Nullable String namespace, Tool.Kind kind) {
        String property = kind == Tool.Kind.CUSTOM ? TextTool.PROPERTY : null;
        String flat = namespace == null ? name : namespace + "__" + name;
        return names.toTarget(new ToolNames.Original(name, namespace, kind, property), flat);
    }

    @Nullable
    Json tools() {
        request.tools().forEach(tool -> add(tool, null));
        switch (request.toolChoice()) {
            case ToolChoice.Unset _, ToolChoice.Auto _, ToolChoice.None _ -> {}
            case ToolChoice.Required _, ToolChoice.Named _ -> losses.drop(request.pathOf(Field.TOOL_CHOICE));
            case ToolChoice.Allowed(List<String> _, boolean required) -> {
                if (required) {
                    losses.drop(request.pathOf(Field.TOOL_CHOICE));
                }
            }
        }
        if (Boolean.FALSE.equals(request.parallelTools()) && !written.isEmpty()) {
            losses.drop(request.pathOf(Field.PARALLEL_TOOLS));
        }
        return written.isEmpty() ? null : new Json.Arr(written);
    }

    private boolean isOffered(String name) {
        return switch (request.toolChoice()) {
            case ToolChoice.Unset _, ToolChoice.Auto _, ToolChoice.Required _ -> true;
            case ToolChoice.None _ -> false;
            case ToolChoice.Named(String chosen, Tool.Kind _) -> chosen.equals(name);
            case ToolChoice.Allowed(List<String> allowed, boolean _) -> allowed.contains(name);
        };
    }

    private void add(Tool tool, @Nullable String namespace) {
        switch (tool) {
            case Tool.Namespace group -> group.tools().forEach(inner -> add(inner, group.name()));
            case Tool.Native foreign -> losses.serverTool(foreign.mark().path(), foreign.name());
            case Tool.Function function -> {
                put(function, namespace, Tool.Kind.FUNCTION, function.description(), schema(function.schema()));
                if (Boolean.TRUE.equals(function.strict()) && isOffered(function.name())) {
                    losses.drop(strictPath(function));
                }
            }
            case Tool.Custom custom ->
                put(custom, namespace, Tool.Kind.CUSTOM, TextTool.description(custom), TextTool.schema());
        }
    }

    private String strictPath(Tool.Function function) {
        return function.mark().path() + (request.client() == Dialect.OPENAI_CHAT ? ".function.strict" : ".strict");
    }

    private void put(
            Tool tool, @Nullable String namespace, Tool.Kind kind, @Nullable String description, Json.Obj schema) {
        String name = name(names, tool.name(), namespace, kind);
        if (!isOffered(tool.name())) {
            return;
        }
        Json.Obj function = Json.object()
                .put("name", name)
                .putIf("description", description)
                .put("parameters", schema)
                .build();
        written.add(
                Json.object().put("type", "function").put("function", function).build());
    }

    private static Json.Obj schema(Json.@Nullable Obj schema) {
        return schema != null && !schema.isEmpty()
                ? schema
                : Json.object()
                        .put("type", "object")
                        .put("properties", Json.Obj.EMPTY)
                        .build();
    }
}
