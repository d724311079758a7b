package dev.sluice.protocol.openai.responses;

import dev.sluice.model.Block;
import dev.sluice.model.Dialect;
import dev.sluice.model.Json;
import dev.sluice.model.Mark;
import dev.sluice.model.MediaSource;
import dev.sluice.model.Message.Role;
import dev.sluice.protocol.TargetProfile;
import dev.sluice.protocol.openai.CachePoint;
import dev.sluice.protocol.translate.DataUrl;
import dev.sluice.protocol.translate.DocumentText;
import dev.sluice.protocol.translate.Losses;
import java.util.List;

/// Blocks of a turn as content parts.
final class PartWriter {
    private final TargetProfile target;
    private final Losses losses;
    private final Hints hints;

    PartWriter(TargetProfile target, Losses losses, Hints hints) {
        this.target = target;
        this.losses = losses;
        this.hints = hints;
    }

    /// Adds the parts of a block of a turn or of a tool's output.
    void part(Block block, Role role, List<Json> out) {
        String path = block.mark().path();
        boolean isAnswer = role == Role.ASSISTANT;
        switch (block) {
            case Block.Text text -> text(text.text(), text.mark(), isAnswer, out);
            case Block.Refusal refusal -> refusal(refusal, isAnswer, out);
            case Block.SearchResult result -> text(DocumentText.of(result), result.mark(), isAnswer, out);
            case Block.Image image when !isAnswer -> image(image, out);
            case Block.Document document when !isAnswer -> document(document, out);
            case Block.Audio audio when !isAnswer -> audio(audio, out);
            case Block.GeneratedImage image
            when !isAnswer -> put(imagePart(DataUrl.of(image.mime(), image.base64())), image.mark(), out);
            case Block.Video _ -> losses.modality(path, "Video");
            case Block.Unmodelled(Dialect dialect, Json.Obj raw, Mark _)
            when dialect == Dialect.OPENAI_RESPONSES -> out.add(raw);
            case Block.GeneratedImage _, Block.ServerToolCall _, Block.ServerToolResult _ -> losses.drop(path);
            case Block.Image _, Block.Document _, Block.Audio _, Block.Unmodelled _ -> losses.drop(path);
            case Block.Reasoning _, Block.EncryptedReasoning _, Block.ToolCall _, Block.ToolResult _ ->
                losses.drop(path);
        }
    }

    private void put(Json.Builder part, Mark mark, List<Json> out) {
        Json.Obj written = CachePoint.write(part.build(), mark, target.capabilities());
        Json.Obj kept = hints.at(mark.path());
        out.add(
                kept.isEmpty()
                        ? written
                        : Json.object().putAll(written).putAll(kept).build());
    }

    private void text(String text, Mark mark, boolean isAnswer, List<Json> out) {
        if (text.isEmpty()) {
            return;
        }
        Json.Builder part = Json.object()
                .put("type", isAnswer ? "output_text" : "input_text")
                .put("text", text);
        if (isAnswer) {
            out.add(part.put("annotations", Json.Arr.of())
                    .putAll(hints.at(mark.path()))
                    .build());
        } else {
            put(part, mark, out);
        }
    }

    private void refusal(Block.Refusal refusal, boolean isAnswer, List<Json> out) {
        if (isAnswer) {
            put(
                    Json.object().put("type", "refusal").put("refusal", refusal.text()),
                    Mark.at(refusal.mark().path()),
                    out);
        } else {
            text(refusal.text(), refusal.mark(), false, out);
        }
    }

    private static Json.Builder imagePart(String url) {
        return Json.object().put("type", "input_image").put("image_url", url).put("detail", "auto");
    }

    private void image(Block.Image image, List<Json> out) {
        String path = image.mark().path();
        if (!target.capabilities().vision()) {
            losses.modality(path, "Image input");
            return;
        }
        Json.Builder part = switch (image.source()) {
            case MediaSource.Base64(String data, String mime) -> imagePart(DataUrl.of(mime, data));
            case MediaSource.Url(String address) -> imagePart(address);
            case MediaSource.FileId(Dialect dialect, String id) ->
                Json.object()
                        .put("type", "input_image")
                        .put("file_id", own(dialect, id, path))
                        .put("detail", "auto");
            case MediaSource.PlainText _, MediaSource.S3 _ ->
                throw losses.refused(path, "An image stored elsewhere cannot be used with this model.");
        };
        put(part.putIf("detail", image.detail()), image.mark(), out);
    }

    /// A file's id, for the vendor that has the file: both of its dialects name the same store.
    private String own(Dialect dialect, String id, String path) {
        if (dialect != Dialect.OPENAI_RESPONSES && dialect != Dialect.OPENAI_CHAT) {
            throw losses.refused(path, "A file stored at another provider cannot be used with this model.");
        }
        return id;
    }

    private void document(Block.Document document, List<Json> out) {
        String path = document.mark().path();
        if (document.citations()) {
            losses.drop(path + ".citations");
        }
        boolean isPlain = hints.at(path).isEmpty() && !(document.source() instanceof MediaSource.FileId);
        String text = isPlain ? DocumentText.of(document) : null;
        if (text != null) {
            text(text, document.mark(), false, out);
            return;
        }
        if (isPdf(document) && !target.capabilities().pdf()) {
            losses.modality(path, "PDF input");
            return;
        }
        Json.Builder part = Json.object().put("type", "input_file").putIf("filename", document.name());
        switch (document.source()) {
            case MediaSource.Base64(String data, String mime) -> {
                if (document.name() == null || document.name().isEmpty()) {
                    part.put("filename", isPdf(document) ? "document.pdf" : "document");
                }
                part.put("file_data", DataUrl.of(mime, data));
            }
            case MediaSource.Url(String url) -> part.put("file_url", url);
            case MediaSource.FileId(Dialect dialect, String id) -> part.put("file_id", own(dialect, id, path));
            case MediaSource.PlainText _, MediaSource.S3 _ ->
                throw losses.refused(path, "A document stored elsewhere cannot be used with this model.");
        }
        String remark = document.context();
        if (remark != null) {
            text(remark, Mark.NONE, false, out);
        }
        put(part, document.mark(), out);
    }

    private static boolean isPdf(Block.Document document) {
        return document.source() instanceof MediaSource.Base64(String _, String mime) && mime.equals("application/pdf");
    }

    private void audio(Block.Audio audio, List<Json> out) {
        if (!(audio.source() instanceof MediaSource.Base64(String data, String _))) {
            throw losses.refused(audio.mark().path(), "Sound must be given inline for this model.");
        }
        Json.Obj input =
                Json.object().put("data", data).put("format", audio.format()).build();
        put(Json.object().put("type", "input_audio").put("input_audio", input), audio.mark(), out);
    }
}
