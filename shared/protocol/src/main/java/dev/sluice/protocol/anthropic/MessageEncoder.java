package dev.sluice.protocol.anthropic;

import dev.sluice.model.Block;
import dev.sluice.model.ChatRequest;
import dev.sluice.model.Citation;
import dev.sluice.model.Dialect;
import dev.sluice.model.Field;
import dev.sluice.model.Json;
import dev.sluice.model.Mark;
import dev.sluice.model.Message;
import dev.sluice.protocol.translate.AnthropicProof;
import dev.sluice.protocol.translate.Losses;
import dev.sluice.protocol.translate.OwnExtras;
import dev.sluice.protocol.translate.TextTool;
import dev.sluice.protocol.translate.ToolNames;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The conversation as this dialect wants it: a user first, own thoughts in front, no empty text, all calls answered.
final class MessageEncoder {
    /// Stands where the dialect wants a user's turn and the client had none.
    private static final String GO_ON = "Continue.";

    private final ChatRequest request;
    private final int nameMax;
    private final boolean prefill;
    private final Losses losses;
    private final OwnExtras extras;
    private final Breakpoints breakpoints;
    private final MediaEncoder media;

    MessageEncoder(Outgoing outgoing) {
        this.request = outgoing.request();
        this.nameMax = outgoing.toolNameMax();
        this.prefill = outgoing.caps().prefill() || request.client() == Dialect.ANTHROPIC;
        this.losses = outgoing.losses();
        this.extras = outgoing.extras();
        this.breakpoints = outgoing.breakpoints();
        this.media = new MediaEncoder(outgoing.caps(), losses);
    }

    Json messages() {
        List<Json> messages = new ArrayList<>(request.messages().size() + 1);
        Message last = null;
        for (Message message : request.messages()) {
            Json content = content(ordered(message), message.role());
            if (content == null) {
                continue;
            }
            if (messages.isEmpty() && message.role() != Message.Role.USER) {
                messages.add(user(GO_ON));
            }
            Json.Builder encoded =
                    Json.object().put("role", role(message.role())).put("content", content);
            messages.add(extras.addTo(encoded, message.path()).build());
            last = message;
        }
        if (last == null) {
            String path = request.pathOf(Field.MESSAGES);
            throw losses.refused(path, path + ": at least one message with content is expected");
        }
        if (last.role() == Message.Role.ASSISTANT && !prefill) {
            losses.drop(last.path());
            messages.add(user(GO_ON));
        }
        return Json.array(messages);
    }

    private static Json user(String text) {
        return Json.object().put("role", "user").put("content", text).build();
    }

    private static String role(Message.Role role) {
        return switch (role) {
            case USER -> "user";
            case ASSISTANT -> "assistant";
            case SYSTEM -> "system";
        };
    }

    /// A foreign client may hold thoughts apart from the text and calls they led to: here they come first.
    private List<Block> ordered(Message message) {
        List<Block> blocks = message.blocks();
        if (request.client() == Dialect.ANTHROPIC
                || message.role() != Message.Role.ASSISTANT
                || AnthropicProof.isOwn(blocks.getFirst())) {
            return blocks;
        }
        List<Block> ordered = new ArrayList<>(blocks.size());
        blocks.stream().filter(AnthropicProof::isOwn).forEach(ordered::add);
        blocks.stream().filter(block -> !AnthropicProof.isOwn(block)).forEach(ordered::add);
        return ordered;
    }

    /// Whether a text is content by itself, as the client wrote it or as well as if it had.
    static boolean isPlain(Block block) {
        return block instanceof Block.Text text
                && text.mark().cache() == null
                && text.citations().isEmpty()
                && !text.mark().path().endsWith("]");
    }

    /// Null: nothing of it can be sent.
    private @Nullable Json content(List<Block> blocks, Message.Role role) {
        if (blocks.size() == 1 && isPlain(blocks.getFirst())) {
            String text = ((Block.Text) blocks.getFirst()).text();
            return text.isBlank() ? null : Json.of(text);
        }
        List<Json> items = new ArrayList<>(blocks.size());
        for (Block block : blocks) {
            Json.Builder item = block(block, role);
            if (item != null) {
                extras.addTo(item, block.mark().path());
                items.add(
                        AnthropicProof.isReasoning(block)
                                ? item.build()
                                : breakpoints.mark(item, block.mark()).build());
            }
        }
        return items.isEmpty() ? null : Json.array(items);
    }

