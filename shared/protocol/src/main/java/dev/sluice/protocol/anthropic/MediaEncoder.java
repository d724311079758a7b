package dev.sluice.protocol.anthropic;

import dev.sluice.model.Block;
import dev.sluice.model.Capabilities;
import dev.sluice.model.Dialect;
import dev.sluice.model.Json;
import dev.sluice.model.Mark;
import dev.sluice.model.MediaSource;
import dev.sluice.protocol.translate.Losses;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Images and documents, with where their bytes are. What the target cannot take is refused or dropped by policy.
final class MediaEncoder {
    private static final String PDF = "application/pdf";

    private final Capabilities caps;
    private final Losses losses;

    MediaEncoder(Capabilities caps, Losses losses) {
        this.caps = caps;
        this.losses = losses;
    }

    Json.@Nullable Builder image(Block.Image image) {
        if (!caps.vision()) {
            losses.modality(image.mark().path(), "Image input");
            return null;
        }
        return switch (image.source()) {
            case MediaSource.Base64(String data, String mime) -> base64("image", mime, data);
            case MediaSource.Url(String url) -> url("image", url, image.mark());
            case MediaSource.FileId file -> file("image", file, image.mark());
            case MediaSource.PlainText _, MediaSource.S3 _ -> unreachable(image.mark());
        };
    }

    Json.@Nullable Builder document(Block.Document document) {
        Json.Builder encoded = switch (document.source()) {
            case MediaSource.Base64(String data, String mime) -> bytes(data, mime, document.mark());
            case MediaSource.PlainText(String text) -> text(text);
            case MediaSource.Url(String url) ->
                readsPdf(document.mark()) ? url("document", url, document.mark()) : null;
            case MediaSource.FileId file -> file("document", file, document.mark());
            case MediaSource.S3 _ -> unreachable(document.mark());
        };
        if (encoded == null) {
            return null;
        }
        return encoded.putIf("title", document.name())
                .putIf("context", document.context())
                .when(
                        document.citations(),
                        b -> b.put(
                                "citations", Json.object().put("enabled", true).build()));
    }

    private boolean readsPdf(Mark mark) {
        if (!caps.pdf()) {
            losses.modality(mark.path(), "PDF input");
        }
        return caps.pdf();
    }

    private Json.@Nullable Builder bytes(String data, String mime, Mark mark) {
        String type = mime.toLowerCase(Locale.ROOT);
        if (type.equals(PDF)) {
            return readsPdf(mark) ? base64("document", PDF, data) : null;
        }
        String text = type.startsWith("text/") || type.startsWith("application/json") ? decoded(data) : null;
        if (text != null) {
            return text(text);
        }
        losses.modality(mark.path(), "A document of type " + mime);
        return null;
    }

    private static @Nullable String decoded(String base64) {
        try {
            return new String(Base64.getMimeDecoder().decode(base64), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notBase64) {
            return null;
        }
    }

    static Json.Builder base64(String type, String mime, String data) {
        String known = mime.equalsIgnoreCase("image/jpg") ? "image/jpeg" : mime.toLowerCase(Locale.ROOT);
        return of(
                type,
                Json.object().put("type", "base64").put("media_type", known).put("data", data));
    }

    private static Json.@Nullable Builder text(String text) {
        return of(
                "document",
                Json.object()
                        .put("type", "text")
                        .put("media_type", "text/plain")
                        .put("data", text));
    }

    private Json.@Nullable Builder url(String type, String url, Mark mark) {
        if (!url.startsWith("https://") && !url.startsWith("http://")) {
            return unreachable(mark);
        }
        return of(type, Json.object().put("type", "url").put("url", url));
    }

    private Json.@Nullable Builder file(String type, MediaSource.FileId file, Mark mark) {
        return file.dialect() == Dialect.ANTHROPIC
                ? of(type, Json.object().put("type", "file").put("file_id", file.id()))
                : unreachable(mark);
    }

    private static Json.Builder of(String type, Json.Builder source) {
        return Json.object().put("type", type).put("source", source.build());
    }

    private Json.Builder unreachable(Mark mark) {
        String path = mark.path();
        throw losses.refused(path, path + ": the model cannot reach this source: send the bytes or an https address");
    }
}
