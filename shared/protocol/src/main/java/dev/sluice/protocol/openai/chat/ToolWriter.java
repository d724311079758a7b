package dev.sluice.protocol.openai.chat;

import dev.sluice.model.ChatRequest;
import dev.sluice.model.Dialect;
import dev.sluice.model.Extras;
import dev.sluice.model.Field;
import dev.sluice.model.Json;
import dev.sluice.model.Tool;
import dev.sluice.model.ToolChoice;
import dev.sluice.protocol.TargetProfile;
import dev.sluice.protocol.openai.FunctionForm;
import dev.sluice.protocol.openai.StrictSchema;
import dev.sluice.protocol.translate.Losses;
import dev.sluice.protocol.translate.TextTool;
import dev.sluice.protocol.translate.ToolNames;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A request's tools in Chat's form: namespaces flattened, custom tools native or emulated, foreign tools mapped or
/// dropped.
final class ToolWriter {
    private final ChatRequest request;
    private final TargetProfile target;
    private final Losses losses;
    private final ToolNames names;
    private final boolean nativeCustom;
    private final List<Json> written = new ArrayList<>();
    private final Map<String, Json.Obj> byClientName = new LinkedHashMap<>();

    ToolWriter(ChatRequest request, TargetProfile target, Losses losses, ToolNames names) {
        this.request = request;
        this.target = target;
        this.losses = losses;
        this.names = names;
        this.nativeCustom = hasCustomTools(target);
    }

    static boolean hasCustomTools(TargetProfile target) {
        return Boolean.TRUE.equals(target.capabilities().customTools());
    }

    /// The target's name of a tool, the same in definitions, choices and history.
    static String name(ToolNames names, String name, @Nullable String namespace, Tool.Kind kind, boolean nativeCustom) {
        String property = kind == Tool.Kind.CUSTOM && !nativeCustom ? TextTool.PROPERTY : null;
        String flat = namespace == null ? name : namespace + "__" + name;
        return names.toTarget(new ToolNames.Original(name, namespace, kind, property), flat);
    }

    void write(Json.Builder body) {
        request.tools().forEach(tool -> add(tool, null, body));
        if (written.isEmpty()) {
            if (isForced(request.toolChoice()) && !request.tools().isEmpty()) {
                losses.drop(request.pathOf(Field.TOOL_CHOICE));
            }
            return;
        }
        body.put("tools", new Json.Arr(written));
        body.putIf("tool_choice", choice(request.toolChoice()));
        body.putIf("parallel_tool_calls", request.parallelTools());
    }

    private static boolean isForced(ToolChoice choice) {
        return switch (choice) {
            case ToolChoice.Unset _, ToolChoice.Auto _, ToolChoice.None _ -> false;
            case ToolChoice.Required _, ToolChoice.Named _, ToolChoice.Allowed _ -> true;
        };
    }

    private void add(Tool tool, @Nullable String namespace, Json.Builder body) {
        switch (tool) {
            case Tool.Function function -> function(function, namespace);
            case Tool.Custom custom -> custom(custom, namespace);
            case Tool.Namespace group -> group.tools().forEach(inner -> add(inner, group.name(), body));
            case Tool.Native foreign -> foreign(foreign, body);
        }
    }

    private void function(Tool.Function tool, @Nullable String namespace) {
        String name = name(names, tool.name(), namespace, Tool.Kind.FUNCTION, nativeCustom);
        Json.Obj extra = extra(tool.extras());
        Json.Obj schema = schema(tool.schema());
        Json.Builder function = Json.object()
                .put("name", name)
                .putIf("description", tool.description())
                .putIf("parameters", schema)
                .putIf("strict", strict(tool.strict(), schema));
        Json.Obj inner = extra.object("function");
        if (inner != null) {
            function.putAll(inner);
        }
        put("function", tool.name(), name, function.build(), extra.without("function"));
    }

    private Json.@Nullable Obj schema(Json.@Nullable Obj schema) {
        boolean isOwn = request.client() == Dialect.OPENAI_CHAT;
        return isOwn && (schema == null || schema.isEmpty()) ? schema : FunctionForm.schema(schema);
    }

