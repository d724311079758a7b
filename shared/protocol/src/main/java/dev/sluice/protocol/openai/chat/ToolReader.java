package dev.sluice.protocol.openai.chat;

import dev.sluice.model.ChatRequest;
import dev.sluice.model.Dialect;
import dev.sluice.model.Extras;
import dev.sluice.model.Field;
import dev.sluice.model.Json;
import dev.sluice.model.Mark;
import dev.sluice.model.Tool;
import dev.sluice.model.ToolChoice;
import dev.sluice.protocol.translate.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The client's tools and its choice among them, in the present and in the deprecated form.
final class ToolReader {
    private static final Set<String> FUNCTION = Set.of("name", "description", "parameters", "strict");

    private ToolReader() {}

    static void read(Shape body, ChatRequest.Builder request) {
        List<Tool> tools = new ArrayList<>();
        for (Shape tool : body.objects("tools")) {
            tools.add(tool(tool));
        }
        request.path(Field.TOOLS, "tools");
        Boolean parallel = body.bool("parallel_tool_calls");
        if (!body.array("functions").isEmpty()) {
            for (Shape function : body.objects("functions")) {
                tools.add(function(function, Json.Obj.EMPTY, function.path()));
            }
            // this client can take one call only
            parallel = false;
            request.path(Field.TOOLS, "functions");
        }
        Shape search = body.object("web_search_options");
        if (search != null) {
            tools.add(new Tool.Native(
                    Dialect.OPENAI_CHAT,
                    "web_search_options",
                    "web_search",
                    Tool.Purpose.WEB_SEARCH,
                    search.json(),
                    Mark.at(search.path())));
        }
        request.tools(tools).parallelTools(parallel).path(Field.PARALLEL_TOOLS, "parallel_tool_calls");
        choice(body, request);
    }

    private static Tool tool(Shape tool) {
        String type = tool.text("type");
        if ("custom".equals(type)) {
            return custom(tool, tool.neededObject("custom"));
        }
        if (type == null || type.equals("function")) {
            Json.Obj extra = tool.rest(Set.of("type", "function"));
            return function(tool.neededObject("function"), extra, tool.path());
        }
        return new Tool.Native(Dialect.OPENAI_CHAT, type, type, Tool.Purpose.OTHER, tool.json(), Mark.at(tool.path()));
    }

    private static Tool function(Shape function, Json.Obj outer, String path) {
        Json.Obj inner = function.rest(FUNCTION);
        Json.Obj extra = inner.isEmpty() ? outer : outer.with("function", inner);
        Shape schema = function.object("parameters");
        return new Tool.Function(
                function.neededText("name"),
                function.text("description"),
                schema == null ? null : schema.json(),
                function.bool("strict"),
                false,
                new Extras(Dialect.OPENAI_CHAT, extra),
                Mark.at(path));
    }

    private static Tool custom(Shape tool, Shape custom) {
        Shape format = custom.object("format");
        return new Tool.Custom(
                custom.neededText("name"),
                custom.text("description"),
                grammar(format),
                new Extras(Dialect.OPENAI_CHAT, tool.rest(Set.of("type", "custom"))),
                Mark.at(tool.path()));
    }

    private static Tool.@Nullable Grammar grammar(@Nullable Shape format) {
        if (format == null || !"grammar".equals(format.text("type"))) {
            return null;
        }
        Shape grammar = format.neededObject("grammar");
        return new Tool.Grammar(grammar.neededText("syntax"), grammar.neededText("definition"));
    }

    private static void choice(Shape body, ChatRequest.Builder request) {
        Json choice = body.json().present("tool_choice");
        if (choice != null) {
            request.toolChoice(choice instanceof Json.Str(String word) ? word(body, "tool_choice", word) : named(body))
                    .path(Field.TOOL_CHOICE, "tool_choice");
            return;
        }
        Json legacy = body.json().present("function_call");
        if (legacy != null) {
            request.toolChoice(
                            legacy instanceof Json.Str(String word)
                                    ? word(body, "function_call", word)
                                    : new ToolChoice.Named(
                                            body.neededObject("function_call").neededText("name"), Tool.Kind.FUNCTION))
                    .path(Field.TOOL_CHOICE, "function_call");
        }
    }

    private static ToolChoice word(Shape body, String field, String word) {
        return switch (word) {
            case "auto" -> new ToolChoice.Auto();
            case "none" -> new ToolChoice.None();
            case "required", "any" -> new ToolChoice.Required();
            default -> throw body.wrong(field, "one of none, auto, required, or an object");
        };
    }

    private static ToolChoice named(Shape body) {
        Shape choice = body.neededObject("tool_choice");
        return switch (choice.neededText("type")) {
            case "function" ->
                new ToolChoice.Named(choice.neededObject("function").neededText("name"), Tool.Kind.FUNCTION);
            case "custom" -> new ToolChoice.Named(choice.neededObject("custom").neededText("name"), Tool.Kind.CUSTOM);
            case "allowed_tools" -> allowed(choice.neededObject("allowed_tools"));
            default -> throw choice.wrong("type", "one of function, custom, allowed_tools");
        };
    }

    private static ToolChoice allowed(Shape allowed) {
        List<String> names = new ArrayList<>();
        for (Shape tool : allowed.objects("tools")) {
            Shape holder = tool.object("function");
            holder = holder == null ? tool.object("custom") : holder;
            names.add((holder == null ? tool : holder).neededText("name"));
        }
        return new ToolChoice.Allowed(names, "required".equals(allowed.text("mode")));
    }
}
