package dev.sluice.cli.importing;

import dev.sluice.cli.CommandFailure;
import dev.sluice.model.Json;
import java.nio.charset.StandardCharsets;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/// The text of a foreign file as JSON: YAML 1.2, or JSON with comments and commas to spare, as other gateways take it.
///
/// Bounded in size, depth and what anchors multiply; a name that stands twice in one object is refused. Messages tell the
/// line and never repeat the text.
public final class ForeignText {
    static final int MOST_BYTES = 4 * 1024 * 1024;

    private ForeignText() {}

    /// The file's object; refuses anything else.
    ///
    /// @param name of the file, for a refusal
    public static Json.Obj read(byte[] bytes, String name) {
        if (bytes.length > MOST_BYTES) {
            throw CommandFailure.usage(name + " is larger than " + MOST_BYTES + " bytes");
        }
        String text = new String(bytes, StandardCharsets.UTF_8);
        String bare = text.startsWith("\uFEFF") ? text.substring(1) : text;
        return switch (parsed(isJson(bare) ? withoutComments(bare) : bare, name)) {
            case Json.Obj object -> object;
            case Json _ -> throw CommandFailure.usage(name + " holds no object: it is no gateway's configuration");
        };
    }

    private static Json parsed(String text, String name) {
        LoadSettings settings = LoadSettings.builder()
                .setCodePointLimit(MOST_BYTES)
                .setLabel(name)
                .build();
        try {
            return new YamlTree(new Parse(settings).parseString(text).iterator()).read();
        } catch (MarkedYamlEngineException malformed) {
            throw CommandFailure.usage(name + " cannot be read"
                    + malformed
                            .getProblemMark()
                            .map(mark -> ": line " + (mark.getLine() + 1) + ", column " + (mark.getColumn() + 1)
                                    + " is neither YAML nor JSON")
                            .orElse(""));
        } catch (YamlTree.Unreadable | YamlEngineException unreadable) {
            throw CommandFailure.usage(name + " cannot be read: "
                    + (unreadable instanceof YamlTree.Unreadable known ? known.getMessage() : "it is no YAML or JSON"));
        }
    }

    private static boolean isJson(String text) {
        return text.stripLeading().startsWith("{") || text.stripLeading().startsWith("//");
    }

    /// Blanks `//` and `/* */` outside of strings, and tabs, which YAML does not take for space.
    private static String withoutComments(String text) {
        StringBuilder clean = new StringBuilder(text);
        int at = 0;
        while (at < clean.length()) {
            char c = clean.charAt(at);
            if (c == '"') {
                at = afterString(clean, at);
            } else if (isAt(clean, at, '/')) {
                at = blank(clean, at, endOf(clean, "\n", at));
            } else if (isAt(clean, at, '*')) {
                at = blank(clean, at, Math.min(clean.length(), endOf(clean, "*/", at) + 2));
            } else {
                clean.setCharAt(at, c == '\t' ? ' ' : c);
                at++;
            }
        }
        return clean.toString();
    }

    /// Whether a comment of that kind begins there.
    private static boolean isAt(StringBuilder text, int at, char second) {
        return text.charAt(at) == '/' && at + 1 < text.length() && text.charAt(at + 1) == second;
    }

    private static int endOf(StringBuilder text, String mark, int from) {
        int end = text.indexOf(mark, from);
        return end < 0 ? text.length() : end;
    }

    private static int blank(StringBuilder text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (text.charAt(i) != '\n') {
                text.setCharAt(i, ' ');
            }
        }
        return to;
    }

    private static int afterString(StringBuilder text, int quote) {
        int at = quote + 1;
        while (at < text.length() && text.charAt(at) != '"') {
            at += text.charAt(at) == '\\' ? 2 : 1;
        }
        return at + 1;
    }
}
