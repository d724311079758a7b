package dev.sluice.protocol.ollama;

import dev.sluice.model.Block;
import dev.sluice.model.ChatRequest;
import dev.sluice.model.Dialect;
import dev.sluice.model.Field;
import dev.sluice.model.Json;
import dev.sluice.model.Mark;
import dev.sluice.model.MediaSource;
import dev.sluice.model.Message;
import dev.sluice.model.Tool;
import dev.sluice.protocol.json.JsonText;
import dev.sluice.protocol.translate.ImageType;
import dev.sluice.protocol.translate.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// The client's messages. Leading instructions become the system prompt, later ones stay in place; adjacent tool messages
/// become one user turn of results. One per request.
final class MessageReader {
    private static final Set<String> KNOWN =
            Set.of("role", "content", "thinking", "images", "tool_calls", "tool_name", "tool_call_id", "name");

    private final List<Block.Text> system = new ArrayList<>();
    private final List<Message> messages = new ArrayList<>();
    private final List<Block> results = new ArrayList<>();
    private String resultsPath = "";

    void read(Shape body, ChatRequest.Builder request) {
        for (Shape message : body.objects("messages")) {
            String role = message.neededText("role").toLowerCase(Locale.ROOT);
            if (role.equals("tool")) {
                resultsPath = results.isEmpty() ? message.path() : resultsPath;
                results.add(result(message));
            } else {
                flush();
                one(message, role);
            }
        }
        flush();
        request.system(system)
                .messages(messages)
                .path(Field.MESSAGES, "messages")
                .path(Field.SYSTEM, "messages[0]");
    }

    private void flush() {
        if (!results.isEmpty()) {
            messages.add(new Message(Message.Role.USER, results, null, resultsPath));
            results.clear();
        }
    }

    private void one(Shape message, String role) {
        switch (role) {
            case "system" -> instructions(message);
            case "user" -> add(Message.Role.USER, message, content(message));
            case "assistant" -> add(Message.Role.ASSISTANT, message, assistant(message));
            default -> throw message.wrong("role", "one of system, user, assistant, tool");
        }
    }

    private void add(Message.Role role, Shape message, List<Block> blocks) {
        Json.Obj rest = message.rest(KNOWN);
        if (!rest.isEmpty()) {
            blocks.add(new Block.Unmodelled(Dialect.OLLAMA_CHAT, rest, Mark.at(message.path())));
        }
        messages.add(new Message(role, blocks, null, message.path()));
    }

    private void instructions(Shape message) {
        if (messages.isEmpty()) {
            text(message).forEach(text -> system.add((Block.Text) text));
        } else {
            add(Message.Role.SYSTEM, message, text(message));
        }
    }

    private static List<Block> text(Shape message) {
        String content = message.text("content");
        List<Block> blocks = new ArrayList<>();
        if (content != null && !content.isEmpty()) {
            blocks.add(new Block.Text(content, Mark.at(message.at("content"))));
        }
        return blocks;
    }

    private static List<Block> content(Shape message) {
        List<Block> blocks = text(message);
        blocks.addAll(images(message));
        return blocks;
    }

    /// Pictures come as bare base64: what they are is told by their first bytes.
    static List<Block> images(Shape message) {
        List<Block> images = new ArrayList<>();
        List<String> given = message.texts("images");
        for (int i = 0; i < given.size(); i++) {
            images.add(new Block.Image(
                    new MediaSource.Base64(given.get(i), ImageType.ofBase64(given.get(i))),
                    null,
                    Mark.at(message.at("images") + "[" + i + "]")));
        }
        return images;
    }

    private static List<Block> assistant(Shape message) {
        List<Block> blocks = new ArrayList<>();
        String thinking = message.text("thinking");
        if (thinking != null && !thinking.isEmpty()) {
            blocks.add(new Block.Reasoning(thinking, null, Mark.at(message.at("thinking"))));
        }
        blocks.addAll(content(message));
        for (Shape call : message.objects("tool_calls")) {
            blocks.add(call(call));
        }
        return blocks;
    }

    private static Block call(Shape call) {
        Shape function = call.neededObject("function");
        Shape arguments = function.object("arguments");
        String id = call.text("id");
        return new Block.ToolCall(
                id == null ? "" : id,
                function.neededText("name"),
                null,
                Tool.Kind.FUNCTION,
                arguments == null ? "{}" : JsonText.print(arguments.json()),
                null,
                Mark.at(call.path()));
    }

    private static Block result(Shape message) {
        String id = message.text("tool_call_id");
        String name = message.text("tool_name");
        return new Block.ToolResult(
                id == null ? "" : id,
                name == null ? message.text("name") : name,
                content(message),
                false,
                Mark.at(message.path()));
    }
}
