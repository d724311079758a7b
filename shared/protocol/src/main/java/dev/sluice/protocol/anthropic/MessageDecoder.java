package dev.sluice.protocol.anthropic;

import dev.sluice.model.Block;
import dev.sluice.model.Dialect;
import dev.sluice.model.Json;
import dev.sluice.model.Mark;
import dev.sluice.model.Message;
import dev.sluice.model.Signature;
import dev.sluice.model.Tool;
import dev.sluice.protocol.json.JsonText;
import dev.sluice.protocol.seal.Seal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The conversation of a Messages body: its system prompt, its turns and their blocks.
final class MessageDecoder {
    private final FieldReader fields;
    private final ContentDecoder content;
    private final Seal seal;

    MessageDecoder(FieldReader fields, Seal seal) {
        this.fields = fields;
        this.content = new ContentDecoder(fields);
        this.seal = seal;
    }

    List<Block.Text> system(Json.Obj body) {
        List<Block.Text> system = new ArrayList<>();
        Json value = body.present("system");
        if (value instanceof Json.Str(String text)) {
            system.add(new Block.Text(text, Mark.at("system")));
            return system;
        }
        List<Json> items = fields.items(body, "system", "");
        for (int i = 0; i < items.size(); i++) {
            String path = FieldReader.path("system", i);
            Json.Obj block = fields.asObject(items.get(i), path);
            if (!"text".equals(block.text("type"))) {
                fields.refuse(path + ".type", "text is expected");
            }
            system.add(content.text(block, path));
        }
        return system;
    }

    List<Message> messages(Json.Obj body) {
        List<Json> items = fields.items(body, "messages", "");
        List<Message> messages = new ArrayList<>(items.size());
        for (int i = 0; i < items.size(); i++) {
            String path = FieldReader.path("messages", i);
            messages.add(message(fields.asObject(items.get(i), path), path));
        }
        return messages;
    }

    private Message message(Json.Obj message, String path) {
        Message.Role role = switch (fields.required(message, "role", path)) {
            case "user" -> Message.Role.USER;
            case "assistant" -> Message.Role.ASSISTANT;
            case "system" -> Message.Role.SYSTEM;
            default -> {
                fields.refuse(path + ".role", "one of user, assistant, system is expected");
                yield Message.Role.USER;
            }
        };
        fields.keepRest(message, path, List.of("role", "content"));
        return new Message(role, blocks(message, path, true), null, path);
    }

    /// The blocks of a `content` field, which may be a string.
    private List<Block> blocks(Json.Obj holder, String path, boolean isRequired) {
        String at = FieldReader.path(path, "content");
        Json value = holder.present("content");
        if (value instanceof Json.Str(String text)) {
            return List.of(new Block.Text(text, Mark.at(at)));
        }
        if (value instanceof Json.Arr(List<Json> items)) {
            List<Block> blocks = new ArrayList<>(items.size());
            for (int i = 0; i < items.size(); i++) {
                String itemPath = FieldReader.path(at, i);
                Block block = block(fields.asObject(items.get(i), itemPath), itemPath);
                if (block != null) {
                    blocks.add(block);
                }
            }
            return blocks;
        }
        if (isRequired || value != null) {
            fields.refuse(at, "a string or an array is expected");
        }
        return List.of();
    }

    /// Null: reasoning of an unknown issuer, which nobody can use.
    private @Nullable Block block(Json.Obj block, String path) {
        String type = fields.required(block, "type", path);
        return switch (type) {
            case "text" -> content.text(block, path);
            case "image" -> content.image(block, path);
            case "document" -> content.document(block, path);
            case "search_result" -> content.searchResult(block, path);
            case "thinking" -> thinking(block, path);
            case "redacted_thinking" -> redacted(block, path);
            case "tool_use" -> toolUse(block, path);
            case "tool_result" -> toolResult(block, path);
            case "server_tool_use", "mcp_tool_use" ->
                new Block.ServerToolCall(
                        Dialect.ANTHROPIC,
                        fields.required(block, "id", path),
                        fields.required(block, "name", path),
                        block,
                        mark(block, path));
            default ->
                type.endsWith("_tool_result")
                        ? new Block.ServerToolResult(
                                Dialect.ANTHROPIC,
                                fields.required(block, "tool_use_id", path),
                                block,
                                mark(block, path))
                        : new Block.Unmodelled(Dialect.ANTHROPIC, block, mark(block, path));
        };
    }

    private Mark mark(Json.Obj block, String path) {
        return new Mark(path, CacheControl.decode(block, path, fields));
    }

    private @Nullable Block thinking(Json.Obj block, String path) {
        String text = fields.required(block, "thinking", path);
        String signature = fields.text(block, "signature", path);
        fields.keepRest(block, path, List.of("type", "thinking", "signature", CacheControl.NAME));
        if (signature == null || signature.isEmpty()) {
            return new Block.Reasoning(text, null, Mark.at(path));
        }
        if (!Seal.isSealed(signature)) {
            return new Block.Reasoning(text, new Signature(Dialect.ANTHROPIC, signature), Mark.at(path));
        }
        Optional<Seal.Content> opened = seal.open(signature);
        return opened.isPresent() ? unsealed(opened.get(), text, path) : null;
    }

    private @Nullable Block redacted(Json.Obj block, String path) {
        String data = fields.required(block, "data", path);
        fields.keepRest(block, path, List.of("type", "data", CacheControl.NAME));
        if (!Seal.isSealed(data)) {
            return new Block.EncryptedReasoning(new Signature(Dialect.ANTHROPIC, data), null, Mark.at(path));
        }
        Optional<Seal.Content> opened = seal.open(data);
        return opened.isPresent() ? unsealed(opened.get(), "", path) : null;
    }

    private static Block unsealed(Seal.Content content, String text, String path) {
        if (content.encrypted()) {
            return new Block.EncryptedReasoning(content.signature(), content.itemId(), Mark.at(path));
        }
        String sealedText = content.text();
        return new Block.Reasoning(sealedText == null ? text : sealedText, content.signature(), Mark.at(path));
    }

    private Block toolUse(Json.Obj block, String path) {
        Json.Obj input = fields.object(block, "input", path);
        fields.keepRest(block, path, List.of("type", "id", "name", "input", CacheControl.NAME));
        return new Block.ToolCall(
                fields.required(block, "id", path),
                fields.required(block, "name", path),
                null,
                Tool.Kind.FUNCTION,
                input == null ? "{}" : JsonText.print(input),
                null,
                mark(block, path));
    }

    private Block toolResult(Json.Obj block, String path) {
        fields.keepRest(block, path, List.of("type", "tool_use_id", "content", "is_error", CacheControl.NAME));
        return new Block.ToolResult(
                fields.required(block, "tool_use_id", path),
                null,
                blocks(block, path, false),
                Boolean.TRUE.equals(fields.bool(block, "is_error", path)),
                mark(block, path));
    }
}
