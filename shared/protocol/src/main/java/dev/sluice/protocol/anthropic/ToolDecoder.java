package dev.sluice.protocol.anthropic;

import dev.sluice.model.Dialect;
import dev.sluice.model.Extras;
import dev.sluice.model.Json;
import dev.sluice.model.Mark;
import dev.sluice.model.Tool;
import dev.sluice.model.ToolChoice;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The tools of a Messages body, and which of them it wants used.
final class ToolDecoder {
    private static final List<String> KNOWN =
            List.of("name", "description", "input_schema", "strict", "defer_loading", CacheControl.NAME);
    private static final Map<String, Tool.Purpose> PURPOSES = purposes();

    private final FieldReader fields;

    ToolDecoder(FieldReader fields) {
        this.fields = fields;
    }

    private static Map<String, Tool.Purpose> purposes() {
        Map<String, Tool.Purpose> byPrefix = new LinkedHashMap<>();
        byPrefix.put("web_search_", Tool.Purpose.WEB_SEARCH);
        byPrefix.put("web_fetch_", Tool.Purpose.WEB_FETCH);
        byPrefix.put("code_execution_", Tool.Purpose.CODE_EXECUTION);
        byPrefix.put("computer_", Tool.Purpose.COMPUTER);
        byPrefix.put("bash_", Tool.Purpose.BASH);
        byPrefix.put("text_editor_", Tool.Purpose.TEXT_EDITOR);
        byPrefix.put("tool_search_tool_", Tool.Purpose.TOOL_SEARCH);
        byPrefix.put("memory_", Tool.Purpose.MEMORY);
        byPrefix.put("mcp_toolset", Tool.Purpose.MCP);
        return byPrefix;
    }

    List<Tool> tools(Json.Obj body) {
        List<Json> items = fields.items(body, "tools", "");
        List<Tool> tools = new ArrayList<>(items.size());
        for (int i = 0; i < items.size(); i++) {
            String path = FieldReader.path("tools", i);
            tools.add(tool(fields.asObject(items.get(i), path), path));
        }
        return tools;
    }

    private Tool tool(Json.Obj tool, String path) {
        String type = fields.text(tool, "type", path);
        Mark mark = new Mark(path, CacheControl.decode(tool, path, fields));
        if (type != null && !type.equals("custom")) {
            String server = tool.text("mcp_server_name", type);
            return new Tool.Native(Dialect.ANTHROPIC, type, tool.text("name", server), purpose(type), tool, mark);
        }
        return new Tool.Function(
                fields.required(tool, "name", path),
                fields.text(tool, "description", path),
                fields.object(tool, "input_schema", path),
                fields.bool(tool, "strict", path),
                Boolean.TRUE.equals(fields.bool(tool, "defer_loading", path)),
                extras(tool),
                mark);
    }

    private static Extras extras(Json.Obj tool) {
        Map<String, Json> rest = new LinkedHashMap<>(tool.fields());
        rest.keySet().removeAll(KNOWN);
        rest.remove("type", Json.of("custom")); // what a tool without a type is anyway
        return new Extras(Dialect.ANTHROPIC, rest.isEmpty() ? Json.Obj.EMPTY : new Json.Obj(rest));
    }

    private static Tool.Purpose purpose(String type) {
        for (Map.Entry<String, Tool.Purpose> known : PURPOSES.entrySet()) {
            if (type.startsWith(known.getKey())) {
                return known.getValue();
            }
        }
        return Tool.Purpose.OTHER;
    }

    ToolChoice choice(Json.Obj choice) {
        fields.keepRest(choice, "tool_choice", List.of("type", "name", "disable_parallel_tool_use"));
        String type = fields.required(choice, "type", "tool_choice");
        return switch (type) {
            case "auto" -> new ToolChoice.Auto();
            case "any" -> new ToolChoice.Required();
            case "none" -> new ToolChoice.None();
            case "tool" -> new ToolChoice.Named(fields.required(choice, "name", "tool_choice"), Tool.Kind.FUNCTION);
            default -> {
                fields.refuse("tool_choice.type", "one of auto, any, none, tool is expected");
                yield ToolChoice.UNSET;
            }
        };
    }
}
