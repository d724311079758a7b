package dev.sluice.protocol.openai.chat;

import dev.sluice.model.Block;
import dev.sluice.model.ChatRequest;
import dev.sluice.model.Citation;
import dev.sluice.model.Dialect;
import dev.sluice.model.Field;
import dev.sluice.model.Json;
import dev.sluice.model.Mark;
import dev.sluice.model.Message;
import dev.sluice.model.Signature;
import dev.sluice.model.Tool;
import dev.sluice.protocol.json.JsonText;
import dev.sluice.protocol.seal.Seal;
import dev.sluice.protocol.translate.Shape;
import dev.sluice.protocol.translate.WrongShape;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The client's messages. Leading instructions become the system prompt, later ones stay in place; adjacent tool
/// messages become one user turn of results. One per request.
final class MessageReader {
    private static final Set<String> ASSISTANT = Set.of(
            "role",
            "content",
            "name",
            "refusal",
            "tool_calls",
            "function_call",
            "reasoning_content",
            "reasoning",
            "reasoning_details",
            "annotations");
    private static final Set<String> OTHERS = Set.of("role", "content", "name", "tool_call_id");

    private final Seal seal;
    private final List<Block.Text> system = new ArrayList<>();
    private final List<Message> messages = new ArrayList<>();
    private String legacyCallId = "";

    MessageReader(Seal seal) {
        this.seal = seal;
    }

    void read(Shape body, ChatRequest.Builder request) {
        List<Block> results = new ArrayList<>();
        String resultsPath = "";
        for (Shape message : body.objects("messages")) {
            String role = message.neededText("role");
            if (role.equals("tool") || role.equals("function")) {
                resultsPath = results.isEmpty() ? message.path() : resultsPath;
                results.add(result(message, role.equals("function")));
                continue;
            }
            flush(results, resultsPath);
            one(message, role);
        }
        flush(results, resultsPath);
        request.system(system)
                .messages(messages)
                .path(Field.MESSAGES, "messages")
                .path(Field.SYSTEM, "messages[0]");
    }

    private void flush(List<Block> results, String path) {
        if (!results.isEmpty()) {
            messages.add(new Message(Message.Role.USER, results, null, path));
            results.clear();
        }
    }

    private void one(Shape message, String role) {
        switch (role) {
            case "system", "developer" -> instructions(message);
            case "user" -> add(Message.Role.USER, message, PartReader.content(message), OTHERS);
            case "assistant" -> add(Message.Role.ASSISTANT, message, assistant(message), ASSISTANT);
            default -> throw message.wrong("role", "one of system, developer, user, assistant, tool, function");
        }
    }

    private void add(Message.Role role, Shape message, List<Block> blocks, Set<String> known) {
        Json.Obj rest = message.rest(known);
        if (!rest.isEmpty()) {
            // an object without a type: fields of the message itself, written back as such
            blocks.add(new Block.Unmodelled(Dialect.OPENAI_CHAT, rest, Mark.at(message.path())));
        }
        messages.add(new Message(role, blocks, message.text("name"), message.path()));
    }

    private void instructions(Shape message) {
        List<Block> blocks = PartReader.content(message);
        if (!messages.isEmpty()) {
            add(Message.Role.SYSTEM, message, blocks, OTHERS);
            return;
        }
        for (Block block : blocks) {
            if (!(block instanceof Block.Text text)) {
                throw WrongShape.at(block.mark().path(), "A system message holds text only.");
            }
            system.add(text);
        }
    }

    private List<Block> assistant(Shape message) {
        List<Block> blocks = new ArrayList<>(ReasoningJson.blocks(message, seal));
        List<Block> content = PartReader.content(message);
        cite(content, PartReader.citations(message));
        blocks.addAll(content);
        String refusal = message.text("refusal");
        if (refusal != null && !refusal.isEmpty()) {
            blocks.add(new Block.Refusal(refusal, Mark.at(message.at("refusal"))));
        }
        for (Shape call : message.objects("tool_calls")) {
            blocks.add(call(call));
        }
        Shape legacy = message.object("function_call");
        if (legacy != null) {
            // the deprecated form has no id: one is made from the place, equal input gives equal ids
            legacyCallId = "call_fn_" + messages.size();
            blocks.add(function(legacyCallId, legacy, null));
        }
        return blocks;
    }

    private static void cite(List<Block> content, List<Citation> citations) {
        if (citations.isEmpty() || content.isEmpty() || !(content.getLast() instanceof Block.Text text)) {
            return;
        }
        content.set(content.size() - 1, new Block.Text(text.text(), citations, text.mark()));
    }

    private Block call(Shape call) {
        String id = call.text("id");
        Signature signature = AnswerReader.signature(call.json(), seal);
        Shape custom = call.object("custom");
        if (custom != null) {
            return new Block.ToolCall(
                    id == null ? "" : id,
                    custom.neededText("name"),
                    null,
                    Tool.Kind.CUSTOM,
                    orEmpty(custom.text("input")),
                    signature,
                    Mark.at(call.path()));
        }
        return function(id == null ? "" : id, call.neededObject("function"), signature)
                .marked(Mark.at(call.path()));
    }

    private static Block.ToolCall function(String id, Shape function, @Nullable Signature signature) {
        Json arguments = function.json().present("arguments");
        return new Block.ToolCall(
                id,
                function.neededText("name"),
                null,
                Tool.Kind.FUNCTION,
                arguments instanceof Json.Obj object ? JsonText.print(object) : orEmpty(function.text("arguments")),
                signature,
                Mark.at(function.path()));
    }

    private Block result(Shape message, boolean legacy) {
        List<Block> content = PartReader.content(message);
        String name = message.text("name");
        if (legacy) {
            return new Block.ToolResult(legacyCallId, name, content, false, Mark.at(message.path()));
        }
        String id = message.text("tool_call_id");
        Mark mark = Mark.at(message.path());
        return new Block.ToolResult(orEmpty(id), name, content, false, mark);
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
