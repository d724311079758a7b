package dev.sluice.cli.tool.text;

import java.util.ArrayList;
import java.util.List;

/// Lines of a text, their ends kept.
public final class Lines {
    private Lines() {}

    /// The lines, each with its end; the last one may have none. Together they are the text.
    public static List<String> of(String text) {
        List<String> lines = new ArrayList<>();
        int from = 0;
        while (from < text.length()) {
            int end = text.indexOf('\n', from);
            int next = end < 0 ? text.length() : end + 1;
            lines.add(text.substring(from, next));
            from = next;
        }
        return lines;
    }

    /// The number of the line that the offset is on, from 1.
    static int lineOf(String text, int offset) {
        int line = 1;
        for (int i = 0; i < Math.min(offset, text.length()); i++) {
            if (text.charAt(i) == '\n') {
                line++;
            }
        }
        return line;
    }

    /// How this text ends its lines.
    static String ending(String text) {
        int first = text.indexOf('\n');
        return first > 0 && text.charAt(first - 1) == '\r' ? "\r\n" : "\n";
    }

    static int startOfLine(String text, int offset) {
        return text.lastIndexOf('\n', offset - 1) + 1;
    }

    /// Behind the end of the line that the offset is on.
    static int nextLine(String text, int offset) {
        int end = text.indexOf('\n', offset);
        return end < 0 ? text.length() : end + 1;
    }

    /// The white space that the offset's line begins with.
    static String indent(String text, int offset) {
        int start = startOfLine(text, offset);
        int end = start;
        while (end < text.length() && (text.charAt(end) == ' ' || text.charAt(end) == '\t')) {
            end++;
        }
        return text.substring(start, end);
    }

    static boolean isFirstOnItsLine(String text, int offset) {
        return startOfLine(text, offset) + indent(text, offset).length() == offset;
    }

    /// The text with a line end, if it has content that lacks one.
    static String ended(String text) {
        return text.isEmpty() || text.endsWith("\n") ? text : text + ending(text);
    }
}
