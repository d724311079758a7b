package dev.sluice.protocol.openai.responses;

import dev.sluice.model.Block;
import dev.sluice.model.ChatRequest;
import dev.sluice.model.Dialect;
import dev.sluice.model.Field;
import dev.sluice.model.Json;
import dev.sluice.model.Mark;
import dev.sluice.model.Message;
import dev.sluice.model.Tool;
import dev.sluice.protocol.json.JsonText;
import dev.sluice.protocol.seal.Seal;
import dev.sluice.protocol.translate.Shape;
import dev.sluice.protocol.translate.WrongShape;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The items of `input` as turns, each a message of its own. Leading instructions become the system prompt, later ones stay
/// in place. One per request.
final class ItemReader {
    private static final Set<String> MESSAGE = Set.of("role", "content");
    private static final Set<String> INSTRUCTION = Set.of("content");
    private static final Set<String> FUNCTION = Set.of("type", "call_id", "name", "namespace", "arguments");
    private static final Set<String> CUSTOM = Set.of("type", "call_id", "name", "namespace", "input");
    private static final Set<String> OUTPUT = Set.of("type", "call_id", "name", "output");

    private final Seal seal;
    private final Hints hints;
    private final PartReader parts;
    private final ToolReader toolReader;
    private final LoadedTools tools;
    private final List<Block.Text> system = new ArrayList<>();
    private final List<Message> messages = new ArrayList<>();

    /// @param tools gets the tools that the input brings in
    ItemReader(Seal seal, Hints hints, LoadedTools tools) {
        this.seal = seal;
        this.hints = hints;
        this.parts = new PartReader(hints);
        this.toolReader = new ToolReader(hints);
        this.tools = tools;
    }

    void read(Shape body, ChatRequest.Builder request) {
        String instructions = body.text("instructions");
        if (instructions != null) {
            system.add(new Block.Text(instructions, Mark.at("instructions")));
        }
        if (body.json().present("input") instanceof Json.Str(String text)) {
            add(Message.Role.USER, List.of(new Block.Text(text, Mark.at("input"))), "input");
        } else {
            List<Shape> items = body.objects("input");
            for (int i = 0; i < items.size(); i++) {
                item(items.get(i), i);
            }
        }
        request.system(system)
                .messages(messages)
                .path(Field.MESSAGES, "input")
                .path(Field.SYSTEM, instructions != null ? "instructions" : "input[0]");
    }

    private void item(Shape item, int number) {
        switch (type(item)) {
            case "message" -> message(item);
            case "function_call" -> call(item, Tool.Kind.FUNCTION, "arguments", FUNCTION);
            case "custom_tool_call" -> call(item, Tool.Kind.CUSTOM, "input", CUSTOM);
            case "function_call_output", "custom_tool_call_output" -> output(item);
            case "reasoning" -> {
                Block block = EarlierReasoning.read(item, hints, seal);
                if (block != null) {
                    assistant(block);
                }
            }
            case "tool_search_call" -> searchCall(item, number);
            case "tool_search_output" -> searchOutput(item, number);
            case "additional_tools" -> {
                hints.keepItem(number, item.json());
                tools.add(toolReader.tools(item));
            }
            case "item_reference" -> throw unknown(item);
            case "compaction_trigger" ->
                throw WrongShape.at(item.path(), "'" + item.path() + "': this model's provider compacts no history.");
            default -> other(item);
        }
    }

    private static String type(Shape item) {
        String type = item.text("type");
        if (type != null) {
            return type;
        }
        boolean isReference = item.json().text("role") == null && item.json().text("id") != null;
        return isReference ? "item_reference" : "message";
    }

    private static WrongShape unknown(Shape item) {
        return WrongShape.at(
                item.path(),
                "'" + item.path() + "': the item '" + item.neededText("id") + "' is not stored here. Send it whole.");
    }

