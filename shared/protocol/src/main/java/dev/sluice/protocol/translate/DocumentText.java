package dev.sluice.protocol.translate;

import dev.sluice.model.Block;
import dev.sluice.model.MediaSource;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/// Documents as prose, for targets that take no text documents.
public final class DocumentText {
    private DocumentText() {}

    /// A document's text under its title and the client's remark; null when it is no text.
    public static @Nullable String of(Block.Document document) {
        return switch (document.source()) {
            case MediaSource.PlainText(String text) -> titled(document, text);
            case MediaSource.Base64(String data, String mime) -> {
                String text = mime.startsWith("text/") ? decoded(data) : null;
                yield text == null ? null : titled(document, text);
            }
            case MediaSource.FileId _, MediaSource.Url _, MediaSource.S3 _ -> null;
        };
    }

    /// A passage that the client found, under its title and source.
    public static String of(Block.SearchResult result) {
        StringBuilder text = new StringBuilder();
        text.append(result.title()).append('\n').append(result.source()).append("\n");
        for (Block block : result.content()) {
            if (block instanceof Block.Text said) {
                text.append('\n').append(said.text());
            }
        }
        return text.toString();
    }

    private static String titled(Block.Document document, String text) {
        StringBuilder whole = new StringBuilder();
        for (String head : new @Nullable String[] {document.name(), document.context()}) {
            if (head != null && !head.isEmpty()) {
                whole.append(head).append('\n');
            }
        }
        return whole.append(whole.isEmpty() ? "" : "\n").append(text).toString();
    }

    private static @Nullable String decoded(String base64) {
        try {
            return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notBase64) {
            return null;
        }
    }
}
