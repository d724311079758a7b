package dev.sluice.protocol.openai.responses;

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
import java.util.Set;

/// The parts of a message's content and of a tool's output.
final class PartReader {
    private static final Set<String> TEXT = Set.of("type", "text");
    private static final Set<String> IMAGE = Set.of("type", "image_url", "file_id");
    private static final Set<String> FILE = Set.of("type", "file_data", "file_id", "file_url", "filename");

    private final Hints hints;

    PartReader(Hints hints) {
        this.hints = hints;
    }

    /// The blocks of that field: a string, an array of parts, or nothing.
    List<Block> content(Shape holder, String name) {
        List<Block> blocks = new ArrayList<>();
        Json content = holder.json().present(name);
        if (content instanceof Json.Str(String text)) {
            blocks.add(new Block.Text(text, Mark.at(holder.at(name))));
        } else if (content instanceof Json.Arr) {
            for (Shape part : holder.objects(name)) {
                blocks.add(part(part));
            }
        } else if (content != null) {
            throw holder.wrong(name, "a string or an array of parts");
        }
        return blocks;
    }

    private Block part(Shape part) {
        Mark mark = CachePoint.read(part.json(), part.path());
        return switch (part.neededText("type")) {
            case "input_text", "output_text", "text" -> {
                hints.keepRest(part, TEXT);
                yield new Block.Text(part.neededText("text"), citations(part), mark);
            }
            case "refusal" -> {
                hints.keepRest(part, Set.of("type", "refusal"));
                yield new Block.Refusal(part.neededText("refusal"), mark);
            }
            case "input_image" -> image(part, mark);
            case "input_file" -> file(part, mark);
            case "input_audio" -> {
                Shape audio = part.neededObject("input_audio");
                String format = audio.neededText("format");
                yield new Block.Audio(
                        new MediaSource.Base64(audio.neededText("data"), "audio/" + format), format, null, mark);
            }
            default -> new Block.Unmodelled(Dialect.OPENAI_RESPONSES, part.json(), mark);
        };
    }

    private Block image(Shape part, Mark mark) {
        hints.keepRest(part, IMAGE);
        String detail = part.text("detail");
        // what elsewhere comes nearest to the picture as it is
        String known = "original".equals(detail) ? "high" : detail;
        String id = part.text("file_id");
        MediaSource source = id != null
                ? new MediaSource.FileId(Dialect.OPENAI_RESPONSES, id)
                : DataUrl.source(part.neededText("image_url"));
        return new Block.Image(source, known, mark);
    }

    private Block file(Shape part, Mark mark) {
        hints.keepRest(part, FILE);
        String id = part.text("file_id");
        String url = part.text("file_url");
        MediaSource source = id != null
                ? new MediaSource.FileId(Dialect.OPENAI_RESPONSES, id)
                : url != null ? new MediaSource.Url(url) : DataUrl.source(part.neededText("file_data"));
        return new Block.Document(source, part.text("filename"), null, false, mark);
    }

    private static List<Citation> citations(Shape part) {
        List<Citation> citations = new ArrayList<>();
        for (Json item : part.json().items("annotations")) {
            if (item instanceof Json.Obj annotation) {
                citations.add(new Citation(
                        Dialect.OPENAI_RESPONSES, annotation, annotation.text("url"), annotation.text("title"), null));
            }
        }
        return citations;
    }
}