    private Json.@Nullable Builder block(Block block, Message.Role role) {
        Mark mark = block.mark();
        return switch (block) {
            case Block.Text text -> text(text);
            case Block.Refusal refusal -> text(new Block.Text(refusal.text(), mark));
            case Block.Image image -> isAssistant(role) ? lost(mark) : media.image(image);
            case Block.Document document -> isAssistant(role) ? lost(mark) : media.document(document);
            case Block.Audio audio -> audio(audio);
            case Block.Video _ -> {
                losses.modality(mark.path(), "Video");
                yield null;
            }
            case Block.Reasoning reasoning -> reasoning(reasoning);
            case Block.EncryptedReasoning encrypted ->
                AnthropicProof.isOwn(encrypted.data())
                        ? typed("redacted_thinking")
                                .put("data", encrypted.data().value())
                        : null;
            case Block.ToolCall call -> toolUse(call);
            case Block.ToolResult result -> toolResult(result);
            case Block.ServerToolCall call -> own(call.dialect(), call.raw(), mark);
            case Block.ServerToolResult result -> own(result.dialect(), result.raw(), mark);
            case Block.SearchResult result -> searchResult(result);
            case Block.GeneratedImage image ->
                isAssistant(role) ? lost(mark) : MediaEncoder.base64("image", image.mime(), image.base64());
            case Block.Unmodelled unknown -> own(unknown.dialect(), unknown.raw(), mark);
        };
    }

    private static boolean isAssistant(Message.Role role) {
        return role == Message.Role.ASSISTANT;
    }

    private static Json.Builder typed(String type) {
        return Json.object().put("type", type);
    }

    private Json.@Nullable Builder lost(Mark mark) {
        losses.drop(mark.path());
        return null;
    }

    /// A block as it came, for the provider whose dialect it is in.
    private Json.@Nullable Builder own(Dialect dialect, Json.Obj raw, Mark mark) {
        return dialect == Dialect.ANTHROPIC ? Json.object().putAll(raw.without(CacheControl.NAME)) : lost(mark);
    }

    private static Json.@Nullable Builder text(Block.Text text) {
        if (text.text().isBlank()) {
            return null;
        }
        List<Json> citations = text.citations().stream()
                .filter(citation -> citation.dialect() == Dialect.ANTHROPIC)
                .<Json>map(Citation::raw)
                .toList();
        return typed("text")
                .put("text", text.text())
                .when(!citations.isEmpty(), b -> b.put("citations", Json.array(citations)));
    }

    private Json.@Nullable Builder audio(Block.Audio audio) {
        String transcript = audio.transcript();
        if (transcript != null && !transcript.isBlank()) {
            losses.drop(audio.mark().path());
            return typed("text").put("text", transcript);
        }
        losses.modality(audio.mark().path(), "Sound");
        return null;
    }

    /// Thoughts of others, and thoughts without proof, mean nothing here: left out without a word.
    private static Json.@Nullable Builder reasoning(Block.Reasoning reasoning) {
        return reasoning.signature() != null && AnthropicProof.isOwn(reasoning.signature())
                ? typed("thinking")
                        .put("thinking", reasoning.text())
                        .put("signature", reasoning.signature().value())
                : null;
    }

    private Json.Builder toolUse(Block.ToolCall call) {
        return typed("tool_use")
                .put("id", call.id())
                .put("name", ToolNames.legal(TextTool.flat(call.namespace(), call.name()), nameMax))
                .put("input", TextTool.input(call, losses));
    }

    private Json.Builder toolResult(Block.ToolResult result) {
        return typed("tool_result")
                .put("tool_use_id", result.callId())
                .putIf("content", content(result.content(), Message.Role.USER))
                .when(result.isError(), b -> b.put("is_error", true));
    }

    private Json.Builder searchResult(Block.SearchResult result) {
        List<Json> content = new ArrayList<>();
        for (Block block : result.content()) {
            Json.Builder item = block(block, Message.Role.USER);
            if (item != null) {
                content.add(item.build());
            }
        }
        return typed("search_result")
                .put("source", result.source())
                .put("title", result.title())
                .put("content", Json.array(content));
    }
}
