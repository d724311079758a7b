package dev.sluice.protocol.openai.chat;

import dev.sluice.model.Block;
import dev.sluice.model.Citation;
import dev.sluice.model.Dialect;
import dev.sluice.model.Json;
import dev.sluice.model.Mark;
import dev.sluice.model.MediaSource;
import dev.sluice.protocol.openai.CachePoint;
import dev.sluice.protocol.translate.DataUrl;
import dev.sluice.protocol.translate.Shape;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The parts of a message's content.
final class PartReader {
    private PartReader() {}

    /// The blocks of `content`: a string, an array of parts, or nothing.
    static List<Block> content(Shape message) {
        List<Block> blocks = new ArrayList<>();
        Json content = message.json().present("content");
        if (content instanceof Json.Str(String text)) {
            if (!text.isEmpty()) {
                blocks.add(new Block.Text(text, CachePoint.read(message.json(), message.at("content"))));
            }
        } else if (content instanceof Json.Arr) {
            for (Shape part : message.objects("content")) {
                blocks.add(part(part));
            }
        } else if (content != null) {
            throw message.wrong("content", "a string or an array of parts");
        }
        return blocks;
    }

    private static Block part(Shape part) {
        Mark mark = CachePoint.read(part.json(), part.path());
        return switch (part.neededText("type")) {
            case "text" -> new Block.Text(part.neededText("text"), mark);
            case "refusal" -> new Block.Refusal(part.neededText("refusal"), mark);
            case "image_url" -> image(part, mark);
            case "input_audio" -> {
                Shape audio = part.neededObject("input_audio");
                String format = audio.neededText("format");
                yield new Block.Audio(
                        new MediaSource.Base64(audio.neededText("data"), "audio/" + format), format, null, mark);
            }
            case "file" -> file(part.neededObject("file"), mark);
            default -> new Block.Unmodelled(Dialect.OPENAI_CHAT, part.json(), mark);
        };
    }

    private static Block image(Shape part, Mark mark) {
        Json value = part.json().present("image_url");
        if (value instanceof Json.Str(String url)) {
            return new Block.Image(DataUrl.source(url), null, mark);
        }
        Shape image = part.neededObject("image_url");
        return new Block.Image(DataUrl.source(image.neededText("url")), image.text("detail"), mark);
    }

    private static Block file(Shape file, Mark mark) {
        String id = file.text("file_id");
        String name = file.text("filename");
        if (id != null) {
            return new Block.Document(new MediaSource.FileId(Dialect.OPENAI_CHAT, id), name, null, false, mark);
        }
        return new Block.Document(DataUrl.source(file.neededText("file_data")), name, null, false, mark);
    }

    /// The sources that a message or a delta names.
    static List<Citation> citations(Shape message) {
        if (!(message.json().present("annotations") instanceof Json.Arr(List<Json> items))) {
            return List.of();
        }
        List<Citation> citations = new ArrayList<>();
        for (Json item : items) {
            if (item instanceof Json.Obj annotation) {
                citations.add(citation(annotation));
            }
        }
        return citations;
    }

    private static Citation citation(Json.Obj annotation) {
        Json.Obj url = annotation.object("url_citation");
        @Nullable String address = url == null ? null : url.text("url");
        @Nullable String title = url == null ? null : url.text("title");
        return new Citation(Dialect.OPENAI_CHAT, annotation, address, title, url == null ? null : url.text("content"));
    }
}
