package dev.sluice.protocol.openai.chat;

import dev.sluice.model.Block;
import dev.sluice.model.Dialect;
import dev.sluice.model.Json;
import dev.sluice.model.Mark;
import dev.sluice.model.MediaSource;
import dev.sluice.protocol.TargetProfile;
import dev.sluice.protocol.openai.CachePoint;
import dev.sluice.protocol.openai.SharedWishes;
import dev.sluice.protocol.translate.DataUrl;
import dev.sluice.protocol.translate.DocumentText;
import dev.sluice.protocol.translate.Losses;
import java.util.ArrayList;
import java.util.List;

/// Blocks of a turn as content parts.
final class PartWriter {
    private final TargetProfile target;
    private final Losses losses;

    PartWriter(TargetProfile target, Losses losses) {
        this.target = target;
        this.losses = losses;
    }

    static Json.Obj text(String text) {
        return Json.object().put("type", "text").put("text", text).build();
    }

    /// A string when there is one plain text and nothing else: what the simplest servers understand.
    static Json content(List<Json> parts) {
        boolean isPlain = parts.size() == 1
                && parts.getFirst() instanceof Json.Obj part
                && part.text("type", "").equals("text")
                && part.fields().size() == 2;
        return isPlain ? Json.of(((Json.Obj) parts.getFirst()).text("text", "")) : new Json.Arr(List.copyOf(parts));
    }

    /// Texts of instructions and of tool results: one string, unless breakpoints or a client's own parts say otherwise.
    Json texts(List<Block.Text> texts, boolean keepParts) {
        List<Json> written = new ArrayList<>();
        boolean plain = true;
        for (Block.Text text : texts) {
            Json.Obj part = marked(text(text.text()), text.mark());
            plain &= part.fields().size() == 2;
            written.add(part);
        }
        if (plain && !keepParts && written.size() > 1) {
            return Json.of(
                    String.join("\n\n", texts.stream().map(Block.Text::text).toList()));
        }
        return written.isEmpty() ? Json.of("") : content(written);
    }

    /// Adds the parts of a block of a user's turn or of a tool's result.
    void part(Block block, List<Json> out) {
        String path = block.mark().path();
        switch (block) {
            case Block.Text text -> addText(text.text(), text.mark(), out);
            case Block.Refusal refusal -> addText(refusal.text(), refusal.mark(), out);
            case Block.Image image -> image(image, out);
            case Block.Document document -> document(document, out);
            case Block.Audio audio -> audio(audio, out);
            case Block.SearchResult result -> addText(DocumentText.of(result), result.mark(), out);
            case Block.Video _ -> losses.modality(path, "Video");
            case Block.Unmodelled(Dialect dialect, Json.Obj raw, Mark _)
            when dialect == Dialect.OPENAI_CHAT -> out.add(raw);
            case Block.Reasoning _, Block.EncryptedReasoning _ -> {}
            case Block.ServerToolCall _, Block.ServerToolResult _ -> losses.drop(path);
            case Block.GeneratedImage _, Block.ToolCall _, Block.ToolResult _, Block.Unmodelled _ -> losses.drop(path);
        }
    }

    private void addText(String text, Mark mark, List<Json> out) {
        if (!text.isEmpty()) {
            out.add(marked(text(text), mark));
        }
    }

    private void image(Block.Image image, List<Json> out) {
        String path = image.mark().path();
        if (!target.capabilities().vision()) {
            losses.modality(path, "Image input");
            return;
        }
        String url = switch (image.source()) {
            case MediaSource.Base64(String data, String mime) -> DataUrl.of(mime, data);
            case MediaSource.Url(String address) -> address;
            case MediaSource.FileId _, MediaSource.PlainText _, MediaSource.S3 _ ->
                throw losses.refused(path, "An image stored elsewhere cannot be used with this model.");
        };
        Json.Obj address =
                Json.object().put("url", url).putIf("detail", image.detail()).build();
        out.add(marked(
                Json.object().put("type", "image_url").put("image_url", address).build(), image.mark()));
    }

    private void document(Block.Document document, List<Json> out) {
        String path = document.mark().path();
        if (document.citations()) {
            losses.drop(path + ".citations");
        }
        String text = DocumentText.of(document);
        if (text != null) {
            addText(text, document.mark(), out);
            return;
        }
        switch (document.source()) {
            case MediaSource.Base64(String data, String mime) -> {
                if (mime.equals("application/pdf") && !target.capabilities().pdf()) {
                    losses.modality(path, "PDF input");
                } else {
                    file(document, DataUrl.of(mime, data), out);
                }
            }
            case MediaSource.FileId(Dialect dialect, String id) -> {
                if (!SharedWishes.isOpenAi(dialect)) {
                    throw losses.refused(path, "A file stored at another provider cannot be used with this model.");
                }
                Json.Obj file = Json.object().put("file_id", id).build();
                out.add(marked(
                        Json.object().put("type", "file").put("file", file).build(), document.mark()));
            }
            case MediaSource.Url _, MediaSource.S3 _, MediaSource.PlainText _ ->
                throw losses.refused(path, "A document must be given inline for this model.");
        }
    }

    private void file(Block.Document document, String url, List<Json> out) {
        String name = document.name();
        Json.Obj file = Json.object()
                .put("filename", name == null || name.isEmpty() ? fallbackName(url) : name)
                .put("file_data", url)
                .build();
        if (document.context() != null) {
            addText(document.context(), Mark.NONE, out);
        }
        out.add(marked(Json.object().put("type", "file").put("file", file).build(), document.mark()));
    }

    /// A name is needed; servers go by its ending.
    private static String fallbackName(String url) {
        return url.startsWith("data:application/pdf") ? "document.pdf" : "document";
    }

    private void audio(Block.Audio audio, List<Json> out) {
        if (!(audio.source() instanceof MediaSource.Base64(String data, String _))) {
            throw losses.refused(audio.mark().path(), "Sound must be given inline for this model.");
        }
        Json.Obj input =
                Json.object().put("data", data).put("format", audio.format()).build();
        out.add(marked(
                Json.object()
                        .put("type", "input_audio")
                        .put("input_audio", input)
                        .build(),
                audio.mark()));
    }

    private Json.Obj marked(Json.Obj part, Mark mark) {
        return CachePoint.write(part, mark, target.capabilities());
    }
}
