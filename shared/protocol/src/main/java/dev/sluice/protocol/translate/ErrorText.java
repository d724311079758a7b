package dev.sluice.protocol.translate;

import java.util.Locale;

/// A tool's failure in words, for targets whose results have no flag for it.
public final class ErrorText {
    private ErrorText() {}

    /// The text with "Error: " in front, unless it says so itself.
    public static String of(String text) {
        return text.stripLeading().toLowerCase(Locale.ROOT).startsWith("error") ? text : "Error: " + text;
    }
}
