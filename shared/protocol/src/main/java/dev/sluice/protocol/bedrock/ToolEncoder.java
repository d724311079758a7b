package dev.sluice.protocol.bedrock;

import dev.sluice.model.Block;
import dev.sluice.model.ChatRequest;
import dev.sluice.model.Field;
import dev.sluice.model.Json;
import dev.sluice.model.Message;
import dev.sluice.model.Tool;
import dev.sluice.model.ToolChoice;
import dev.sluice.protocol.translate.Losses;
import dev.sluice.protocol.translate.SchemaRoot;
import dev.sluice.protocol.translate.TextTool;
import dev.sluice.protocol.translate.ToolNames;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The field `toolConfig`, which must be there as soon as the conversation holds a call.
final class ToolEncoder {
    /// The one tool that Bedrock runs itself.
    private static final String SEARCH = "nova_grounding";

    private final ChatRequest request;
    private final Converse converse;
    private final ToolNames names;
    private final Losses losses;
    private final List<Json> encoded = new ArrayList<>();

    /// The names that tools have here, by what a client may choose them by.
    private final Map<String, String> chosenBy = new HashMap<>();

    ToolEncoder(Converse converse) {
        this.request = converse.request();
        this.converse = converse;
        this.names = converse.names();
        this.losses = converse.losses();
    }

    /// Null: no tools are offered, and none were called.
    Json.@Nullable Obj config() {
        Map<String, Block.ToolCall> called = called();
        boolean mayCall = !(request.toolChoice() instanceof ToolChoice.None);
        if (mayCall || !called.isEmpty()) {
            request.tools().forEach(tool -> tool(tool, null));
            Json search = request.fields().get(Field.WEB_SEARCH);
            if (search != null && search != Json.NULL && search != Json.FALSE) {
                webSearch(request.pathOf(Field.WEB_SEARCH), "web_search");
            }
        }
        if (encoded.isEmpty()) {
            called.forEach(this::former);
        }
        if (!mayCall && !request.tools().isEmpty() && !called.isEmpty()) {
            losses.drop(
                    request.pathOf(Field.TOOL_CHOICE)); // the target cannot be told; without tools it has none to call
        }
        if (Boolean.FALSE.equals(request.parallelTools()) && !encoded.isEmpty()) {
            losses.drop(request.pathOf(Field.PARALLEL_TOOLS));
        }
        return encoded.isEmpty()
                ? null
                : Json.object()
                        .put("tools", Json.array(encoded))
                        .putIf("toolChoice", choice())
                        .build();
    }

    /// The tools that the conversation has called, by their names here.
    private Map<String, Block.ToolCall> called() {
        Map<String, Block.ToolCall> called = new LinkedHashMap<>();
        for (Message message : request.messages()) {
            for (Block block : message.blocks()) {
                if (block instanceof Block.ToolCall call) {
                    called.putIfAbsent(TextTool.flat(call.namespace(), call.name()), call);
                }
            }
        }
        return called;
    }

    private void tool(Tool tool, @Nullable String namespace) {
        switch (tool) {
            case Tool.Function function -> function(function, namespace);
            case Tool.Custom custom -> custom(custom, namespace);
            case Tool.Namespace group ->
                group.tools()
                        .forEach(inner ->
                                tool(inner, namespace == null ? group.name() : TextTool.flat(namespace, group.name())));
            case Tool.Native known -> {
                if (known.purpose() == Tool.Purpose.WEB_SEARCH) {
                    webSearch(known.mark().path(), known.name());
                } else {
                    losses.serverTool(known.mark().path(), known.name());
                }
            }
        }
    }

    private boolean isLeftOut(String name, @Nullable String namespace) {
        return request.toolChoice() instanceof ToolChoice.Allowed(List<String> allowed, boolean _)
                && !allowed.contains(name)
                && !allowed.contains(TextTool.flat(namespace, name));
    }

    private void function(Tool.Function function, @Nullable String namespace) {
        if (!isLeftOut(function.name(), namespace)) {
            ToolNames.Original original = new ToolNames.Original(function.name(), namespace, Tool.Kind.FUNCTION, null);
            spec(original, function.description(), SchemaRoot.of(function.schema()), function.strict());
            converse.cache().add(encoded, function.mark());
        }
    }

    private void custom(Tool.Custom custom, @Nullable String namespace) {
        if (!isLeftOut(custom.name(), namespace)) {
            ToolNames.Original original =
                    new ToolNames.Original(custom.name(), namespace, Tool.Kind.CUSTOM, TextTool.PROPERTY);
            spec(original, TextTool.description(custom), TextTool.schema(), null);
            converse.cache().add(encoded, custom.mark());
        }
    }

    /// A tool that was called earlier and is not offered any more: the target wants to know it all the same.
    private void former(String flat, Block.ToolCall call) {
        boolean isCustom = call.kind() == Tool.Kind.CUSTOM;
        ToolNames.Original original =
                new ToolNames.Original(call.name(), call.namespace(), call.kind(), isCustom ? TextTool.PROPERTY : null);
        Json.Obj schema = isCustom ? TextTool.schema() : SchemaRoot.of(null);
        spec(original, "Was available earlier in this conversation. Do not call it.", schema, null);
    }

    private void spec(
            ToolNames.Original original, @Nullable String description, Json.Obj schema, @Nullable Boolean strict) {
        String flat = TextTool.flat(original.namespace(), original.name());
        String name = names.toTarget(original, flat);
        chosenBy.putIfAbsent(original.name(), name);
        chosenBy.put(flat, name);
        Json.Builder spec = Json.object().put("name", name);
        if (description != null && !description.isBlank()) {
            spec.put("description", description);
        }
        spec.put("inputSchema", Json.object().put("json", schema).build());
        spec.when(Boolean.TRUE.equals(strict), tool -> tool.put("strict", true));
        encoded.add(Json.object().put("toolSpec", spec.build()).build());
    }

    private void webSearch(String path, String name) {
        if (converse.caps().webSearch()) {
            Json.Obj tool = Json.object().put("name", SEARCH).build();
            encoded.add(Json.object().put("systemTool", tool).build());
        } else {
            losses.serverTool(path, name);
        }
    }

    private Json.@Nullable Obj choice() {
        return switch (request.toolChoice()) {
            case ToolChoice.Unset _, ToolChoice.None _ -> null;
            case ToolChoice.Auto _ -> choice("auto", Json.Obj.EMPTY);
            case ToolChoice.Required _ -> choice("any", Json.Obj.EMPTY);
            case ToolChoice.Allowed(List<String> _, boolean required) ->
                choice(required ? "any" : "auto", Json.Obj.EMPTY);
            case ToolChoice.Named(String name, Tool.Kind _) -> named(name);
        };
    }

    private Json.@Nullable Obj named(String name) {
        String here = chosenBy.get(name);
        if (here == null) {
            losses.drop(request.pathOf(Field.TOOL_CHOICE));
            return null;
        }
        return choice("tool", Json.object().put("name", here).build());
    }

    private static Json.Obj choice(String kind, Json.Obj value) {
        return Json.object().put(kind, value).build();
    }

    /// Whether that configuration leaves the model no answer but a call.
    static boolean isForced(Json.@Nullable Obj config) {
        Json.Obj choice = config == null ? null : config.object("toolChoice");
        return choice != null && !choice.has("auto");
    }
}
