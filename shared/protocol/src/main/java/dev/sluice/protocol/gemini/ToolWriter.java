package dev.sluice.protocol.gemini;

import dev.sluice.model.Capabilities;
import dev.sluice.model.ChatRequest;
import dev.sluice.model.Dialect;
import dev.sluice.model.Field;
import dev.sluice.model.Json;
import dev.sluice.model.Tool;
import dev.sluice.model.ToolChoice;
import dev.sluice.protocol.TargetProfile;
import dev.sluice.protocol.translate.Losses;
import dev.sluice.protocol.translate.TextTool;
import dev.sluice.protocol.translate.ToolNames;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A request's tools as function declarations: namespaces flattened, custom tools emulated, foreign tools mapped or dropped.
final class ToolWriter {
    private final ChatRequest request;
    private final TargetProfile target;
    private final Losses losses;
    private final ToolNames names;
    private final List<Json> functions = new ArrayList<>();
    private final List<Json> others = new ArrayList<>();
    private final Map<String, String> targetNames = new LinkedHashMap<>();

    ToolWriter(ChatRequest request, TargetProfile target, Losses losses, ToolNames names) {
        this.request = request;
        this.target = target;
        this.losses = losses;
        this.names = names;
    }

    /// The target's name of a tool, the same in declarations, choices and history. It may not begin with a digit.
    static String name(ToolNames names, String name, @Nullable String namespace, Tool.Kind kind) {
        String flat = TextTool.flat(namespace, name);
        boolean beginsWell = !flat.isEmpty() && (Character.isLetter(flat.charAt(0)) || flat.charAt(0) == '_');
        String property = kind == Tool.Kind.CUSTOM ? TextTool.PROPERTY : null;
        return names.toTarget(
                new ToolNames.Original(name, namespace, kind, property),
                beginsWell ? flat : "_" + flat + "_" + ToolNames.hash(flat));
    }

    void write(Json.Builder body) {
        request.tools().forEach(tool -> add(tool, null));
        List<Json> tools = new ArrayList<>();
        if (!functions.isEmpty()) {
            tools.add(Json.object()
                    .put("functionDeclarations", new Json.Arr(functions))
                    .build());
        }
        tools.addAll(others);
        if (!tools.isEmpty()) {
            body.put("tools", new Json.Arr(tools));
        }
        Json.Obj choice = functions.isEmpty() ? null : choice(request.toolChoice());
        if (functions.isEmpty()
                && isForced(request.toolChoice())
                && !request.tools().isEmpty()) {
            losses.drop(request.pathOf(Field.TOOL_CHOICE));
        }
        if (choice != null) {
            body.put(
                    "toolConfig",
                    Json.object().put("functionCallingConfig", choice).build());
        }
        if (Boolean.FALSE.equals(request.parallelTools()) && !functions.isEmpty()) {
            losses.drop(request.pathOf(Field.PARALLEL_TOOLS));
        }
    }

    private static boolean isForced(ToolChoice choice) {
        return switch (choice) {
            case ToolChoice.Unset _, ToolChoice.Auto _, ToolChoice.None _ -> false;
            case ToolChoice.Required _, ToolChoice.Named _, ToolChoice.Allowed _ -> true;
        };
    }

    private void add(Tool tool, @Nullable String namespace) {
        switch (tool) {
            case Tool.Function function -> function(function, namespace);
            case Tool.Custom custom ->
                declare(custom.name(), namespace, Tool.Kind.CUSTOM, TextTool.description(custom), TextTool.schema());
            case Tool.Namespace group ->
                group.tools().forEach(inner -> add(inner, TextTool.flat(namespace, group.name())));
            case Tool.Native known -> known(known);
        }
    }

    private void function(Tool.Function tool, @Nullable String namespace) {
        Json.Obj schema = tool.schema();
        boolean isEmpty = schema == null || hasNoParameters(schema);
        Json.Builder declaration =
                declare(tool.name(), namespace, Tool.Kind.FUNCTION, tool.description(), isEmpty ? null : schema);
        if (tool.extras().dialect() == Dialect.GEMINI && !tool.extras().isEmpty()) {
            functions.set(
                    functions.size() - 1,
                    declaration.putAll(tool.extras().fields()).build());
        }
    }

    /// An object without properties is refused: such a tool is declared without parameters.
    private static boolean hasNoParameters(Json.Obj schema) {
        Json.Obj properties = schema.object("properties");
        boolean combines = schema.has("$ref") || schema.has("anyOf") || schema.has("oneOf") || schema.has("allOf");
        boolean isOpen = schema.object("additionalProperties") != null || schema.has("patternProperties");
        return (properties == null || properties.isEmpty()) && !combines && !isOpen;
    }

    private Json.Builder declare(
            String name,
            @Nullable String namespace,
            Tool.Kind kind,
            @Nullable String description,
            Json.@Nullable Obj schema) {
        String legal = name(names, name, namespace, kind);
        targetNames.put(name, legal);
        targetNames.putIfAbsent(TextTool.flat(namespace, name), legal);
        Json.Builder declaration = Json.object().put("name", legal).putIf("description", description);
        if (schema != null && knowsSubsetOnly(target)) {
            declaration.put("parameters", SubsetSchema.of(schema));
        } else {
            declaration.putIf("parametersJsonSchema", schema);
        }
        functions.add(declaration.build());
        return declaration;
    }

    static boolean knowsSubsetOnly(TargetProfile target) {
        return target.capabilities().quirks().contains(Capabilities.Quirk.OPENAPI_SCHEMA);
    }

    private void known(Tool.Native tool) {
        if (tool.dialect() == Dialect.GEMINI) {
            others.add(tool.raw());
        } else if (tool.purpose() == Tool.Purpose.WEB_SEARCH
                && target.capabilities().webSearch()) {
            others.add(Json.object().put("googleSearch", Json.Obj.EMPTY).build());
        } else {
            losses.serverTool(tool.mark().path(), tool.name());
        }
    }

    private Json.@Nullable Obj choice(ToolChoice choice) {
        return switch (choice) {
            case ToolChoice.Unset _ -> null;
            case ToolChoice.Auto _ -> mode("AUTO", List.of());
            case ToolChoice.None _ -> mode("NONE", List.of());
            case ToolChoice.Required _ -> mode("ANY", List.of());
            case ToolChoice.Named(String name, Tool.Kind _) -> named("ANY", List.of(name));
            // names may be given only where calls are checked against their declarations
            case ToolChoice.Allowed(List<String> allowed, boolean required) ->
                named(required ? "ANY" : "VALIDATED", allowed);
        };
    }

    private Json.@Nullable Obj named(String mode, List<String> allowed) {
        List<Json> known = new ArrayList<>();
        for (String name : allowed) {
            String legal = targetNames.get(name);
            if (legal != null) {
                known.add(Json.of(legal));
            }
        }
        if (known.isEmpty()) {
            losses.drop(request.pathOf(Field.TOOL_CHOICE));
            return null;
        }
        return mode(mode, known);
    }

    private static Json.Obj mode(String mode, List<Json> names) {
        return Json.object()
                .put("mode", mode)
                .putIf("allowedFunctionNames", names.isEmpty() ? null : new Json.Arr(names))
                .build();
    }
}
