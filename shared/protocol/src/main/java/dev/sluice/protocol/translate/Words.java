package dev.sluice.protocol.translate;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The words of an error, in lower case, and the questions asked about them. Bounded: an error page is read no further than
/// its first 4096 characters.
record Words(String text) {
    private static final int READ = 4096;
    private static final int SENTENCE = 160;

    static Words of(@Nullable String... parts) {
        StringBuilder joined = new StringBuilder();
        for (String part : parts) {
            String words = Objects.requireNonNullElse(part, "");
            joined.append(words, 0, Math.min(words.length(), READ)).append('\n');
        }
        return new Words(joined.toString().toLowerCase(Locale.ROOT));
    }

    boolean has(String phrase) {
        return text.contains(phrase);
    }

    boolean hasAny(List<String> phrases) {
        for (String phrase : phrases) {
            if (text.contains(phrase)) {
                return true;
            }
        }
        return false;
    }

    /// Whether one of the phrases follows the word in the same sentence.
    boolean saysOf(String word, List<String> phrases) {
        for (int at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
            int end = text.indexOf(". ", at);
            String sentence =
                    text.substring(at, Math.min(end < 0 ? text.length() : end, Math.min(at + SENTENCE, text.length())));
            if (phrases.stream().anyMatch(sentence::contains)) {
                return true;
            }
        }
        return false;
    }

    /// The numbers around the phrases: each must follow the one before, a number after each. Null when one is missing.
    long @Nullable [] numbersAfter(String... phrases) {
        long[] numbers = new long[phrases.length];
        int at = 0;
        for (int i = 0; i < phrases.length; i++) {
            int found = text.indexOf(phrases[i], at);
            if (found < 0) {
                return null;
            }
            int from = found + phrases[i].length();
            int to = from;
            while (to < text.length() && isDigit(text.charAt(to))) {
                to++;
            }
            if (to == from || to - from > 18) {
                return null;
            }
            numbers[i] = Long.parseLong(text, from, to, 10);
            at = to;
        }
        return numbers;
    }

    /// The first number before the phrase, searching from the given offset; -1 when there is none.
    long numberBefore(String phrase, int from) {
        for (int at = text.indexOf(phrase, from); at >= 0; at = text.indexOf(phrase, at + 1)) {
            int first = at;
            while (first > from && isDigit(text.charAt(first - 1))) {
                first--;
            }
            if (first < at && at - first <= 18) {
                return Long.parseLong(text, first, at, 10);
            }
        }
        return -1;
    }

    int endOf(String phrase) {
        int at = text.indexOf(phrase);
        return at < 0 ? -1 : at + phrase.length();
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
