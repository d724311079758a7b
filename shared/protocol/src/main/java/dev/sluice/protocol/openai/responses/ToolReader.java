package dev.sluice.protocol.openai.responses;

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

/// The client's tools and its choice among them.
final class ToolReader {
    /// The name of the function that stands for a search of tools which the client runs itself.
    static final String TOOL_SEARCH = "tool_search";

    private static final Set<String> FUNCTION =
            Set.of("type", "name", "description", "parameters", "strict", "defer_loading");
    private static final Set<String> CUSTOM = Set.of("type", "name", "description");
    private static final Set<String> GROUP = Set.of("type", "name", "description", "tools");

    private final Hints hints;

    ToolReader(Hints hints) {
        this.hints = hints;
    }

    List<Tool> tools(Shape holder) {
        List<Tool> tools = new ArrayList<>();
        for (Shape tool : holder.objects("tools")) {
            tools.add(tool(tool));
        }
        return tools;
    }

    private Tool tool(Shape tool) {
        String type = tool.neededText("type");
        return switch (type) {
            case "function" -> function(tool);
            case "custom" -> custom(tool);
            case "namespace" -> {
                hints.keepRest(tool, GROUP);
                yield new Tool.Namespace(
                        tool.neededText("name"), tool.text("description"), tools(tool), Mark.at(tool.path()));
            }
            case TOOL_SEARCH -> "client".equals(tool.text("execution")) ? search(tool) : known(type, tool);
            default -> known(type, tool);
        };
    }

    private static Tool function(Shape tool) {
        Shape schema = tool.object("parameters");
        return new Tool.Function(
                tool.neededText("name"),
                tool.text("description"),
                schema == null ? null : schema.json(),
                tool.bool("strict"),
                Boolean.TRUE.equals(tool.bool("defer_loading")),
                new Extras(Dialect.OPENAI_RESPONSES, tool.rest(FUNCTION)),
                Mark.at(tool.path()));
    }

    private static Tool custom(Shape tool) {
        Tool.Grammar grammar = grammar(tool.object("format"));
        Json.Obj rest = tool.rest(CUSTOM);
        return new Tool.Custom(
                tool.neededText("name"),
                tool.text("description"),
                grammar,
                new Extras(Dialect.OPENAI_RESPONSES, grammar == null ? rest : rest.without("format")),
                Mark.at(tool.path()));
    }

    private static Tool.@Nullable Grammar grammar(@Nullable Shape format) {
        return format == null || !"grammar".equals(format.text("type"))
                ? null
                : new Tool.Grammar(format.neededText("syntax"), format.neededText("definition"));
    }

    /// Elsewhere a function that the client answers, as it answers this one; its own form is kept whole.
    private static Tool search(Shape tool) {
        Shape schema = tool.object("parameters");
        return new Tool.Function(
                TOOL_SEARCH,
                tool.text("description"),
                schema == null ? null : schema.json(),
                false,
                false,
                new Extras(Dialect.OPENAI_RESPONSES, tool.json()),
                Mark.at(tool.path()));
    }

    /// Whether that function is the client's own search of tools: its calls are items of their own kind.
    static boolean isSearch(Tool.Function tool) {
        return tool.extras().dialect() == Dialect.OPENAI_RESPONSES
                && tool.extras().fields().text("type", "").equals(TOOL_SEARCH);
    }

    private static Tool known(String type, Shape tool) {
        return new Tool.Native(Dialect.OPENAI_RESPONSES, type, type, purpose(type), tool.json(), Mark.at(tool.path()));
    }

    private static Tool.Purpose purpose(String type) {
        return switch (type) {
            case "file_search" -> Tool.Purpose.FILE_SEARCH;
            case "computer", "computer_use_preview" -> Tool.Purpose.COMPUTER;
            case "code_interpreter" -> Tool.Purpose.CODE_EXECUTION;
            case "image_generation" -> Tool.Purpose.IMAGE_GENERATION;
            case "mcp" -> Tool.Purpose.MCP;
            case "local_shell", "shell" -> Tool.Purpose.BASH;
            case "apply_patch" -> Tool.Purpose.TEXT_EDITOR;
            case TOOL_SEARCH -> Tool.Purpose.TOOL_SEARCH;
            default -> type.startsWith("web_search") ? Tool.Purpose.WEB_SEARCH : Tool.Purpose.OTHER;
        };
    }

    void choice(Shape body, ChatRequest.Builder request) {
        Json choice = body.json().present("tool_choice");
        if (choice == null) {
            return;
        }
        request.toolChoice(choice instanceof Json.Str(String word) ? word(body, word) : named(body))
                .path(Field.TOOL_CHOICE, "tool_choice");
    }

    private static ToolChoice word(Shape body, String word) {
        return switch (word) {
            case "auto" -> new ToolChoice.Auto();
            case "none" -> new ToolChoice.None();
            case "required" -> new ToolChoice.Required();
            default -> throw body.wrong("tool_choice", "one of none, auto, required, or an object");
        };
    }

    /// A choice that has a form of its own here keeps it, for this dialect's own providers.
    private ToolChoice named(Shape body) {
        Shape choice = body.neededObject("tool_choice");
        String type = choice.neededText("type");
        hints.keep("", "tool_choice", choice.json());
        return switch (type) {
            case "function" -> new ToolChoice.Named(choice.neededText("name"), Tool.Kind.FUNCTION);
            case "custom" -> new ToolChoice.Named(choice.neededText("name"), Tool.Kind.CUSTOM);
            case "allowed_tools" -> allowed(choice);
            default -> new ToolChoice.Named(type.startsWith("web_search") ? "web_search" : type, Tool.Kind.FUNCTION);
        };
    }

    private static ToolChoice allowed(Shape choice) {
        List<String> names = new ArrayList<>();
        for (Shape tool : choice.objects("tools")) {
            String name = tool.text("name");
            names.add(name == null ? tool.neededText("type") : name);
        }
        return new ToolChoice.Allowed(names, "required".equals(choice.text("mode")));
    }
}
