package dev.sluice.protocol.gemini;

import dev.sluice.model.Block;
import dev.sluice.model.ChatRequest;
import dev.sluice.model.Dialect;
import dev.sluice.model.Json;
import dev.sluice.model.MediaSource;
import dev.sluice.model.ReasoningWish;
import dev.sluice.protocol.json.JsonText;
import org.jspecify.annotations.Nullable;

/// The parts of contents, in answers and in requests.
final class PartForm {
    private PartForm() {}

    static Json.Obj text(String text) {
        return Json.object().put("text", text).build();
    }

    static Json.Obj thought(String text) {
        return Json.object().put("text", text).put("thought", true).build();
    }

    static Json.Obj proven(Json.Obj part, @Nullable String proof) {
        return proof == null ? part : part.with("thoughtSignature", Json.of(proof));
    }

    static Json.Obj call(String id, String name, Json.Obj args) {
        Json.Obj call = Json.object()
                .putIf("id", id.isEmpty() ? null : id)
                .put("name", name)
                .put("args", args)
                .build();
        return Json.object().put("functionCall", call).build();
    }

    /// The object that a call's arguments are; null when they are none. No arguments are an empty object.
    static Json.@Nullable Obj arguments(String text) {
        return text.isBlank() ? Json.Obj.EMPTY : JsonText.objectOrNull(text);
    }

    static Json.Obj inline(String mime, String data) {
        Json.Obj blob = Json.object().put("mimeType", mime).put("data", data).build();
        return Json.object().put("inlineData", blob).build();
    }

    static Json.Obj file(String uri, @Nullable String mime) {
        Json.Obj file =
                Json.object().putIf("mimeType", mime).put("fileUri", uri).build();
        return Json.object().put("fileData", file).build();
    }

    /// The part that a block of one piece is for a client; null: the dialect has none for it.
    static Json.@Nullable Obj whole(Block block) {
        return switch (block) {
            case Block.GeneratedImage made -> inline(made.mime(), made.base64());
            case Block.Audio audio ->
                audio.source() instanceof MediaSource.Base64(String data, String mime) ? inline(mime, data) : null;
            case Block.ServerToolCall call -> call.dialect() == Dialect.GEMINI ? call.raw() : null;
            case Block.ServerToolResult result -> result.dialect() == Dialect.GEMINI ? result.raw() : null;
            case Block.Unmodelled unknown -> unknown.dialect() == Dialect.GEMINI ? unknown.raw() : null;
            default -> null;
        };
    }

    /// Whether the client wants to read the model's thoughts.
    static boolean showsThoughts(ChatRequest request) {
        String display = switch (request.reasoning()) {
            case ReasoningWish.Adaptive(var _, String wanted) -> wanted;
            case ReasoningWish.Budget(long _, var _, String wanted) -> wanted;
            case ReasoningWish.Unset _, ReasoningWish.Off _, ReasoningWish.ByEffort _ -> null;
        };
        return display != null && !display.equals("omitted");
    }
}