    private void message(Shape item) {
        String role = item.neededText("role");
        List<Block> content = parts.content(item, "content");
        switch (role) {
            case "user" -> add(Message.Role.USER, content, item.path());
            case "assistant" -> add(Message.Role.ASSISTANT, content, item.path());
            case "system", "developer" -> instruct(content, item.path());
            default -> throw item.wrong("role", "one of user, assistant, system, developer");
        }
        boolean saysWhich = role.equals("system") || role.equals("developer");
        hints.keepRest(item, saysWhich ? INSTRUCTION : MESSAGE);
    }

    /// Instructions are text elsewhere: what else they hold follows as the user's.
    private void instruct(List<Block> content, String path) {
        List<Block> texts = new ArrayList<>();
        List<Block> rest = new ArrayList<>();
        content.forEach(block -> (block instanceof Block.Text ? texts : rest).add(block));
        if (messages.isEmpty()) {
            texts.forEach(text -> system.add((Block.Text) text));
        } else {
            add(Message.Role.SYSTEM, texts, path);
        }
        add(Message.Role.USER, rest, path);
    }

    private void call(Shape item, Tool.Kind kind, String arguments, Set<String> read) {
        String said = item.text(arguments);
        hints.keepRest(item, read);
        assistant(new Block.ToolCall(
                orEmpty(item.text("call_id")),
                item.neededText("name"),
                item.text("namespace"),
                kind,
                orEmpty(said),
                null,
                Mark.at(item.path())));
    }

    private void output(Shape item) {
        hints.keepRest(item, OUTPUT);
        user(new Block.ToolResult(
                orEmpty(item.text("call_id")),
                item.text("name"),
                parts.content(item, "output"),
                false,
                Mark.at(item.path())));
    }

    /// The client's own search of tools is a function elsewhere; the provider's is its own matter.
    private void searchCall(Shape item, int number) {
        String id = item.text("call_id");
        if (id == null || !"client".equals(item.text("execution"))) {
            other(item);
            return;
        }
        hints.keepItem(number, item.json());
        Json arguments = item.json().present("arguments");
        assistant(new Block.ToolCall(
                id,
                ToolReader.TOOL_SEARCH,
                null,
                Tool.Kind.FUNCTION,
                arguments instanceof Json.Str(String text) ? text : arguments == null ? "" : JsonText.print(arguments),
                null,
                Mark.at(item.path())));
    }

    private void searchOutput(Shape item, int number) {
        String id = item.text("call_id");
        List<Tool> found = toolReader.tools(item);
        tools.add(found);
        if (id == null || !"client".equals(item.text("execution"))) {
            other(item);
            return;
        }
        hints.keepItem(number, item.json());
        List<Block> said = List.of(new Block.Text(LoadedTools.told(found), Mark.at(item.path())));
        user(new Block.ToolResult(id, ToolReader.TOOL_SEARCH, said, false, Mark.at(item.path())));
    }

    /// Items of tools that the provider runs, and items that this version does not know.
    private void other(Shape item) {
        String type = item.neededText("type");
        Mark mark = Mark.at(item.path());
        String id = item.json().text("id", item.json().text("call_id", ""));
        boolean isCall = type.endsWith("_call") || type.startsWith("mcp_") || type.equals("program");
        if (type.endsWith("_output") || type.equals("mcp_approval_response")) {
            user(new Block.ServerToolResult(Dialect.OPENAI_RESPONSES, id, item.json(), mark));
        } else if (isCall) {
            assistant(new Block.ServerToolCall(Dialect.OPENAI_RESPONSES, id, type, item.json(), mark));
        } else {
            assistant(new Block.Unmodelled(Dialect.OPENAI_RESPONSES, item.json(), mark));
        }
    }

    private void assistant(Block block) {
        add(Message.Role.ASSISTANT, List.of(block), block.mark().path());
    }

    private void user(Block block) {
        add(Message.Role.USER, List.of(block), block.mark().path());
    }

    private void add(Message.Role role, List<Block> blocks, String path) {
        if (!blocks.isEmpty()) {
            messages.add(new Message(role, blocks, null, path));
        }
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
