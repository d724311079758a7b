package dev.sluice.protocol.bedrock;

import dev.sluice.model.Block;
import dev.sluice.model.Citation;
import dev.sluice.model.Dialect;
import dev.sluice.model.Json;
import dev.sluice.model.Mark;
import dev.sluice.model.Signature;
import dev.sluice.protocol.json.JsonText;
import dev.sluice.protocol.translate.PropertyText;
import dev.sluice.protocol.translate.ToolNames;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Blocks of an answer: objects with one key, which says the kind.
final class ContentBlocks {
    /// The type of a call that the provider runs itself.
    private static final String SERVER_TOOL = "server_tool_use";

    private ContentBlocks() {}

    static Block read(Json.Obj block, ToolNames names) {
        Json.Obj call = block.object("toolUse");
        if (call != null) {
            return isServerTool(call) ? serverCall(call) : toolCall(call, names);
        }
        Json.Obj thought = block.object("reasoningContent");
        if (thought != null) {
            return reasoning(thought);
        }
        Json.Obj cited = block.object("citationsContent");
        if (cited != null) {
            return cited(cited);
        }
        Json.Obj result = block.object("toolResult");
        if (result != null) {
            return serverResult(result);
        }
        Json.Obj image = block.object("image");
        Json.Obj source = image == null ? null : image.object("source");
        if (image != null && source != null && source.text("bytes") != null) {
            return image(image.text("format", "png"), source.text("bytes", ""));
        }
        String text = block.text("text");
        return text == null ? new Block.Unmodelled(Dialect.BEDROCK_CONVERSE, block, Mark.NONE) : new Block.Text(text);
    }

    static boolean isServerTool(Json.Obj call) {
        return SERVER_TOOL.equals(call.text("type"));
    }

    private static Block toolCall(Json.Obj call, ToolNames names) {
        ToolNames.Original tool = names.toClient(call.text("name", ""));
        Json.Obj input = call.object("input");
        String arguments = input == null ? "{}" : JsonText.print(input);
        if (tool.property() != null) {
            PropertyText text = new PropertyText(tool.property());
            arguments = text.feed(arguments) + text.end();
        }
        return new Block.ToolCall(
                call.text("toolUseId", ""), tool.name(), tool.namespace(), tool.kind(), arguments, null, Mark.NONE);
    }

    static Block serverCall(Json.Obj call) {
        return new Block.ServerToolCall(
                Dialect.BEDROCK_CONVERSE, call.text("toolUseId", ""), call.text("name", ""), call, Mark.NONE);
    }

    static Block serverResult(Json.Obj result) {
        return new Block.ServerToolResult(Dialect.BEDROCK_CONVERSE, result.text("toolUseId", ""), result, Mark.NONE);
    }

    static Block image(String format, String base64) {
        return new Block.GeneratedImage(base64, "image/" + format, Mark.NONE);
    }

    private static Block reasoning(Json.Obj thought) {
        String redacted = thought.text("redactedContent");
        if (redacted != null) {
            return encrypted(redacted);
        }
        Json.Obj text = thought.object("reasoningText");
        return new Block.Reasoning(
                text == null ? "" : text.text("text", ""),
                signature(text == null ? null : text.text("signature")),
                Mark.NONE);
    }

    static Block encrypted(String base64) {
        return new Block.EncryptedReasoning(new Signature(Dialect.ANTHROPIC, base64), null, Mark.NONE);
    }

    /// Null: it is none.
    static @Nullable Signature signature(@Nullable String value) {
        return value == null || value.isEmpty() ? null : new Signature(Dialect.ANTHROPIC, value);
    }

    private static Block cited(Json.Obj cited) {
        StringBuilder text = new StringBuilder();
        for (Json item : cited.items("content")) {
            text.append(item instanceof Json.Obj part ? part.text("text", "") : "");
        }
        List<Citation> citations = new ArrayList<>();
        for (Json item : cited.items("citations")) {
            if (item instanceof Json.Obj citation) {
                citations.add(citation(citation));
            }
        }
        return new Block.Text(text.toString(), citations, Mark.NONE);
    }

    static Citation citation(Json.Obj raw) {
        Json.Obj location = raw.object("location");
        Json.Obj web = location == null ? null : location.object("web");
        StringBuilder quoted = new StringBuilder();
        for (Json item : raw.items("sourceContent")) {
            quoted.append(item instanceof Json.Obj part ? part.text("text", "") : "");
        }
        return new Citation(
                Dialect.BEDROCK_CONVERSE,
                raw,
                web == null ? null : web.text("url"),
                raw.text("title"),
                quoted.isEmpty() ? null : quoted.toString());
    }
}
