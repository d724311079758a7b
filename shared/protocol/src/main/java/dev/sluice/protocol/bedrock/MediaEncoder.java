package dev.sluice.protocol.bedrock;

import dev.sluice.model.Block;
import dev.sluice.model.Capabilities;
import dev.sluice.model.Json;
import dev.sluice.model.Mark;
import dev.sluice.model.MediaSource;
import dev.sluice.protocol.translate.Losses;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Images and documents: bytes, or objects in the owner's bucket. The target fetches no address.
final class MediaEncoder {
    private static final Set<String> IMAGES = Set.of("png", "jpeg", "gif", "webp");
    private static final Set<String> DOCUMENTS =
            Set.of("pdf", "csv", "doc", "docx", "xls", "xlsx", "html", "txt", "md");
    private static final String OFFICE = "application/vnd.openxmlformats-officedocument.";
    private static final Map<String, String> BY_TYPE = Map.of(
            "application/pdf",
            "pdf",
            "text/csv",
            "csv",
            "text/html",
            "html",
            "text/plain",
            "txt",
            "text/markdown",
            "md",
            "application/msword",
            "doc",
            "application/vnd.ms-excel",
            "xls",
            OFFICE + "wordprocessingml.document",
            "docx",
            OFFICE + "spreadsheetml.sheet",
            "xlsx");

    private final Capabilities caps;
    private final Losses losses;
    private final DocumentNames names = new DocumentNames();

    MediaEncoder(Converse converse) {
        this.caps = converse.caps();
        this.losses = converse.losses();
    }

    Json.@Nullable Obj image(Block.Image image) {
        if (!caps.vision()) {
            losses.modality(image.mark().path(), "An image");
            return null;
        }
        return switch (image.source()) {
            case MediaSource.Base64(String data, String mime) -> image(mime, data, image.mark());
            case MediaSource.S3(String uri) -> {
                String format = suffix(uri);
                yield image(IMAGES.contains(format) ? format : "png", s3(uri));
            }
            case MediaSource.Url _, MediaSource.FileId _, MediaSource.PlainText _ ->
                throw unreachable(image.mark(), "image URLs and file ids");
        };
    }

    Json.@Nullable Obj image(String mime, String data, Mark mark) {
        String type = mime.toLowerCase(Locale.ROOT);
        String format = type.startsWith("image/") ? type.substring("image/".length()) : type;
        String known = format.equals("jpg") ? "jpeg" : format;
        if (!IMAGES.contains(known)) {
            losses.modality(mark.path(), "An image of type " + mime);
            return null;
        }
        return image(known, bytes(data));
    }

    private static Json.Obj image(String format, Json.Obj source) {
        Json.Obj image =
                Json.object().put("format", format).put("source", source).build();
        return Json.object().put("image", image).build();
    }

    Json.@Nullable Obj document(Block.Document document) {
        Mark mark = document.mark();
        return switch (document.source()) {
            case MediaSource.Base64(String data, String mime) -> {
                String format = format(mime, document.name());
                yield format == null ? unknown(mime, mark) : bytes(document, format, data);
            }
            case MediaSource.PlainText(String text) ->
                document(document, "txt", Json.object().put("text", text).build());
            case MediaSource.S3(String uri) ->
                document(document, DOCUMENTS.contains(suffix(uri)) ? suffix(uri) : "pdf", s3(uri));
            case MediaSource.Url _, MediaSource.FileId _ -> throw unreachable(mark, "document URLs and file ids");
        };
    }

    private Json.@Nullable Obj bytes(Block.Document document, String format, String data) {
        if (format.equals("pdf") && !caps.pdf()) {
            losses.modality(document.mark().path(), "A PDF document");
            return null;
        }
        return document(document, format, bytes(data));
    }

    private Json.@Nullable Obj unknown(String mime, Mark mark) {
        losses.modality(mark.path(), "A document of type " + mime);
        return null;
    }

    private Json.Obj document(Block.Document document, String format, Json.Obj source) {
        Json.Builder encoded = Json.object()
                .put("format", format)
                .put("name", names.legal(document.name()))
                .put("source", source)
                .putIf("context", document.context());
        encoded.when(
                document.citations(),
                b -> b.put("citations", Json.object().put("enabled", true).build()));
        return Json.object().put("document", encoded.build()).build();
    }

    /// By the type; where that says too little, by the name's end. Other text is text.
    private static @Nullable String format(String mime, @Nullable String name) {
        int semicolon = mime.indexOf(';');
        String type =
                (semicolon < 0 ? mime : mime.substring(0, semicolon)).strip().toLowerCase(Locale.ROOT);
        String known = BY_TYPE.get(type);
        if (known != null) {
            return known;
        }
        String end = suffix(name == null ? "" : name);
        if (DOCUMENTS.contains(end)) {
            return end;
        }
        return type.startsWith("text/") || type.startsWith("application/json") ? "txt" : null;
    }

    private static String suffix(String name) {
        return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }

    private static Json.Obj bytes(String base64) {
        return Json.object().put("bytes", base64).build();
    }

    private static Json.Obj s3(String uri) {
        Json.Obj location = Json.object().put("uri", uri).build();
        return Json.object().put("s3Location", location).build();
    }

    private RuntimeException unreachable(Mark mark, String what) {
        return losses.refused(mark.path(), mark.path() + ": " + what + " are not supported by Bedrock; send the bytes");
    }
}
