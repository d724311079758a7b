package dev.sluice.core.config;

/// Which characters the names in a document may have.
final class Spelling {
    static final int LONGEST_ID = 64;
    static final int LONGEST_MODEL = 200;
    static final int LONGEST_ALIAS = 128;
    static final int LONGEST_NAME = 100;

    private Spelling() {}

    /// Lower-case letters, digits and hyphens, a letter first.
    static boolean isProviderId(String text) {
        return fits(text, LONGEST_ID)
                && isLower(text.charAt(0))
                && text.chars().allMatch(c -> isLower(c) || isDigit(c) || c == '-');
    }

    /// Letters, digits and `._:*-`, a letter or digit first.
    static boolean isAliasId(String text) {
        return fits(text, LONGEST_ALIAS)
                && isLetterOrDigit(text.charAt(0))
                && text.chars().allMatch(c -> isLetterOrDigit(c) || "._:*-".indexOf(c) >= 0);
    }

    /// Whatever a provider may call a model: no white space, no control characters, no wildcard, and no step of a path that
    /// leads elsewhere, as in some dialects it stands in the path.
    static boolean isModelId(String text) {
        String path = "/" + text + "/";
        return fits(text, LONGEST_MODEL)
                && !path.contains("/./")
                && !path.contains("/../")
                && text.chars().noneMatch(c -> c == '*' || Character.isWhitespace(c) || Character.isISOControl(c));
    }

    /// Letters, digits and `._-`, a letter or digit first.
    static boolean isCredentialName(String text) {
        return fits(text, LONGEST_ID)
                && isLetterOrDigit(text.charAt(0))
                && text.chars().allMatch(c -> isLetterOrDigit(c) || "._-".indexOf(c) >= 0);
    }

    /// Letters, digits and underscores, no digit first.
    static boolean isVariable(String text) {
        return fits(text, LONGEST_ID)
                && !isDigit(text.charAt(0))
                && text.chars().allMatch(c -> isLetterOrDigit(c) || c == '_');
    }

    /// A label for people.
    static boolean isName(String text) {
        return fits(text, LONGEST_NAME) && !text.isBlank() && text.chars().noneMatch(Character::isISOControl);
    }

    /// RFC 9110's token.
    static boolean isHeaderName(String text) {
        return fits(text, LONGEST_NAME)
                && text.chars().allMatch(c -> isLetterOrDigit(c) || "!#$%&'*+-.^_`|~".indexOf(c) >= 0);
    }

    /// Visible ASCII, spaces and tabs: what every client library sends as it is.
    static boolean isHeaderValue(String text) {
        return text.chars().allMatch(c -> c == '\t' || c >= ' ' && c < 127);
    }

    static boolean isPlain(int c) {
        return isLetterOrDigit(c) || c == '_' || c == '-';
    }

    private static boolean fits(String text, int longest) {
        return !text.isEmpty() && text.length() <= longest;
    }

    private static boolean isLower(int c) {
        return c >= 'a' && c <= 'z';
    }

    private static boolean isLetterOrDigit(int c) {
        return isLower(c) || c >= 'A' && c <= 'Z' || isDigit(c);
    }

    static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }
}
