package dev.sluice.core.config;

import dev.sluice.model.Json;
import dev.sluice.protocol.Outcome;
import dev.sluice.protocol.json.JsonScanner;
import dev.sluice.protocol.json.JsonSpans;
import dev.sluice.protocol.json.JsonText;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A document's bytes on their way to JSON: comments become blanks, and no field may stand twice in one object.
final class DocumentText {
    static final int MOST_BYTES = 1 << 20;
    /// Nothing the document may hold is nested deeper.
    private static final int DEEPEST = 16;

    private DocumentText() {}

    /// The document's object; null when there is none, which is noted.
    static Json.@Nullable Obj parse(byte[] document, Findings findings) {
        if (document.length > MOST_BYTES) {
            findings.say("", document.length + " bytes", "at most " + MOST_BYTES + " bytes");
            return null;
        }
        byte[] text = withoutComments(document);
        return switch (JsonText.parse(text)) {
            case JsonText.Parsed.Value(Json.Obj object) -> {
                noteRepeated(text, findings);
                yield object;
            }
            case JsonText.Parsed.Value(Json other) -> {
                findings.say("", Shown.kind(other), "a JSON object");
                yield null;
            }
            case JsonText.Parsed.Malformed(String problem) -> {
                findings.say(
                        "",
                        "a text that is no JSON: " + problem,
                        "a JSON object; `//` and `/* */` comments may be in it");
                yield null;
            }
        };
    }

    /// The text with its comments and its byte order mark blanked, so that lines and columns stay.
    static byte[] withoutComments(byte[] document) {
        byte[] text = document.clone();
        int at = hasByteOrderMark(text) ? blank(text, 0, 3) : 0;
        while (at < text.length) {
            if (text[at] == '"') {
                at = afterString(text, at);
            } else if (text[at] == '/' && at + 1 < text.length && text[at + 1] == '/') {
                at = blank(text, at, endOfLine(text, at));
            } else if (text[at] == '/' && at + 1 < text.length && text[at + 1] == '*') {
                int end = endOfBlock(text, at + 2);
                // one that never ends stays, and makes the text malformed
                at = end < 0 ? text.length : blank(text, at, end);
            } else {
                at++;
            }
        }
        return text;
    }

    private static boolean hasByteOrderMark(byte[] text) {
        return text.length >= 3 && text[0] == (byte) 0xEF && text[1] == (byte) 0xBB && text[2] == (byte) 0xBF;
    }

    private static int blank(byte[] text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (text[i] != '\n' && text[i] != '\r') {
                text[i] = ' ';
            }
        }
        return to;
    }

    private static int afterString(byte[] text, int quote) {
        int at = quote + 1;
        while (at < text.length && text[at] != '"') {
            at += text[at] == '\\' ? 2 : 1;
        }
        return at + 1;
    }

    private static int endOfLine(byte[] text, int from) {
        int at = from;
        while (at < text.length && text[at] != '\n' && text[at] != '\r') {
            at++;
        }
        return at;
    }

    private static int endOfBlock(byte[] text, int from) {
        for (int at = from; at + 1 < text.length; at++) {
            if (text[at] == '*' && text[at + 1] == '/') {
                return at + 2;
            }
        }
        return -1;
    }

    private static void noteRepeated(byte[] text, Findings findings) {
        if (JsonScanner.topLevel(text) instanceof Outcome.Ok<JsonSpans>(JsonSpans(var spans))) {
            noteRepeated(text, spans, "", findings);
        }
    }

    private static void noteRepeated(byte[] text, List<JsonSpans.Span> fields, String path, Findings findings) {
        Set<String> names = new HashSet<>();
        for (JsonSpans.Span field : fields) {
            String at = Findings.path(path, field.name());
            if (!names.add(field.name())) {
                findings.say(at, "the same name twice", "each name once in an object");
            }
            descend(text, field, at, findings);
        }
    }

    private static void descend(byte[] text, JsonSpans.Span value, String path, Findings findings) {
        if (depth(path) > DEEPEST) {
            return;
        }
        if (JsonScanner.isObject(text, value)) {
            noteRepeated(text, JsonScanner.fields(text, value), path, findings);
        } else if (JsonScanner.isArray(text, value)) {
            int index = 0;
            for (JsonSpans.Span item : JsonScanner.items(text, value)) {
                descend(text, item, path + "[" + index++ + "]", findings);
            }
        }
    }

    private static long depth(String path) {
        return path.chars().filter(c -> c == '.' || c == '[').count();
    }
}
