package dev.sluice.protocol.ollama;

import dev.sluice.model.ChatRequest;
import dev.sluice.model.Dialect;
import dev.sluice.model.Extras;
import dev.sluice.model.Field;
import dev.sluice.model.Json;
import dev.sluice.model.Mark;
import dev.sluice.model.Tool;
import dev.sluice.protocol.translate.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// The client's tools: functions, in the form that Chat Completions has.
final class ToolReader {
    private static final Set<String> FUNCTION = Set.of("name", "description", "parameters");

    private ToolReader() {}

    static void read(Shape body, ChatRequest.Builder request) {
        List<Tool> tools = new ArrayList<>();
        for (Shape tool : body.objects("tools")) {
            tools.add(tool(tool));
        }
        request.tools(tools).path(Field.TOOLS, "tools");
    }

    private static Tool tool(Shape tool) {
        String type = tool.text("type");
        if (type != null && !type.equals("function")) {
            return new Tool.Native(
                    Dialect.OLLAMA_CHAT, type, type, Tool.Purpose.OTHER, tool.json(), Mark.at(tool.path()));
        }
        Shape function = tool.neededObject("function");
        Shape schema = function.object("parameters");
        Json.Obj rest = function.rest(FUNCTION);
        return new Tool.Function(
                function.neededText("name"),
                function.text("description"),
                schema == null ? null : schema.json(),
                null,
                false,
                new Extras(Dialect.OLLAMA_CHAT, rest),
                Mark.at(tool.path()));
    }
}
