package dev.sluice.protocol;

/// How many tokens went through in frames that nobody reads, by estimate: for streams whose end, with the provider's own
/// count, never came.
final class UnreadTokens {
    private static final String DELTA = "\"delta\"";
    private static final int BYTES_PER_TOKEN = 4;

    /// The words of the dialects' own that stand in a delta are no longer than this.
    private static final int LONGEST_WORD = 16;

    private long tokens;

    /// Of a frame with a delta the longest string is taken for what the model said; any such frame holds a token.
    void count(Frame frame) {
        int delta = ByteScan.indexOf(frame.data(), frame.dataFrom(), frame.dataTo(), DELTA);
        if (delta >= 0) {
            int longest = longestString(frame.data(), delta + DELTA.length(), frame.dataTo());
            tokens += longest <= LONGEST_WORD ? 1 : longest / BYTES_PER_TOKEN;
        }
    }

    long sum() {
        return tokens;
    }

    private static int longestString(byte[] data, int from, int to) {
        int longest = 0;
        int start = -1;
        for (int i = from; i < to; i++) {
            if (data[i] == '"') {
                longest = start < 0 ? longest : Math.max(longest, i - start);
                start = start < 0 ? i + 1 : -1;
            } else if (data[i] == '\\') {
                i++;
            }
        }
        return longest;
    }
}
