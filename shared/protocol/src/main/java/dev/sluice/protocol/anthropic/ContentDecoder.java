package dev.sluice.protocol.anthropic;

import dev.sluice.model.Block;
import dev.sluice.model.Citation;
import dev.sluice.model.Dialect;
import dev.sluice.model.Json;
import dev.sluice.model.Mark;
import dev.sluice.model.MediaSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a Messages client gives the model to read: texts, images, documents, passages.
final class ContentDecoder {
    private final FieldReader fields;

    ContentDecoder(FieldReader fields) {
        this.fields = fields;
    }

    private Mark mark(Json.Obj block, String path) {
        return new Mark(path, CacheControl.decode(block, path, fields));
    }

    Block.Text text(Json.Obj block, String path) {
        fields.keepRest(block, path, List.of("type", "text", "citations", CacheControl.NAME));
        List<Json> items = fields.items(block, "citations", path);
        List<Citation> citations = new ArrayList<>(items.size());
        for (int i = 0; i < items.size(); i++) {
            Json.Obj raw = fields.asObject(items.get(i), FieldReader.path(path + ".citations", i));
            if (!AnswerBlocks.isForeign(raw.text("encrypted_index"))) {
                citations.add(citation(raw));
            }
        }
        return new Block.Text(fields.required(block, "text", path), citations, mark(block, path));
    }

    static Citation citation(Json.Obj raw) {
        String title = raw.text("title");
        return new Citation(
                Dialect.ANTHROPIC,
                raw,
                raw.text("url"),
                title == null ? raw.text("document_title") : title,
                raw.text("cited_text"));
    }

    Block image(Json.Obj block, String path) {
        MediaSource source = source(block, path);
        if (source == null) {
            return new Block.Unmodelled(Dialect.ANTHROPIC, block, mark(block, path));
        }
        fields.keepRest(block, path, List.of("type", "source", CacheControl.NAME));
        return new Block.Image(source, null, mark(block, path));
    }

    Block document(Json.Obj block, String path) {
        Json.Obj citations = fields.object(block, "citations", path);
        MediaSource source = source(block, path);
        if (source == null) {
            return new Block.Unmodelled(Dialect.ANTHROPIC, block, mark(block, path));
        }
        fields.keepRest(block, path, List.of("type", "source", "title", "context", "citations", CacheControl.NAME));
        return new Block.Document(
                source,
                fields.text(block, "title", path),
                fields.text(block, "context", path),
                citations != null && citations.isTrue("enabled"),
                mark(block, path));
    }

    Block searchResult(Json.Obj block, String path) {
        fields.keepRest(block, path, List.of("type", "source", "title", "content", CacheControl.NAME));
        List<Json> items = fields.items(block, "content", path);
        List<Block> content = new ArrayList<>(items.size());
        for (int i = 0; i < items.size(); i++) {
            String at = FieldReader.path(path + ".content", i);
            content.add(text(fields.asObject(items.get(i), at), at));
        }
        return new Block.SearchResult(
                fields.required(block, "source", path),
                fields.required(block, "title", path),
                content,
                mark(block, path));
    }

    /// Null: a source of a kind that is not modelled.
    private @Nullable MediaSource source(Json.Obj block, String path) {
        String at = FieldReader.path(path, "source");
        Json.Obj source = fields.object(block, "source", path);
        if (source == null) {
            fields.refuse(at, "an object is expected");
            return null;
        }
        return switch (fields.required(source, "type", at)) {
            case "base64" ->
                new MediaSource.Base64(fields.required(source, "data", at), fields.required(source, "media_type", at));
            case "url" -> new MediaSource.Url(fields.required(source, "url", at));
            case "file" -> new MediaSource.FileId(Dialect.ANTHROPIC, fields.required(source, "file_id", at));
            case "text" -> new MediaSource.PlainText(fields.required(source, "data", at));
            case "content" -> contentSource(source, at);
            default -> null;
        };
    }

    /// A document given as text blocks: their text for others, the blocks themselves kept for the dialect's own
    /// providers.
    private @Nullable MediaSource contentSource(Json.Obj source, String at) {
        if (source.present("content") instanceof Json.Str(String text)) {
            fields.keep(at, source);
            return new MediaSource.PlainText(text);
        }
        List<String> texts = new ArrayList<>();
        for (Json item : fields.items(source, "content", at)) {
            if (!(item instanceof Json.Obj part) || part.text("text") == null) {
                return null;
            }
            texts.add(part.text("text", ""));
        }
        fields.keep(at, source);
        return new MediaSource.PlainText(String.join("\n\n", texts));
    }
}
