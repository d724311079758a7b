package dev.sluice.core.counting;

/// Where the vocabularies of other vendors make far more of a text than the published ones: digits that stand alone, long
/// gaps, scripts and signs that have few words in any of them.
final class Divergence {
    private Divergence() {}

    /// The tokens that may come on top.
    static long of(String text) {
        long digits = 0;
        long gaps = 0;
        long rare = 0;
        char before = 'x';
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= '0' && c <= '9') {
                digits++;
            } else if (c <= ' ') {
                gaps += before <= ' ' ? 1 : 0;
            } else if (c >= '\u0900' && c <= '\u1fff' || Character.isSurrogate(c)) {
                rare++;
            }
            before = c;
        }
        return (digits * 2 + 2) / 3 + (gaps + 7) / 8 + (rare + 3) / 4;
    }
}