    private @Nullable Boolean strict(@Nullable Boolean wish, Json.@Nullable Obj schema) {
        if (request.client() == Dialect.OPENAI_CHAT || !Boolean.TRUE.equals(wish)) {
            return wish;
        }
        return schema != null && StrictSchema.isStrict(schema) ? Boolean.TRUE : null;
    }

    private void custom(Tool.Custom tool, @Nullable String namespace) {
        String name = name(names, tool.name(), namespace, Tool.Kind.CUSTOM, nativeCustom);
        if (!nativeCustom) {
            put("function", tool.name(), name, FunctionForm.of(name, tool), Json.Obj.EMPTY);
            return;
        }
        Json.Builder custom = Json.object().put("name", name).putIf("description", tool.description());
        Tool.Grammar grammar = tool.grammar();
        if (grammar != null) {
            Json.Obj rule = Json.object()
                    .put("syntax", grammar.syntax())
                    .put("definition", grammar.definition())
                    .build();
            custom.put(
                    "format",
                    Json.object().put("type", "grammar").put("grammar", rule).build());
        }
        put("custom", tool.name(), name, custom.build(), extra(tool.extras()));
    }

    private void put(String kind, String clientName, String name, Json.Obj definition, Json.Obj extra) {
        Json.Obj reference = Json.object()
                .put("type", kind)
                .put(kind, Json.object().put("name", name).build())
                .build();
        byClientName.put(clientName, reference);
        written.add(Json.object()
                .put("type", kind)
                .put(kind, definition)
                .putAll(extra)
                .build());
    }

    private static Json.Obj extra(Extras extras) {
        return extras.dialect() == Dialect.OPENAI_CHAT ? extras.fields() : Json.Obj.EMPTY;
    }

    private void foreign(Tool.Native tool, Json.Builder body) {
        boolean isOwn = tool.dialect() == Dialect.OPENAI_CHAT;
        if (isOwn && tool.purpose() != Tool.Purpose.WEB_SEARCH) {
            written.add(tool.raw());
        } else if (tool.purpose() == Tool.Purpose.WEB_SEARCH
                && (target.capabilities().webSearch() || isOwn && request.client() == Dialect.OPENAI_CHAT)) {
            body.put("web_search_options", isOwn ? tool.raw() : searchOptions(tool.raw()));
        } else {
            losses.serverTool(tool.mark().path(), tool.name());
        }
    }

    private static Json.Obj searchOptions(Json.Obj raw) {
        Json.Builder options = Json.object().putIf("search_context_size", raw.text("search_context_size"));
        Json.Obj place = raw.object("user_location");
        if (place != null) {
            options.put(
                    "user_location",
                    Json.object()
                            .put("type", "approximate")
                            .put("approximate", place.without("type"))
                            .build());
        }
        return options.build();
    }

    private @Nullable Json choice(ToolChoice choice) {
        return switch (choice) {
            case ToolChoice.Unset _ -> null;
            case ToolChoice.Auto _ -> Json.of("auto");
            case ToolChoice.None _ -> Json.of("none");
            case ToolChoice.Required _ -> Json.of("required");
            case ToolChoice.Named(String name, Tool.Kind _) -> {
                Json.Obj reference = byClientName.get(name);
                if (reference == null) {
                    losses.drop(request.pathOf(Field.TOOL_CHOICE));
                }
                yield reference;
            }
            case ToolChoice.Allowed(List<String> allowed, boolean required) -> allowed(allowed, required);
        };
    }

    private @Nullable Json allowed(List<String> allowed, boolean required) {
        List<Json> references = FunctionForm.references(allowed, byClientName);
        if (references.isEmpty()) {
            losses.drop(request.pathOf(Field.TOOL_CHOICE));
            return null;
        }
        return Json.object()
                .put("type", "allowed_tools")
                .put(
                        "allowed_tools",
                        Json.object()
                                .put("mode", required ? "required" : "auto")
                                .put("tools", new Json.Arr(references))
                                .build())
                .build();
    }
}
