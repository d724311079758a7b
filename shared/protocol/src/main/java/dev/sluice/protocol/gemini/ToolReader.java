package dev.sluice.protocol.gemini;

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
    private static final String FUNCTIONS = "functionDeclarations";
    private static final Set<String> FUNCTION = Set.of("name", "description", "parameters", "parametersJsonSchema");
    private static final Set<String> CHOICE = Set.of("mode", "allowedFunctionNames");

    private final RequestReader.Unmodelled unmodelled;
    private final List<Tool> tools = new ArrayList<>();

    ToolReader(RequestReader.Unmodelled unmodelled) {
        this.unmodelled = unmodelled;
    }

    void read(Shape body, ChatRequest.Builder request) {
        Mark mark = Mark.at(body.at("tools"));
        for (Shape tool : ProtoJson.objects(body, "tools")) {
            tool.json().fields().forEach((name, value) -> {
                if (name.equals(FUNCTIONS)) {
                    ProtoJson.objects(tool, FUNCTIONS).forEach(function -> tools.add(function(function)));
                } else if (value != Json.NULL) {
                    Json.Obj raw = Json.object().put(name, value).build();
                    tools.add(new Tool.Native(Dialect.GEMINI, name, name, purpose(name), raw, mark));
                }
            });
        }
        request.tools(tools).path(Field.TOOLS, body.at("tools"));
        Shape config = ProtoJson.object(body, "toolConfig");
        if (config != null) {
            unmodelled.keepRest(config, Set.of("functionCallingConfig"));
            Shape choice = ProtoJson.object(config, "functionCallingConfig");
            if (choice != null) {
                unmodelled.keepRest(choice, CHOICE);
                request.toolChoice(choice(choice)).path(Field.TOOL_CHOICE, choice.path());
            }
        }
    }

    private static Tool function(Shape function) {
        return new Tool.Function(
                function.neededText("name"),
                function.text("description"),
                schema(function),
                null,
                false,
                new Extras(Dialect.GEMINI, function.rest(FUNCTION)),
                Mark.at(function.path()));
    }

    private static Json.@Nullable Obj schema(Shape function) {
        Shape schema = function.object("parametersJsonSchema");
        if (schema != null) {
            return schema.json();
        }
        Shape own = function.object("parameters");
        return own == null ? null : OpenApiSchema.toJsonSchema(own.json());
    }

    static Tool.Purpose purpose(String name) {
        return switch (name) {
            case "googleSearch", "googleSearchRetrieval", "enterpriseWebSearch" -> Tool.Purpose.WEB_SEARCH;
            case "urlContext" -> Tool.Purpose.WEB_FETCH;
            case "codeExecution" -> Tool.Purpose.CODE_EXECUTION;
            case "fileSearch", "retrieval" -> Tool.Purpose.FILE_SEARCH;
            case "computerUse" -> Tool.Purpose.COMPUTER;
            case "mcpServers" -> Tool.Purpose.MCP;
            default -> Tool.Purpose.OTHER;
        };
    }

    private static ToolChoice choice(Shape choice) {
        List<String> names = choice.texts("allowedFunctionNames");
        String mode = choice.text("mode");
        return switch (mode == null ? "AUTO" : mode) {
            case "NONE" -> new ToolChoice.None();
            case "ANY" -> {
                if (names.size() == 1) {
                    yield new ToolChoice.Named(names.getFirst(), Tool.Kind.FUNCTION);
                }
                yield names.isEmpty() ? new ToolChoice.Required() : new ToolChoice.Allowed(names, true);
            }
            case "AUTO", "VALIDATED", "MODE_UNSPECIFIED" ->
                names.isEmpty() ? new ToolChoice.Auto() : new ToolChoice.Allowed(names, false);
            default -> throw choice.wrong("mode", "one of AUTO, ANY, NONE, VALIDATED");
        };
    }
}
