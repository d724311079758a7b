package dev.sluice.core.routing;

/// Names with `*` for any run of characters, none included.
final class Wildcard {
    private static final char ANY = '*';

    private Wildcard() {}

    static boolean isPattern(String name) {
        return name.indexOf(ANY) >= 0;
    }

    /// How many characters come before the first `*`: the more, the more exact.
    static int literalPrefix(String pattern) {
        int star = pattern.indexOf(ANY);
        return star < 0 ? pattern.length() : star;
    }

    /// Whether the name is one of the pattern's. Linear but for one step back per star.
    static boolean matches(String pattern, String name) {
        int p = 0;
        int n = 0;
        int star = -1;
        int retryAt = 0;
        while (n < name.length()) {
            if (p < pattern.length() && pattern.charAt(p) == ANY) {
                star = p++;
                retryAt = n;
            } else if (p < pattern.length() && pattern.charAt(p) == name.charAt(n)) {
                p++;
                n++;
            } else if (star >= 0) {
                p = star + 1;
                n = ++retryAt;
            } else {
                return false;
            }
        }
        while (p < pattern.length() && pattern.charAt(p) == ANY) {
            p++;
        }
        return p == pattern.length();
    }
}
