package dev.sluice.protocol.anthropic;

import dev.sluice.model.Block;
import dev.sluice.model.Citation;
import dev.sluice.model.Dialect;
import dev.sluice.model.Json;
import dev.sluice.model.Mark;
import dev.sluice.model.Signature;
import dev.sluice.protocol.json.JsonText;
import dev.sluice.protocol.seal.Seal;
import dev.sluice.protocol.translate.AnthropicProof;
import dev.sluice.protocol.translate.PropertyText;
import dev.sluice.protocol.translate.TextTool;
import dev.sluice.protocol.translate.ToolNames;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Blocks of an answer, whole: read from a provider's, written for a client.
final class AnswerBlocks {
    /// Stands where sources have no text: a text that is empty is refused when it comes back.
    static final String SOURCES = "Sources:";

    private AnswerBlocks() {}

    static Block decode(Json.Obj block, ToolNames names) {
        String type = block.text("type", "");
        return switch (type) {
            case "text" -> new Block.Text(block.text("text", ""), citations(block), Mark.NONE);
            case "thinking" ->
                new Block.Reasoning(block.text("thinking", ""), signature(block.text("signature")), Mark.NONE);
            case "redacted_thinking" ->
                new Block.EncryptedReasoning(new Signature(Dialect.ANTHROPIC, block.text("data", "")), null, Mark.NONE);
            case "tool_use" -> toolCall(block, names);
            case "server_tool_use", "mcp_tool_use" ->
                new Block.ServerToolCall(
                        Dialect.ANTHROPIC, block.text("id", ""), block.text("name", ""), block, Mark.NONE);
            default ->
                type.endsWith("_tool_result")
                        ? new Block.ServerToolResult(Dialect.ANTHROPIC, block.text("tool_use_id", ""), block, Mark.NONE)
                        : new Block.Unmodelled(Dialect.ANTHROPIC, block, Mark.NONE);
        };
    }

    static @Nullable Signature signature(@Nullable String value) {
        return value == null || value.isEmpty() ? null : new Signature(Dialect.ANTHROPIC, value);
    }

    static List<Citation> citations(Json.Obj block) {
        List<Citation> citations = new ArrayList<>();
        for (Json item : block.items("citations")) {
            if (item instanceof Json.Obj raw) {
                citations.add(ContentDecoder.citation(raw));
            }
        }
        return citations;
    }

    private static Block toolCall(Json.Obj block, ToolNames names) {
        ToolNames.Original tool = names.toClient(block.text("name", ""));
        Json.Obj input = block.object("input");
        String arguments = input == null ? "{}" : JsonText.print(input);
        if (tool.property() != null) {
            PropertyText text = new PropertyText(tool.property());
            arguments = text.feed(arguments) + text.end();
        }
        return new Block.ToolCall(
                block.text("id", ""), tool.name(), tool.namespace(), tool.kind(), arguments, null, Mark.NONE);
    }

    /// A block for a client of this dialect; null: it has no form here.
    static Json.@Nullable Obj encode(Block block, Seal seal, ToolIds ids) {
        return switch (block) {
            case Block.Text text -> text(text);
            case Block.Refusal refusal -> text(new Block.Text(refusal.text()));
            case Block.Reasoning reasoning ->
                typed("thinking")
                        .put("thinking", reasoning.text())
                        .put("signature", proof(reasoning.signature(), seal))
                        .build();
            case Block.EncryptedReasoning encrypted ->
                typed("redacted_thinking").put("data", data(encrypted, seal)).build();
            case Block.ToolCall call ->
                typed("tool_use")
                        .put("id", ids.legal(call.id()))
                        .put("name", TextTool.flat(call.namespace(), call.name()))
                        .put("input", TextTool.input(call))
                        .build();
            case Block.ServerToolCall call -> own(call.dialect(), call.raw());
            case Block.ServerToolResult result -> own(result.dialect(), result.raw());
            case Block.Unmodelled unknown -> own(unknown.dialect(), unknown.raw());
            case Block.Audio audio ->
                audio.transcript() == null || audio.transcript().isEmpty()
                        ? null
                        : text(new Block.Text(audio.transcript()));
            case Block.GeneratedImage made ->
                text(new Block.Text("[A picture (" + made.mime() + "), which answers of this API cannot hold.]"));
            // only ever said by users
            case Block.Image _, Block.Document _, Block.Video _ -> null;
            case Block.ToolResult _, Block.SearchResult _ -> null;
        };
    }

    /// The signature as the client may hold it: this dialect's own as it is, another's sealed, none as none.
    static String proof(@Nullable Signature signature, Seal seal) {
        if (signature == null) {
            return "";
        }
        return AnthropicProof.isOwn(signature)
                ? signature.value()
                : seal.seal(new Seal.Content(signature, false, null, null));
    }

    private static String data(Block.EncryptedReasoning encrypted, Seal seal) {
        return AnthropicProof.isOwn(encrypted.data())
                ? encrypted.data().value()
                : seal.seal(new Seal.Content(encrypted.data(), true, null, encrypted.itemId()));
    }

    private static Json.Builder typed(String type) {
        return Json.object().put("type", type);
    }

    /// Null: it says nothing.
    private static Json.@Nullable Obj text(Block.Text text) {
        List<Json> sources = new ArrayList<>(text.citations().size());
        for (Citation citation : text.citations()) {
            Json.Obj source = citation(citation);
            if (source != null) {
                sources.add(source);
            }
        }
        if (text.text().isEmpty() && sources.isEmpty()) {
            return null;
        }
        return typed("text")
                .put("text", text.text().isEmpty() ? SOURCES : text.text())
                .put("citations", sources.isEmpty() ? Json.NULL : Json.array(sources))
                .build();
    }

    /// A source for a client: another provider's as one of a search. Its index is marked as the gateway's own, and it is
    /// taken out again when it comes back: its issuer alone knows an index. Null: it has no address.
    static Json.@Nullable Obj citation(Citation citation) {
        if (citation.dialect() == Dialect.ANTHROPIC) {
            return citation.raw();
        }
        return citation.url() == null
                ? null
                : typed("web_search_result_location")
                        .put("cited_text", citation.quoted() == null ? "" : citation.quoted())
                        .put("encrypted_index", Seal.PREFIX)
                        .put("title", citation.title() == null ? Json.NULL : Json.of(citation.title()))
                        .put("url", citation.url())
                        .build();
    }

    /// Whether a source is another provider's, made up here.
    static boolean isForeign(@Nullable String encryptedIndex) {
        return encryptedIndex != null && Seal.isSealed(encryptedIndex);
    }

    private static Json.@Nullable Obj own(Dialect dialect, Json.Obj raw) {
        return dialect == Dialect.ANTHROPIC ? raw : null;
    }
}
