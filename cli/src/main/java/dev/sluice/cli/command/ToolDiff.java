package dev.sluice.cli.command;

import dev.sluice.cli.Printable;
import dev.sluice.cli.tool.FileChange;
import dev.sluice.cli.tool.diff.UnifiedDiff;
import dev.sluice.model.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Shows what becomes of files. The key is never shown; of a file that holds it, only what changes.
final class ToolDiff {
    private static final int CONTEXT = 3;

    private final Paint paint;
    private final Optional<String> key;

    ToolDiff(Paint paint, Optional<String> key) {
        this.paint = paint;
        this.key = key;
    }

    String text(FileChange change) {
        StringBuilder text = new StringBuilder();
        for (String line : lines(change)) {
            text.append(coloured(line)).append(System.lineSeparator());
        }
        return text.toString();
    }

    Json.Obj json(FileChange change) {
        return Json.object()
                .put("path", change.named().toString())
                .put("result", change.before() == null ? "created" : change.after() == null ? "deleted" : "changed")
                .put("diff", String.join("\n", lines(change)))
                .build();
    }

    private List<String> lines(FileChange change) {
        List<String> lines = new ArrayList<>();
        lines.add("--- " + (change.before() == null ? "/dev/null" : change.named()));
        lines.add("+++ " + (change.after() == null ? "/dev/null" : change.named()));
        for (String line :
                UnifiedDiff.lines(string(change.before()), string(change.after()), change.secret() ? 0 : CONTEXT)) {
            lines.add(printable(hidden(line, change)));
        }
        return lines;
    }

    /// Tabs are shown as they are; the half of a line end that is left is not.
    private static String printable(String line) {
        String bare = line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
        return Stream.of(bare.split("\t", -1)).map(Printable::of).collect(Collectors.joining("\t"));
    }

    private String hidden(String line, FileChange change) {
        if (!change.secret() || line.startsWith("@@")) {
            return line;
        }
        if (key.isPresent()) {
            return line.replace(key.get(), "(the key)");
        }
        // An undo may not know the key any more: then no value is shown.
        int equals = line.indexOf('=');
        return line.charAt(0) + (equals < 0 ? "(hidden)" : line.substring(1, equals) + "=(hidden)");
    }

    private String coloured(String line) {
        if (line.startsWith("---") || line.startsWith("+++")) {
            return paint.strong(line);
        }
        if (line.startsWith("+")) {
            return paint.added(line);
        }
        return line.startsWith("-") ? paint.removed(line) : line;
    }

    private static String string(byte @Nullable [] bytes) {
        return bytes == null ? "" : new String(bytes, StandardCharsets.UTF_8);
    }
}
