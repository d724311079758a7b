package dev.sluice.core.config;

import dev.sluice.model.Json;
import dev.sluice.protocol.json.JsonText;
import java.util.List;

/// How much of a value an error or a comparison repeats: little, and nothing that could be a secret.
public final class Shown {
    static final String HIDDEN = "a value that looks like a secret (not shown)";
    private static final int LONGEST = 60;
    private static final int SECRET_RUN = 24;
    private static final List<String> SECRET_STARTS = List.of(
            "sk-",
            "sk_",
            "rk-",
            "pk-",
            "gsk_",
            "xai-",
            "aiza",
            "akia",
            "asia",
            "ghp_",
            "gho_",
            "github_pat_",
            "glpat-",
            "hf_",
            "r8_",
            "nvapi-",
            "pplx-",
            "eyj",
            "bearer ",
            "basic ");

    private Shown() {}

    /// The value, shortened.
    public static String of(Json value) {
        return switch (value) {
            case Json.Str(String text) -> text(text);
            case Json.Num(String literal) -> cut(literal, LONGEST);
            case Json.Bool bool -> bool == Json.TRUE ? "true" : "false";
            case Json.Null _ -> "null";
            case Json.Arr arr -> kind(arr);
            case Json.Obj obj -> kind(obj);
        };
    }

    /// The text in quotes, shortened.
    static String text(String text) {
        return looksSecret(text) ? HIDDEN : JsonText.print(Json.of(cut(text, LONGEST)));
    }

    /// Only what sort of value it is, where even its beginning could be a secret's.
    static String kind(Json value) {
        return switch (value) {
            case Json.Str _ -> "a string";
            case Json.Num _ -> "a number";
            case Json.Bool _ -> "true or false";
            case Json.Null _ -> "null";
            case Json.Arr(List<Json> items) -> items.isEmpty() ? "an empty list" : "a list";
            case Json.Obj _ -> "an object";
        };
    }

    /// Whether the text begins as a secret does, or holds a long run of letters mixed with digits.
    public static boolean looksSecret(String text) {
        for (String start : SECRET_STARTS) {
            if (text.regionMatches(true, 0, start, 0, start.length())) {
                return true;
            }
        }
        return hasRandomRun(text);
    }

    private static boolean hasRandomRun(String text) {
        int letters = 0;
        int digits = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= '0' && c <= '9') {
                digits++;
            } else if (c == '_' || Character.isLetter(c)) {
                letters++;
            } else {
                letters = 0;
                digits = 0;
            }
            if (letters + digits >= SECRET_RUN && letters > 0 && digits > 0) {
                return true;
            }
        }
        return false;
    }

    /// The text, or its beginning and `…`.
    public static String cut(String text, int longest) {
        if (text.length() <= longest) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(longest - 1)) ? longest - 1 : longest;
        return text.substring(0, end) + "…";
    }
}
