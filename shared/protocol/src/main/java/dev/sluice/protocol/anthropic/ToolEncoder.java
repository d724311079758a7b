package dev.sluice.protocol.anthropic;

import dev.sluice.model.Capabilities;
import dev.sluice.model.ChatRequest;
import dev.sluice.model.Dialect;
import dev.sluice.model.Field;
import dev.sluice.model.Json;
import dev.sluice.model.Tool;
import dev.sluice.model.ToolChoice;
import dev.sluice.protocol.translate.Losses;
import dev.sluice.protocol.translate.OwnExtras;
import dev.sluice.protocol.translate.SchemaRoot;
import dev.sluice.protocol.translate.TextTool;
import dev.sluice.protocol.translate.ToolNames;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The tools of a request under the names the target allows, and which of them it shall use.
final class ToolEncoder {
    private static final String WEB_SEARCH = "web_search";
    private static final String WEB_SEARCH_TYPE = "web_search_20250305";

    private final ChatRequest request;
    private final Capabilities caps;
    private final int nameMax;
    private final ToolNames names;
    private final Losses losses;
    private final OwnExtras extras;
    private final Breakpoints breakpoints;
    private final List<Json> encoded = new ArrayList<>();

    /// The names that tools have here, by what a client may choose them by.
    private final Map<String, String> chosenBy = new HashMap<>();

    ToolEncoder(Outgoing outgoing, ToolNames names) {
        this.request = outgoing.request();
        this.caps = outgoing.caps();
        this.nameMax = outgoing.toolNameMax();
        this.names = names;
        this.losses = outgoing.losses();
        this.extras = outgoing.extras();
        this.breakpoints = outgoing.breakpoints();
    }

    List<Json> tools() {
        request.tools().forEach(this::tool);
        return encoded;
    }

    private void tool(Tool tool) {
        switch (tool) {
            case Tool.Function function -> function(function, null);
            case Tool.Custom custom -> custom(custom, null);
            case Tool.Namespace group -> group.tools().forEach(inner -> grouped(inner, group.name()));
            case Tool.Native known -> known(known);
        }
    }

    private void grouped(Tool tool, String namespace) {
        switch (tool) {
            case Tool.Function function -> function(function, namespace);
            case Tool.Custom custom -> custom(custom, namespace);
            case Tool.Namespace group ->
                group.tools().forEach(inner -> grouped(inner, TextTool.flat(namespace, group.name())));
            case Tool.Native known -> known(known);
        }
    }

    private boolean isLeftOut(String name, @Nullable String namespace) {
        return request.toolChoice() instanceof ToolChoice.Allowed(List<String> allowed, boolean _)
                && !allowed.contains(name)
                && !allowed.contains(TextTool.flat(namespace, name));
    }

    private String named(ToolNames.Original tool) {
        String flat = TextTool.flat(tool.namespace(), tool.name());
        String name = names.toTarget(tool, flat);
        chosenBy.putIfAbsent(tool.name(), name);
        chosenBy.put(flat, name);
        return name;
    }

    private void function(Tool.Function function, @Nullable String namespace) {
        if (isLeftOut(function.name(), namespace)) {
            return;
        }
        boolean isOwn = function.extras().dialect() == Dialect.ANTHROPIC;
        ToolNames.Original original = new ToolNames.Original(function.name(), namespace, Tool.Kind.FUNCTION, null);
        Json.Builder tool = Json.object()
                .put("name", named(original))
                .putIf("description", function.description())
                .put("input_schema", SchemaRoot.of(function.schema()));
        tool.when(Boolean.TRUE.equals(function.strict()), t -> t.put("strict", true));
        if (request.client() == Dialect.ANTHROPIC) {
            // a foreign client's deferred tools are shown at once: its way of searching them does not exist here
            tool.when(function.deferred(), t -> t.put("defer_loading", true));
        }
        if (isOwn) {
            tool.putAll(function.extras().fields());
        }
        encoded.add(breakpoints.mark(tool, function.mark()).build());
    }

