package dev.sluice.protocol.openai.responses;

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

/// A request's tools in this dialect's form: functions flat and with an explicit `strict`, custom tools native or emulated,
/// foreign tools mapped or dropped.
final class ToolWriter {
    private static final int LONGEST_NAME = 64;

    private final ChatRequest request;
    private final TargetProfile target;
    private final Losses losses;
    private final Hints hints;
    private final ToolNames names;
    private final int longestName;
    private final Map<String, Json.Obj> byClientName = new LinkedHashMap<>();

    ToolWriter(ChatRequest request, TargetProfile target, Losses losses) {
        this.request = request;
        this.target = target;
        this.losses = losses;
        this.hints = Hints.of(request);
        Integer longest = target.capabilities().toolNameMax();
        this.longestName = longest == null ? LONGEST_NAME : longest;
        this.names = new ToolNames(longestName);
    }

    ToolNames names() {
        return names;
    }

    boolean hasCustomTools() {
        return !Boolean.FALSE.equals(target.capabilities().customTools());
    }

    /// The target's name of a tool, the same in definitions, choices and history. A tool of a namespace keeps its own name,
    /// as its calls say the namespace.
    String name(String name, @Nullable String namespace, Tool.Kind kind) {
        String property = kind == Tool.Kind.CUSTOM && !hasCustomTools() ? TextTool.PROPERTY : null;
        ToolNames.Original original = new ToolNames.Original(name, namespace, kind, property);
        if (namespace == null) {
            return names.toTarget(original, name);
        }
        String legal = ToolNames.legal(name, longestName);
        if (property != null || !legal.equals(name)) {
            names.put(legal, original);
        }
        return legal;
    }

    void write(Json.Builder body) {
        List<Json> written = new ArrayList<>();
        for (Tool tool : request.tools()) {
            // what the input brought in is in the input
            if (!isOwn() || !tool.mark().path().startsWith("input[")) {
                add(tool, null, written);
            }
        }
        body.putIf("tools", written.isEmpty() ? null : new Json.Arr(written));
        boolean canChoose = isOwn() || !written.isEmpty();
        if (canChoose) {
            body.putIf("tool_choice", choice());
            body.putIf("parallel_tool_calls", request.parallelTools());
        } else if (isForced(request.toolChoice()) && !request.tools().isEmpty()) {
            losses.drop(request.pathOf(Field.TOOL_CHOICE));
        }
    }

    private boolean isOwn() {
        return request.client() == Dialect.OPENAI_RESPONSES;
    }

    private static boolean isForced(ToolChoice choice) {
        return switch (choice) {
            case ToolChoice.Unset _, ToolChoice.Auto _, ToolChoice.None _ -> false;
            case ToolChoice.Required _, ToolChoice.Named _, ToolChoice.Allowed _ -> true;
        };
    }

    private void add(Tool tool, @Nullable String namespace, List<Json> out) {
        switch (tool) {
            case Tool.Function function -> out.add(function(function, namespace));
            case Tool.Custom custom -> out.add(custom(custom, namespace));
            case Tool.Namespace group -> {
                List<Json> inner = new ArrayList<>();
                group.tools().forEach(one -> add(one, group.name(), inner));
                out.add(Json.object()
                        .put("type", "namespace")
                        .put("name", group.name())
                        .putIf("description", group.description())
                        .put("tools", new Json.Arr(inner))
                        .putAll(hints.at(group.mark().path()))
                        .build());
            }
            case Tool.Native known -> known(known, out);
        }
    }

    private Json function(Tool.Function tool, @Nullable String namespace) {
        if (ToolReader.isSearch(tool)) {
            return tool.extras().fields();
        }
        String name = name(tool.name(), namespace, Tool.Kind.FUNCTION);
        choose(tool.name(), "function", name);
        Json.Obj schema = isOwn() ? tool.schema() : FunctionForm.schema(tool.schema());
        return Json.object()
                .put("type", "function")
                .put("name", name)
                .putIf("description", tool.description())
                .putIf("parameters", schema)
                .putIf("strict", strict(tool.strict(), schema))
                .when(isOwn() && tool.deferred(), t -> t.put("defer_loading", true))
                .putAll(extra(tool.extras()))
                .build();
    }

