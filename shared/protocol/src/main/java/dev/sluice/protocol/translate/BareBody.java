package dev.sluice.protocol.translate;

import dev.sluice.model.Headers;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// What is left of an error's body that is no JSON: a bounded, printable excerpt without tags, to be judged by its words
/// and safe to show. Web pages and bytes are only described.
public final class BareBody {
    private static final int LONGEST = 500;
    private static final int READ = 4096;

    private BareBody() {}

    public static String words(int status, Headers headers, byte[] body) {
        String type = headers.first("content-type").orElse("").strip().toLowerCase(Locale.ROOT);
        if (!type.isEmpty() && !type.startsWith("text/") && !type.contains("json")) {
            return described(status, body.length == 0 ? "no body" : "a body that is not text");
        }
        if (body.length > 0 && (type.startsWith("text/html") || startsAsPage(body))) {
            return described(status, "a web page");
        }
        String text = excerpt(new String(body, 0, Math.min(body.length, READ), StandardCharsets.UTF_8));
        return text.isEmpty() ? described(status, "no body") : text;
    }

    private static String described(int status, String body) {
        return "The provider answered with status " + status + " and " + body + ".";
    }

    private static boolean startsAsPage(byte[] body) {
        for (byte b : body) {
            boolean mayComeFirst = b <= ' '; // blanks, and the bytes of a byte order mark
            if (!mayComeFirst) {
                return b == '<';
            }
        }
        return false;
    }

    private static String excerpt(String text) {
        StringBuilder words = new StringBuilder();
        int at = 0;
        while (at < text.length()) {
            int c = text.codePointAt(at);
            int behindTag = c == '<' ? behindTag(text, at) : at;
            if (behindTag > at) {
                blank(words);
                at = behindTag;
                continue;
            }
            if (isPrintable(c)) {
                if (words.length() >= LONGEST) {
                    return words.toString().stripTrailing() + "...";
                }
                words.appendCodePoint(c);
            } else {
                blank(words);
            }
            at += Character.charCount(c);
        }
        return words.toString().stripTrailing();
    }

    /// Where the text goes on behind the tag; a sign that begins none, as in "5 < 7", is its own end.
    private static int behindTag(String text, int from) {
        char next = from + 1 < text.length() ? text.charAt(from + 1) : ' ';
        if (!Character.isLetter(next) && next != '/' && next != '!' && next != '?') {
            return from;
        }
        int end = text.indexOf('>', from);
        return end < 0 ? text.length() : end + 1;
    }

    private static void blank(StringBuilder words) {
        if (!words.isEmpty() && words.charAt(words.length() - 1) != ' ') {
            words.append(' ');
        }
    }

    private static boolean isPrintable(int c) {
        return c != 0xfffd
                && switch (Character.getType(c)) {
                    case Character.CONTROL, Character.FORMAT, Character.SURROGATE -> false;
                    case Character.PRIVATE_USE, Character.UNASSIGNED -> false;
                    case Character.SPACE_SEPARATOR, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> false;
                    default -> true;
                };
    }
}
