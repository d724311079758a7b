package dev.sluice.protocol.bedrock;

import dev.sluice.model.Block;
import dev.sluice.model.ChatRequest;
import dev.sluice.model.Dialect;
import dev.sluice.model.Field;
import dev.sluice.model.Json;
import dev.sluice.model.Mark;
import dev.sluice.model.Message;
import dev.sluice.protocol.translate.AnthropicProof;
import dev.sluice.protocol.translate.Losses;
import dev.sluice.protocol.translate.TextTool;
import dev.sluice.protocol.translate.ToolNames;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The conversation as Converse wants it: a user first, own thoughts in front, no blank text, all calls answered.
final class MessageEncoder {
    /// Stands where the target wants a user's turn and the client had none.
    private static final String GO_ON = "Continue.";
    /// Stands beside a document that came without a word: the target wants one.
    private static final String SEE = "See the attached document.";
    /// Stands where a tool answered nothing.
    private static final String NOTHING = "(no output)";

    private final Converse converse;
    private final ChatRequest request;
    private final Losses losses;
    private final MediaEncoder media;

    MessageEncoder(Converse converse) {
        this.converse = converse;
        this.request = converse.request();
        this.losses = converse.losses();
        this.media = new MediaEncoder(converse);
    }

    Json messages() {
        List<Json> messages = new ArrayList<>(request.messages().size() + 1);
        Message last = null;
        for (Message message : request.messages()) {
            List<Json> content = content(message);
            if (content.isEmpty()) {
                continue;
            }
            if (messages.isEmpty() && message.role() != Message.Role.USER) {
                messages.add(user(GO_ON));
            }
            messages.add(message(role(message.role()), content));
            last = message;
        }
        if (last == null) {
            String path = request.pathOf(Field.MESSAGES);
            throw losses.refused(path, path + ": at least one message with content is expected");
        }
        boolean prefill = converse.caps().prefill() || request.client() == Dialect.ANTHROPIC;
        if (last.role() == Message.Role.ASSISTANT && !prefill) {
            losses.drop(last.path());
            messages.add(user(GO_ON));
        }
        return breakpoint(messages);
    }

    /// The breakpoint of the whole request ends with its last message.
    private Json breakpoint(List<Json> messages) {
        Mark.@Nullable CacheTtl ttl = request.cache().topLevel();
        if (ttl != null && messages.removeLast() instanceof Json.Obj last) {
            List<Json> content = new ArrayList<>(last.items("content"));
            converse.cache().point(content, ttl);
            messages.add(last.with("content", Json.array(content)));
        }
        return Json.array(messages);
    }

    private static Json message(String role, List<Json> content) {
        return Json.object()
                .put("role", role)
                .put("content", Json.array(content))
                .build();
    }

    private static Json user(String text) {
        return message("user", List.of(text(text)));
    }

    private static Json.Obj text(String text) {
        return one("text", Json.of(text));
    }

    private static Json.Obj one(String name, Json value) {
        return Json.object().put(name, value).build();
    }

    private static String role(Message.Role role) {
        return switch (role) {
            case USER -> "user";
            case ASSISTANT -> "assistant";
            case SYSTEM -> "system";
        };
    }

    private List<Json> content(Message message) {
        List<Json> items = new ArrayList<>(message.blocks().size());
        for (Block block : ordered(message)) {
            Json.Obj item = block(block, message.role());
            if (item != null) {
                items.add(item);
                converse.cache().add(items, block.mark());
                innerCaches(block).forEach(mark -> converse.cache().add(items, mark));
            }
        }
        if (has(items, "document") && !has(items, "text")) {
            items.add(text(SEE));
        }
        return items;
    }

    /// What a tool answered holds no breakpoints: they come behind it.
    private static List<Mark> innerCaches(Block block) {
        return block instanceof Block.ToolResult result
                ? result.content().stream()
                        .map(Block::mark)
                        .filter(mark -> mark.cache() != null)
                        .toList()
                : List.of();
    }

    private static boolean has(List<Json> items, String name) {
        return items.stream().anyMatch(item -> item instanceof Json.Obj object && object.has(name));
    }

