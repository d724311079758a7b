package dev.sluice.core.counting;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;

/// Counts a text's tokens by the two published vocabularies `o200k_base` and `cl100k_base`, the larger number of each piece.
///
/// They are read when a text is first counted (a fifth of a second), or before a snapshot. Thread-safe.
final class Vocabularies {
    /// Texts are counted piece by piece: one endless word would cost far more than its length.
    private static final int PIECE = 8192;

    /// How far from a piece's end a gap between words is looked for.
    private static final int GAP = 512;

    private static final class Loaded {
        static final Encoding O200K = Encodings.newLazyEncodingRegistry().getEncoding(EncodingType.O200K_BASE);
        static final Encoding CL100K = Encodings.newLazyEncodingRegistry().getEncoding(EncodingType.CL100K_BASE);
    }

    private Vocabularies() {}

    /// What looks like a control token is counted as the text it is.
    static long tokens(String said) {
        String text = wellFormed(said);
        long tokens = 0;
        for (int from = 0; from < text.length(); ) {
            int to = end(text, from);
            String piece = from == 0 && to == text.length() ? text : text.substring(from, to);
            tokens += Math.max(Loaded.O200K.countTokensOrdinary(piece), Loaded.CL100K.countTokensOrdinary(piece));
            from = to;
        }
        return tokens;
    }

    /// Half a surrogate pair has no bytes: a model sees a replacement character.
    private static String wellFormed(String text) {
        StringBuilder mended = null;
        for (int at = 0; at < text.length(); ) {
            int point = text.codePointAt(at);
            if (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE) {
                mended = mended == null ? new StringBuilder(text) : mended;
                mended.setCharAt(at, '\uFFFD');
            }
            at += Character.charCount(point);
        }
        return mended == null ? text : mended.toString();
    }

    /// At a gap where there is one, never within a surrogate pair.
    private static int end(String text, int from) {
        int end = from + PIECE;
        if (end >= text.length()) {
            return text.length();
        }
        for (int at = end; at > end - GAP; at--) {
            if (Character.isWhitespace(text.charAt(at)) && !Character.isWhitespace(text.charAt(at - 1))) {
                return at;
            }
        }
        return Character.isLowSurrogate(text.charAt(end)) ? end - 1 : end;
    }
}
