package dev.sluice.protocol.vectors;

import dev.sluice.model.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The assertions that know a dialect: pairs of calls and results, strict schemas, budgets.
final class StructureOps {
    private static final Set<String> GEMINI_SCHEMA = Set.of(
            "type",
            "format",
            "title",
            "description",
            "nullable",
            "enum",
            "maxItems",
            "minItems",
            "properties",
            "required",
            "minProperties",
            "maxProperties",
            "minLength",
            "maxLength",
            "pattern",
            "example",
            "anyOf",
            "propertyOrdering",
            "default",
            "items",
            "minimum",
            "maximum");

    private StructureOps() {}

    static boolean holds(Json root, String op, @Nullable Json first, Json value) {
        return switch (op) {
            case "no_empty_text" -> noEmptyText(root);
            case "all_tool_use_answered" -> allToolUseAnswered(Assertions.items(first));
            case "no_orphan_tool_result" -> noOrphanToolResult(Assertions.items(Paths.first(root, "$.messages")));
            case "no_orphan_tool_calls" -> noOrphanToolCalls(Assertions.items(first));
            case "strict_schema_ok" -> strictSchemaOk(Paths.first(root, Assertions.written(value)));
            case "thinking_budget_valid" -> thinkingBudgetValid(root);
            case "not_both" -> notBoth(root, value);
            case "gemini_nonempty_object_or_absent" ->
                !(first instanceof Json.Obj object) || !properties(object).isEmpty();
            case "gemini_tools_schema_ok" ->
                Paths.all(root, "$.tools[*].functionDeclarations[*]").stream().allMatch(StructureOps::geminiTool);
            case "chat_tool_pair" -> chatToolPair(root, value);
            default -> throw new IllegalArgumentException("unknown op " + op);
        };
    }

    private static boolean noEmptyText(Json root) {
        return Paths.all(root, "$..text").stream().noneMatch(text -> text instanceof Json.Str(String s) && s.isBlank())
                && Paths.all(root, "$..content").stream()
                        .noneMatch(content -> content instanceof Json.Str(String s) && s.isEmpty());
    }

    private static boolean allToolUseAnswered(List<Json> messages) {
        for (int i = 0; i < messages.size(); i++) {
            List<String> ids = ids(messages.get(i), "tool_use", "id");
            List<String> answers =
                    i + 1 < messages.size() ? ids(messages.get(i + 1), "tool_result", "tool_use_id") : List.of();
            if (!answers.containsAll(ids)) {
                return false;
            }
        }
        return true;
    }

    private static boolean noOrphanToolResult(List<Json> messages) {
        for (int i = 0; i < messages.size(); i++) {
            List<String> calls = i > 0 ? ids(messages.get(i - 1), "tool_use", "id") : List.of();
            if (!calls.containsAll(ids(messages.get(i), "tool_result", "tool_use_id"))) {
                return false;
            }
        }
        return true;
    }

    static List<String> ids(Json message, String type, String field) {
        List<String> ids = new ArrayList<>();
        for (Json block : Paths.all(message, "$.content[*]")) {
            if (block instanceof Json.Obj object && type.equals(object.text("type"))) {
                ids.add(object.text(field, "missing"));
            }
        }
        return ids;
    }

    private static boolean noOrphanToolCalls(List<Json> messages) {
        for (int i = 0; i < messages.size(); i++) {
            List<Json> ids = Paths.all(messages.get(i), "$.tool_calls[*].id");
            List<Json> answered = new ArrayList<>();
            for (int j = i + 1; j < messages.size() && isRole(messages.get(j), "tool"); j++) {
                answered.addAll(Paths.all(messages.get(j), "$.tool_call_id"));
            }
            if (!answered.containsAll(ids)) {
                return false;
            }
        }
        return true;
    }

    static boolean isRole(Json message, String role) {
        return message instanceof Json.Obj object && role.equals(object.text("role"));
    }

    private static boolean strictSchemaOk(@Nullable Json format) {
        if (!(format instanceof Json.Obj object) || !object.isTrue("strict")) {
            return true;
        }
        return !isLoose(object.field("schema"));
    }

    private static boolean isLoose(@Nullable Json schema) {
        if (!(schema instanceof Json.Obj object)) {
            return false;
        }
        boolean loose = "object".equals(object.text("type"))
                && (object.field("additionalProperties") != Json.FALSE
                        || !Patterns.strings(object.items("required"))
                                .containsAll(properties(object).fields().keySet()));
        return loose
                || properties(object).fields().values().stream().anyMatch(StructureOps::isLoose)
                || isLoose(object.field("items"));
    }

    private static Json.Obj properties(Json.Obj schema) {
        Json.Obj properties = schema.object("properties");
        return properties == null ? Json.Obj.EMPTY : properties;
    }

    static boolean thinkingBudgetValid(Json root) {
        Json.Obj body = (Json.Obj) root;
        Json.Obj thinking = body.object("thinking");
        if (thinking == null || !"enabled".equals(thinking.text("type"))) {
            return true;
        }
        Long budget = thinking.whole("budget_tokens");
        Long maximum = body.whole("max_tokens");
        return budget != null && maximum != null && budget >= 1024 && budget < maximum;
    }

    private static boolean notBoth(Json root, Json value) {
        boolean has = !Paths.all(
                        root, Assertions.written(Assertions.items(value).getFirst()))
                .isEmpty();
        String choice = Assertions.written(Paths.first(root, "$.tool_choice.type"));
        return !(has && (choice.equals("any") || choice.equals("tool")));
    }

    private static boolean geminiTool(Json declaration) {
        Json.Obj object = (Json.Obj) declaration;
        Json parameters = object.field("parameters");
        if (parameters != null && object.has("parametersJsonSchema")) {
            return false;
        }
        return parameters == null || geminiSchema(parameters);
    }

    private static boolean geminiSchema(Json schema) {
        if (!(schema instanceof Json.Obj object)) {
            return false;
        }
        boolean types = !object.has("type") || object.text("type") != null;
        boolean enums = object.items("enum").stream().allMatch(item -> item instanceof Json.Str);
        return GEMINI_SCHEMA.containsAll(object.fields().keySet())
                && types
                && enums
                && properties(object).fields().values().stream().allMatch(StructureOps::geminiSchema)
                && (!object.has("items") || geminiSchema(object.fields().get("items")))
                && object.items("anyOf").stream().allMatch(StructureOps::geminiSchema);
    }

    private static boolean chatToolPair(Json root, Json value) {
        Json.Obj wanted = (Json.Obj) value;
        for (Json call : Paths.all(root, "$.messages[*].tool_calls[*]")) {
            Json.Obj object = (Json.Obj) call;
            Json.Obj tool = object.has("function") ? object.object("function") : object.object("custom");
            if (tool != null && Patterns.equal(tool.field("name"), wanted.field("name"))) {
                return Paths.all(root, "$.messages[*]").stream()
                        .filter(message -> isRole(message, "tool"))
                        .map(message -> (Json.Obj) message)
                        .filter(message -> Patterns.equal(message.field("tool_call_id"), object.field("id")))
                        .findFirst()
                        .map(message ->
                                Assertions.written(message.field("content")).contains(wanted.text("content", "")))
                        .orElse(false);
            }
        }
        return false;
    }
}
