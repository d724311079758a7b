package dev.sluice.cli.tool;

import dev.sluice.cli.tool.text.Edit;
import dev.sluice.cli.tool.text.Format;
import java.nio.file.Path;
import java.util.List;

/// What one file of a tool is to say.
///
/// @param secret whether it holds the key: then nobody else may read it when it is new
public record Draft(Path file, Content content, boolean secret) {
    /// A file changed in place, or one that is Sluice's own.
    public sealed interface Content {
        record Edits(Format format, List<Edit> edits) implements Content {}

        record Whole(String text) implements Content {}
    }

    public static Draft edits(Path file, Format format, List<Edit> edits) {
        return new Draft(file, new Content.Edits(format, edits), false);
    }

    public static Draft secretEdits(Path file, Format format, List<Edit> edits) {
        return new Draft(file, new Content.Edits(format, edits), true);
    }

    public static Draft secret(Path file, String text) {
        return new Draft(file, new Content.Whole(text), true);
    }
}