    private void custom(Tool.Custom custom, @Nullable String namespace) {
        if (isLeftOut(custom.name(), namespace)) {
            return;
        }
        ToolNames.Original original =
                new ToolNames.Original(custom.name(), namespace, Tool.Kind.CUSTOM, TextTool.PROPERTY);
        Json.Builder tool = Json.object()
                .put("name", named(original))
                .putIf("description", TextTool.description(custom))
                .put("input_schema", TextTool.schema());
        encoded.add(breakpoints.mark(tool, custom.mark()).build());
    }

    private void known(Tool.Native tool) {
        if (tool.dialect() == Dialect.ANTHROPIC) {
            encoded.add(breakpoints
                    .mark(Json.object().putAll(tool.raw().without(CacheControl.NAME)), tool.mark())
                    .build());
        } else if (tool.purpose() == Tool.Purpose.WEB_SEARCH) {
            webSearch(tool.raw(), tool.mark().path());
        } else {
            losses.serverTool(tool.mark().path(), tool.name());
        }
    }

    /// Another dialect's wish for a search of the web, whose options have their own shape in each.
    private void webSearch(Json.Obj options, String path) {
        if (!caps.webSearch()) {
            losses.serverTool(path, WEB_SEARCH);
            return;
        }
        Json.Obj filters = options.object("filters");
        Json.Obj location = options.object("user_location");
        Json.Obj approximate = location == null ? null : location.object("approximate");
        Json.Builder tool = Json.object().put("type", WEB_SEARCH_TYPE).put("name", WEB_SEARCH);
        chosenBy.putIfAbsent(WEB_SEARCH, WEB_SEARCH);
        if (filters != null) {
            tool.putIf("allowed_domains", filters.present("allowed_domains"));
            tool.putIf("blocked_domains", filters.present("blocked_domains"));
        }
        if (location != null) {
            Json.Obj place = approximate == null ? location : approximate;
            Json.Builder named = Json.object().put("type", "approximate");
            for (String part : List.of("city", "region", "country", "timezone")) {
                named.putIf(part, place.present(part));
            }
            tool.put("user_location", named.build());
        }
        encoded.add(tool.build());
    }

    /// The field `tool_choice`, after the tools; null: it is left out.
    Json.@Nullable Obj choice() {
        if (encoded.isEmpty()) {
            boolean isLost = request.toolChoice() instanceof ToolChoice.Required
                    || request.toolChoice() instanceof ToolChoice.Named
                    || request.toolChoice() instanceof ToolChoice.Allowed;
            if (isLost && !request.tools().isEmpty()) {
                losses.drop(request.pathOf(Field.TOOL_CHOICE));
            }
            return null;
        }
        boolean onlyOne = Boolean.FALSE.equals(request.parallelTools());
        Json.Builder choice = switch (request.toolChoice()) {
            case ToolChoice.Unset _ -> onlyOne ? Json.object().put("type", "auto") : null;
            case ToolChoice.Auto _ -> Json.object().put("type", "auto");
            case ToolChoice.None _ -> Json.object().put("type", "none");
            case ToolChoice.Required _ -> Json.object().put("type", "any");
            case ToolChoice.Named(String name, Tool.Kind _) -> chosen(name);
            case ToolChoice.Allowed(List<String> _, boolean required) ->
                Json.object().put("type", required ? "any" : "auto");
        };
        if (choice == null) {
            return null;
        }
        boolean canCall = !(request.toolChoice() instanceof ToolChoice.None);
        choice.when(onlyOne && canCall, c -> c.put("disable_parallel_tool_use", true));
        return extras.addTo(choice, "tool_choice").build();
    }

    /// One tool; null where it is not offered: a name that is not among the tools is refused. This dialect's own clients
    /// may know more tools than they list, those of a server.
    private Json.@Nullable Builder chosen(String name) {
        String here = chosenBy.get(name);
        if (here == null && request.client() != Dialect.ANTHROPIC) {
            losses.drop(request.pathOf(Field.TOOL_CHOICE));
            return null;
        }
        return Json.object().put("type", "tool").put("name", here == null ? ToolNames.legal(name, nameMax) : here);
    }

    static boolean isForced(Json.@Nullable Obj choice) {
        String type = choice == null ? null : choice.text("type");
        return "any".equals(type) || "tool".equals(type);
    }
}
