package dev.sluice.core.demo;

import dev.sluice.model.Block;
import dev.sluice.model.ChatRequest;
import dev.sluice.model.Json;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Plausible values for a tool's JSON schema, taken from the prompt where it has them. Only what is required is filled
/// in.
final class DemoArguments {
    private static final int DEEPEST = 6;

    private final PromptParts parts;

    DemoArguments(ChatRequest request, String prompt) {
        this.parts = new PromptParts(prompt, workingDirectory(request));
    }

    /// Arguments of a function.
    Json.Obj object(Json.Obj schema) {
        return object(schema, 0);
    }

    /// Any value of that schema.
    Json sample(Json.Obj schema) {
        return value("", schema, 0);
    }

    /// What goes to a tool that takes free text.
    String freeText(String tool) {
        return tool.toLowerCase(Locale.ROOT).contains("patch")
                ? "*** Begin Patch\n*** Add File: " + parts.file() + "\n+" + parts.content() + "\n*** End Patch"
                : parts.command();
    }

    private Json.Obj object(Json.Obj schema, int depth) {
        Json.Builder arguments = Json.object();
        Json.Obj properties = schema.object("properties");
        if (properties == null || depth > DEEPEST) {
            return arguments.build();
        }
        List<Json> required = schema.items("required");
        properties.fields().forEach((name, property) -> {
            if (required.contains(Json.of(name))) {
                arguments.put(name, value(name, property instanceof Json.Obj is ? is : Json.Obj.EMPTY, depth));
            }
        });
        return arguments.build();
    }

    private Json value(String name, Json.Obj schema, int depth) {
        Json fixed = fixed(schema);
        if (fixed != null) {
            return fixed;
        }
        Json.Obj branch = branch(schema);
        if (branch != null) {
            return value(name, branch, depth + 1);
        }
        return switch (type(schema)) {
            case "object" -> object(schema, depth + 1);
            case "array" -> array(name, schema, depth);
            case "integer", "number" -> number(schema);
            case "boolean" -> Json.FALSE;
            case "null" -> Json.NULL;
            default -> Json.of(text(name, schema));
        };
    }

    /// A value the schema itself gives: a constant, one of an enumeration, a default.
    private @Nullable Json fixed(Json.Obj schema) {
        List<Json> options = schema.items("enum");
        for (Json option : options) {
            if (option instanceof Json.Str(String text) && parts.mentions(text)) {
                return option;
            }
        }
        Json constant = schema.field("const");
        return constant != null ? constant : options.isEmpty() ? schema.present("default") : options.getFirst();
    }

    private static Json.@Nullable Obj branch(Json.Obj schema) {
        for (String word : new String[] {"anyOf", "oneOf", "allOf"}) {
            for (Json option : schema.items(word)) {
                if (option instanceof Json.Obj branch && !type(branch).equals("null")) {
                    return branch;
                }
            }
        }
        return null;
    }

    private static String type(Json.Obj schema) {
        if (schema.field("type") instanceof Json.Arr(List<Json> types)) {
            for (Json type : types) {
                if (type instanceof Json.Str(String name) && !name.equals("null")) {
                    return name;
                }
            }
        }
        return schema.text("type", schema.has("properties") ? "object" : "string")
                .toLowerCase(Locale.ROOT);
    }

    private Json array(String name, Json.Obj schema, int depth) {
        Json.Obj items = schema.object("items");
        if (items == null || depth > DEEPEST) {
            return Json.Arr.of();
        }
        boolean isCommand = PromptParts.isCommand(name) && type(items).equals("string");
        return isCommand
                ? Json.strings(List.of("sh", "-c", parts.command()))
                : Json.Arr.of(value(name, items, depth + 1));
    }

    private Json number(Json.Obj schema) {
        Json minimum = schema.field("minimum");
        Long said = parts.number();
        if (said != null) {
            return Json.of(said);
        }
        return minimum instanceof Json.Num ? minimum : Json.of(1);
    }

    private String text(String name, Json.Obj schema) {
        boolean absolute =
                schema.text("description", "").toLowerCase(Locale.ROOT).contains("absolute");
        return parts.valueOf(name, absolute);
    }

    /// Coding tools name the directory they work in among their instructions.
    private static String workingDirectory(ChatRequest request) {
        String found = null;
        for (Block.Text text : request.system()) {
            found = found == null ? directoryIn(text.text()) : found;
        }
        for (var message : request.messages()) {
            for (Block block : message.blocks()) {
                found = found == null && block instanceof Block.Text text ? directoryIn(text.text()) : found;
            }
        }
        return found == null ? "" : found;
    }

    private static @Nullable String directoryIn(String text) {
        for (String mark : new String[] {"orking directory: /", "<cwd>/"}) {
            int at = text.indexOf(mark);
            if (at >= 0) {
                int from = at + mark.length() - 1;
                int to = from;
                while (to < text.length() && text.charAt(to) != '\n' && text.charAt(to) != '<') {
                    to++;
                }
                return text.substring(from, to).strip();
            }
        }
        return null;
    }
}
