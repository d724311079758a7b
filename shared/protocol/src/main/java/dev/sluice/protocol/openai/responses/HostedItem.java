package dev.sluice.protocol.openai.responses;

import dev.sluice.model.Block;
import dev.sluice.model.Dialect;
import dev.sluice.model.Json;
import dev.sluice.model.Mark;
import org.jspecify.annotations.Nullable;

/// Items that come in one piece: calls of tools that the provider runs, their results, pictures, and kinds that this
/// version does not know. Both ways.
final class HostedItem {
    private static final String IMAGE = "image_generation_call";

    private HostedItem() {}

    static Block read(Json.Obj item) {
        String type = item.text("type", "");
        String id = item.text("id", "");
        if (type.equals(IMAGE) && !item.text("result", "").isEmpty()) {
            String mime = "image/" + item.text("output_format", "png");
            return new Block.GeneratedImage(item.text("result", ""), mime, Mark.NONE);
        }
        if (type.endsWith("_call")) {
            return new Block.ServerToolCall(Dialect.OPENAI_RESPONSES, id, item.text("name", type), item, Mark.NONE);
        }
        if (type.endsWith("_output")) {
            String callId = item.text("call_id", id);
            return new Block.ServerToolResult(Dialect.OPENAI_RESPONSES, callId, item, Mark.NONE);
        }
        return new Block.Unmodelled(Dialect.OPENAI_RESPONSES, item, Mark.NONE);
    }

    /// The item that a block is to a client; null: it has no form here.
    static Json.@Nullable Obj write(Block block, ItemIds ids, int outputIndex) {
        return switch (block) {
            case Block.GeneratedImage made -> image(made, ids.of("ig", outputIndex));
            case Block.ServerToolCall call ->
                isOwn(call.dialect()) ? named(call.raw(), ids, outputIndex) : search(call, ids, outputIndex);
            case Block.ServerToolResult result ->
                isOwn(result.dialect()) ? named(result.raw(), ids, outputIndex) : null;
            case Block.Unmodelled unknown -> isOwn(unknown.dialect()) ? named(unknown.raw(), ids, outputIndex) : null;
            // words and calls have items of their own, and the rest is only ever said by users
            case Block.Text _, Block.Refusal _, Block.Reasoning _, Block.EncryptedReasoning _ -> null;
            case Block.ToolCall _, Block.ToolResult _, Block.SearchResult _ -> null;
            case Block.Image _, Block.Document _, Block.Audio _, Block.Video _ -> null;
        };
    }

    private static boolean isOwn(Dialect dialect) {
        return dialect == Dialect.OPENAI_RESPONSES;
    }

    private static Json.Obj named(Json.Obj raw, ItemIds ids, int outputIndex) {
        return raw.text("id", "").isEmpty() ? raw.with("id", Json.of(ids.of("item", outputIndex))) : raw;
    }

    private static Json.Obj image(Block.GeneratedImage made, String id) {
        String format = made.mime().substring(made.mime().indexOf('/') + 1);
        return Json.object()
                .put("type", IMAGE)
                .put("id", id)
                .put("status", EndWords.COMPLETED)
                .put("output_format", format)
                .put("result", made.base64())
                .build();
    }

    /// A search that another provider ran: all that this dialect says of one is what was looked for.
    private static Json.@Nullable Obj search(Block.ServerToolCall call, ItemIds ids, int outputIndex) {
        Json.Obj input = call.raw().object("input");
        if (!call.name().equals("web_search") || input == null) {
            return null;
        }
        Json.Obj action = Json.object()
                .put("type", "search")
                .put("query", input.text("query", ""))
                .build();
        return Json.object()
                .put("type", "web_search_call")
                .put("id", ids.of("ws", outputIndex))
                .put("status", EndWords.COMPLETED)
                .put("action", action)
                .build();
    }
}
