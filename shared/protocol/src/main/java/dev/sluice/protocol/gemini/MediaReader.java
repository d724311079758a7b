package dev.sluice.protocol.gemini;

import dev.sluice.model.Block;
import dev.sluice.model.Dialect;
import dev.sluice.model.Mark;
import dev.sluice.model.MediaSource;
import dev.sluice.protocol.translate.Shape;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Bytes and files in a client's parts: what they are says their media type.
final class MediaReader {
    private MediaReader() {}

    static Block inline(Shape blob, Mark mark) {
        String mime = blob.neededText("mimeType").toLowerCase(Locale.ROOT);
        return block(new MediaSource.Base64(blob.neededText("data"), mime), mime, blob.text("displayName"), mark);
    }

    static Block file(Shape file, Mark mark) {
        String uri = file.neededText("fileUri");
        String named = file.text("mimeType");
        String guessed = named == null ? MediaTypes.ofAddress(uri) : named;
        MediaSource source = isStored(uri) ? new MediaSource.FileId(Dialect.GEMINI, uri) : new MediaSource.Url(uri);
        return block(source, guessed == null ? "" : guessed.toLowerCase(Locale.ROOT), file.text("displayName"), mark);
    }

    /// Whether only the provider itself can read what lies there.
    private static boolean isStored(String uri) {
        return !uri.startsWith("http") || uri.contains("/v1beta/files/") || uri.contains("/v1/files/");
    }

    private static Block block(MediaSource source, String mime, @Nullable String name, Mark mark) {
        int slash = mime.indexOf('/');
        return switch (slash < 0 ? mime : mime.substring(0, slash)) {
            case "image" -> new Block.Image(source, null, mark);
            case "audio" -> new Block.Audio(source, MediaTypes.audioFormat(mime), null, mark);
            case "video" -> new Block.Video(source, mark);
            default -> new Block.Document(source, name, null, false, mark);
        };
    }
}