    /// Clients of other dialects may hold thoughts apart from the text and calls they led to: here they come first.
    private List<Block> ordered(Message message) {
        if (request.client() == Dialect.ANTHROPIC || message.role() != Message.Role.ASSISTANT) {
            return message.blocks();
        }
        List<Block> ordered = new ArrayList<>(message.blocks());
        ordered.removeIf(block -> !AnthropicProof.isOwn(block));
        message.blocks().stream().filter(block -> !AnthropicProof.isOwn(block)).forEach(ordered::add);
        return ordered;
    }

    /// Null: nothing of it is sent.
    private Json.@Nullable Obj block(Block block, Message.Role role) {
        Mark mark = block.mark();
        boolean isUser = role == Message.Role.USER;
        return switch (block) {
            case Block.Text text -> text.text().isBlank() ? null : text(text.text());
            case Block.Refusal refusal -> text(refusal.text());
            case Block.Image image -> isUser ? media.image(image) : lost(mark);
            case Block.Document document -> isUser ? media.document(document) : lost(mark);
            case Block.GeneratedImage image -> isUser ? media.image(image.mime(), image.base64(), mark) : lost(mark);
            case Block.Audio audio -> audio(audio);
            case Block.Video _ -> {
                losses.modality(mark.path(), "Video");
                yield null;
            }
            case Block.Reasoning reasoning -> reasoning(reasoning);
            case Block.EncryptedReasoning encrypted -> encrypted(encrypted);
            case Block.ToolCall call -> one("toolUse", toolUse(call));
            case Block.ToolResult result -> one("toolResult", toolResult(result));
            case Block.SearchResult result -> one("searchResult", searchResult(result));
            case Block.ServerToolCall _, Block.ServerToolResult _, Block.Unmodelled _ -> lost(mark);
        };
    }

    private Json.@Nullable Obj lost(Mark mark) {
        losses.drop(mark.path());
        return null;
    }

    private Json.@Nullable Obj audio(Block.Audio audio) {
        String transcript = audio.transcript();
        if (transcript != null && !transcript.isBlank()) {
            losses.drop(audio.mark().path());
            return text(transcript);
        }
        losses.modality(audio.mark().path(), "Audio");
        return null;
    }

    /// Thoughts of others, and thoughts without proof, mean nothing here: left out without a word.
    private Json.@Nullable Obj reasoning(Block.Reasoning reasoning) {
        if (!converse.caps().reasoning() || reasoning.signature() == null || !AnthropicProof.isOwn(reasoning)) {
            return null;
        }
        Json.Obj text = Json.object()
                .put("text", reasoning.text())
                .put("signature", reasoning.signature().value())
                .build();
        return one("reasoningContent", one("reasoningText", text));
    }

    private Json.@Nullable Obj encrypted(Block.EncryptedReasoning encrypted) {
        return converse.caps().reasoning() && AnthropicProof.isOwn(encrypted)
                ? one(
                        "reasoningContent",
                        one("redactedContent", Json.of(encrypted.data().value())))
                : null;
    }

    private Json toolUse(Block.ToolCall call) {
        return Json.object()
                .put("toolUseId", call.id())
                .put("name", ToolNames.legal(TextTool.flat(call.namespace(), call.name()), converse.nameMax()))
                .put("input", TextTool.input(call, losses))
                .build();
    }

    private Json toolResult(Block.ToolResult result) {
        List<Json> content = new ArrayList<>();
        for (Block block : result.content()) {
            Json.Obj item = block(block, Message.Role.USER);
            if (item != null) {
                content.add(item);
            }
        }
        if (content.isEmpty()) {
            content.add(text(NOTHING));
        }
        return Json.object()
                .put("toolUseId", result.callId())
                .put("content", Json.array(content))
                .when(result.isError(), b -> b.put("status", "error"))
                .build();
    }

    private static Json searchResult(Block.SearchResult result) {
        List<Json> content = new ArrayList<>();
        for (Block block : result.content()) {
            if (block instanceof Block.Text text && !text.text().isBlank()) {
                content.add(text(text.text()));
            }
        }
        return Json.object()
                .put("source", result.source())
                .put("title", result.title())
                .put("content", Json.array(content))
                .build();
    }
}
