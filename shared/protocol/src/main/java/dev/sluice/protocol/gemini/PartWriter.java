package dev.sluice.protocol.gemini;

import dev.sluice.model.Block;
import dev.sluice.model.Dialect;
import dev.sluice.model.Json;
import dev.sluice.model.MediaSource;
import dev.sluice.protocol.TargetProfile;
import dev.sluice.protocol.translate.Losses;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Blocks of a turn as parts.
final class PartWriter {
    private static final String PDF = "application/pdf";

    private final TargetProfile target;
    private final Losses losses;

    PartWriter(TargetProfile target, Losses losses) {
        this.target = target;
        this.losses = losses;
    }

    void part(Block block, List<Json> out) {
        String path = block.mark().path();
        switch (block) {
            case Block.Text text -> text(text.text(), out);
            case Block.Refusal refusal -> text(refusal.text(), out);
            case Block.Image image -> {
                if (target.capabilities().vision()) {
                    out.add(media(image.source(), null, path));
                } else {
                    losses.modality(path, "Image input");
                }
            }
            case Block.Document document -> document(document, out);
            case Block.Audio audio -> out.add(media(audio.source(), MediaTypes.ofAudio(audio.format()), path));
            case Block.Video video -> out.add(media(video.source(), null, path));
            case Block.GeneratedImage made -> out.add(PartForm.inline(made.mime(), made.base64()));
            case Block.SearchResult result -> search(result, out);
            case Block.Unmodelled(Dialect dialect, Json.Obj raw, var _) when dialect == Dialect.GEMINI -> out.add(raw);
            case Block.Reasoning _, Block.EncryptedReasoning _ -> {}
            case Block.ServerToolCall _, Block.ServerToolResult _ -> losses.drop(path);
            case Block.ToolCall _, Block.ToolResult _, Block.Unmodelled _ -> losses.drop(path);
        }
    }

    private static void text(String text, List<Json> out) {
        if (!text.isBlank()) {
            out.add(PartForm.text(text));
        }
    }

    /// @param mime what the provider shall take it for; null: what the client says
    private Json media(MediaSource source, @Nullable String mime, String path) {
        return switch (source) {
            case MediaSource.Base64(String data, String said) -> PartForm.inline(mime == null ? said : mime, data);
            case MediaSource.Url(String url) -> {
                String guessed = MediaTypes.ofAddress(url);
                yield PartForm.file(url, guessed == null ? mime : guessed);
            }
            case MediaSource.FileId(Dialect dialect, String id) -> {
                if (dialect != Dialect.GEMINI) {
                    throw losses.refused(path, "A file stored at another provider cannot be used with this model.");
                }
                yield PartForm.file(id, mime);
            }
            case MediaSource.PlainText(String text) -> PartForm.text(text);
            case MediaSource.S3 _ ->
                throw losses.refused(path, "A file stored at another provider cannot be used with this model.");
        };
    }

    private void document(Block.Document document, List<Json> out) {
        String path = document.mark().path();
        if (document.citations()) {
            losses.drop(path + ".citations");
        }
        boolean isPdf = document.source() instanceof MediaSource.Base64(String _, String mime) && mime.equals(PDF);
        if (isPdf && !target.capabilities().pdf()) {
            losses.modality(path, "PDF input");
            return;
        }
        StringBuilder head = new StringBuilder();
        boolean isText = document.source() instanceof MediaSource.PlainText;
        if (document.name() != null && isText) {
            head.append(document.name()).append('\n');
        }
        if (document.context() != null) {
            head.append(document.context()).append('\n');
        }
        text(head.toString().strip(), out);
        out.add(media(document.source(), null, path));
    }

    private static void search(Block.SearchResult result, List<Json> out) {
        StringBuilder text = new StringBuilder();
        text.append(result.title()).append('\n').append(result.source()).append('\n');
        for (Block block : result.content()) {
            if (block instanceof Block.Text said) {
                text.append('\n').append(said.text());
            }
        }
        text(text.toString(), out);
    }
}