    /// Without a word, this dialect would take every schema for a strict one.
    private @Nullable Boolean strict(@Nullable Boolean wish, Json.@Nullable Obj schema) {
        if (isOwn()) {
            return wish;
        }
        return Boolean.TRUE.equals(wish) && schema != null && StrictSchema.isStrict(schema);
    }

    private Json custom(Tool.Custom tool, @Nullable String namespace) {
        String name = name(tool.name(), namespace, Tool.Kind.CUSTOM);
        if (!hasCustomTools()) {
            choose(tool.name(), "function", name);
            return Json.object()
                    .put("type", "function")
                    .putAll(FunctionForm.of(name, tool))
                    .put("strict", true)
                    .build();
        }
        choose(tool.name(), "custom", name);
        Json.Builder custom =
                Json.object().put("type", "custom").put("name", name).putIf("description", tool.description());
        Tool.Grammar grammar = tool.grammar();
        if (grammar != null) {
            custom.put(
                    "format",
                    Json.object()
                            .put("type", "grammar")
                            .put("syntax", grammar.syntax())
                            .put("definition", grammar.definition())
                            .build());
        }
        return custom.putAll(extra(tool.extras())).build();
    }

    private static Json.Obj extra(Extras extras) {
        return extras.dialect() == Dialect.OPENAI_RESPONSES ? extras.fields() : Json.Obj.EMPTY;
    }

    private void known(Tool.Native tool, List<Json> out) {
        if (tool.dialect() == Dialect.OPENAI_RESPONSES) {
            out.add(tool.raw());
        } else if (tool.purpose() == Tool.Purpose.WEB_SEARCH
                && target.capabilities().webSearch()) {
            byClientName.put(
                    tool.name(), Json.object().put("type", "web_search").build());
            out.add(webSearch(tool.raw()));
            for (String option : List.of("blocked_domains", "max_uses")) {
                if (tool.raw().present(option) != null) {
                    losses.drop(tool.mark().path() + "." + option);
                }
            }
        } else {
            losses.serverTool(tool.mark().path(), tool.name());
        }
    }

    /// Another dialect's wish for a search of the web, whose options have their own shape in each.
    private static Json webSearch(Json.Obj raw) {
        Json.Builder tool =
                Json.object().put("type", "web_search").putIf("search_context_size", raw.text("search_context_size"));
        Json allowed = raw.present("allowed_domains");
        if (allowed instanceof Json.Arr) {
            tool.put("filters", Json.object().put("allowed_domains", allowed).build());
        }
        Json.Obj location = raw.object("user_location");
        if (location != null) {
            Json.Obj approximate = location.object("approximate");
            Json.Obj place = approximate == null ? location : approximate;
            tool.put(
                    "user_location",
                    Json.object()
                            .put("type", "approximate")
                            .putAll(place.without("type"))
                            .build());
        }
        return tool.build();
    }

    private void choose(String clientName, String type, String name) {
        byClientName.put(
                clientName, Json.object().put("type", type).put("name", name).build());
    }

    private @Nullable Json choice() {
        Json own = hints.at("").field("tool_choice");
        return own != null && hasCustomTools()
                ? own
                : switch (request.toolChoice()) {
                    case ToolChoice.Unset _ -> null;
                    case ToolChoice.Auto _ -> Json.of("auto");
                    case ToolChoice.None _ -> Json.of("none");
                    case ToolChoice.Required _ -> Json.of("required");
                    case ToolChoice.Named(String name, Tool.Kind _) -> named(name);
                    case ToolChoice.Allowed(List<String> allowed, boolean required) -> allowed(allowed, required);
                };
    }

    private @Nullable Json named(String name) {
        Json.Obj reference = byClientName.get(name);
        if (reference == null) {
            losses.drop(request.pathOf(Field.TOOL_CHOICE));
        }
        return reference;
    }

    private @Nullable Json allowed(List<String> allowed, boolean required) {
        List<Json> references = FunctionForm.references(allowed, byClientName);
        if (references.isEmpty()) {
            losses.drop(request.pathOf(Field.TOOL_CHOICE));
            return null;
        }
        return Json.object()
                .put("type", "allowed_tools")
                .put("mode", required ? "required" : "auto")
                .put("tools", new Json.Arr(references))
                .build();
    }
}
