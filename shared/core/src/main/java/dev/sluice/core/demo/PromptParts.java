package dev.sluice.core.demo;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What a prompt such as `create hello.txt containing hi` names: a file, a text, a command, a number.
///
/// @param directory where the caller's tool works; empty when unknown
record PromptParts(String prompt, String directory) {
    private static final String GREETING = "Hello from Sluice";

    /// Some tools hand the prompt on in quotation marks.
    PromptParts {
        int last = prompt.length() - 1;
        boolean isQuoted = last > 0 && prompt.charAt(0) == '"' && prompt.indexOf('"', 1) == last;
        prompt = isQuoted ? prompt.substring(1, last) : prompt;
    }

    static boolean isCommand(String property) {
        return property.equals("command") || property.equals("cmd") || property.equals("script");
    }

    /// A text for a property of that name.
    ///
    /// @param absolute whether a path must be
    String valueOf(String property, boolean absolute) {
        String name = property.toLowerCase(Locale.ROOT);
        if (isCommand(name)) {
            return command();
        }
        if (name.contains("path") || name.contains("file")) {
            return absolute ? absolute(file()) : file();
        }
        if (name.contains("dir") || name.equals("cwd")) {
            return directory.isEmpty() ? "." : directory;
        }
        if (name.contains("url") || name.contains("uri")) {
            String said = wordStarting("http");
            return said == null ? "https://example.com/" : said;
        }
        if (name.contains("content") || name.contains("text") || name.contains("body") || name.contains("new_string")) {
            return content();
        }
        String subject = after(" for ", " in ", " about ", " to ", " of ");
        return subject == null ? (prompt.isEmpty() ? GREETING : prompt) : subject;
    }

    /// The first word that looks like a file.
    String file() {
        for (int from = 0; from < prompt.length(); ) {
            int to = from;
            while (to < prompt.length() && !Character.isWhitespace(prompt.charAt(to))) {
                to++;
            }
            String word = bare(prompt.substring(from, to));
            int dot = word.lastIndexOf('.');
            boolean named = dot > 0 && dot < word.length() - 1 || word.startsWith("/") && word.length() > 1;
            if (named && !word.startsWith("http")) {
                return word;
            }
            from = to + 1;
        }
        return "hello.txt";
    }

    private String absolute(String file) {
        return file.startsWith("/") ? file : (directory.isEmpty() ? "/tmp" : directory) + "/" + file;
    }

    String content() {
        String quoted = between('"');
        String said = after(" containing ", " saying ", " with content ", " with the text ", " with ");
        return quoted != null ? quoted : said != null ? bare(said) : GREETING;
    }

    String command() {
        String ticked = between('`');
        if (ticked != null) {
            return ticked;
        }
        String run = after("run the command ", "run ", "execute ");
        if (run != null) {
            return bare(run);
        }
        String lower = prompt.toLowerCase(Locale.ROOT);
        boolean writes = lower.contains("create") || lower.contains("write") || lower.contains("make");
        if (writes) {
            return "printf '%s\\n' " + shellQuoted(content()) + " > " + shellQuoted(file());
        }
        return lower.contains("list") ? "ls" : "echo " + shellQuoted(GREETING);
    }

    private static String shellQuoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }

    @Nullable
    Long number() {
        int from = 0;
        while (from < prompt.length() && !isDigit(prompt.charAt(from))) {
            from++;
        }
        int to = from;
        while (to < prompt.length() && isDigit(prompt.charAt(to)) && to - from < 9) {
            to++;
        }
        return from == to ? null : Long.valueOf(prompt.substring(from, to));
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    boolean mentions(String text) {
        return !text.isEmpty() && prompt.toLowerCase(Locale.ROOT).contains(text.toLowerCase(Locale.ROOT));
    }

    /// The rest of the line after the first of these that is in the prompt.
    private @Nullable String after(String... marks) {
        String lower = " " + prompt.toLowerCase(Locale.ROOT);
        for (String mark : marks) {
            int at = lower.indexOf(mark);
            if (at >= 0) {
                int from = at + mark.length() - 1;
                int line = prompt.indexOf('\n', from);
                String rest = prompt.substring(from, line < 0 ? prompt.length() : line)
                        .strip();
                if (!rest.isEmpty()) {
                    return rest;
                }
            }
        }
        return null;
    }

    private @Nullable String between(char quote) {
        int from = prompt.indexOf(quote);
        int to = from < 0 ? -1 : prompt.indexOf(quote, from + 1);
        return to <= from + 1 ? null : prompt.substring(from + 1, to);
    }

    private @Nullable String wordStarting(String start) {
        int from = prompt.indexOf(start);
        if (from < 0) {
            return null;
        }
        int to = from;
        while (to < prompt.length() && !Character.isWhitespace(prompt.charAt(to))) {
            to++;
        }
        return bare(prompt.substring(from, to));
    }

    /// Without the punctuation of the sentence around it.
    private static String bare(String word) {
        int from = 0;
        int to = word.length();
        while (from < to && "\"'`(,".indexOf(word.charAt(from)) >= 0) {
            from++;
        }
        while (to > from && "\"'`),.;:!?".indexOf(word.charAt(to - 1)) >= 0) {
            to--;
        }
        return word.substring(from, to);
    }
}
