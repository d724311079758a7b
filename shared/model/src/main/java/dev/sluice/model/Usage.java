package dev.sluice.model;

import org.jspecify.annotations.Nullable;

/// Tokens by kind, as reported; null is "not reported", which is not zero.
///
/// The kinds do not overlap on the input side: the whole prompt is `inputUncached + cacheRead + cacheWrite5m +
/// cacheWrite1h`. `output` includes `reasoning`.
public record Usage(
        @Nullable Long inputUncached,
        @Nullable Long cacheRead,
        @Nullable Long cacheWrite5m,
        @Nullable Long cacheWrite1h,
        @Nullable Long output,
        @Nullable Long reasoning,
        @Nullable Long audioIn,
        @Nullable Long audioOut) {
    public static final Usage NONE = new Usage(null, null, null, null, null, null, null, null);

    public static Usage of(long input, long output) {
        return new Usage(input, null, null, null, output, null, null, null);
    }

    /// Whether any count was reported.
    public boolean isReported() {
        return inputUncached != null || output != null;
    }

    /// All prompt tokens, cached or not; absent counts add nothing.
    public long prompt() {
        return or0(inputUncached) + or0(cacheRead) + or0(cacheWrite5m) + or0(cacheWrite1h);
    }

    public long cacheWrite() {
        return or0(cacheWrite5m) + or0(cacheWrite1h);
    }

    public long outputOr0() {
        return or0(output);
    }

    /// This usage with every count that the later report has taken from it (reports are cumulative, not additive).
    public Usage overriddenBy(Usage later) {
        return new Usage(
                pick(later.inputUncached, inputUncached),
                pick(later.cacheRead, cacheRead),
                pick(later.cacheWrite5m, cacheWrite5m),
                pick(later.cacheWrite1h, cacheWrite1h),
                pick(later.output, output),
                pick(later.reasoning, reasoning),
                pick(later.audioIn, audioIn),
                pick(later.audioOut, audioOut));
    }

    private static @Nullable Long pick(@Nullable Long first, @Nullable Long second) {
        return first != null ? first : second;
    }

    private static long or0(@Nullable Long value) {
        return value == null ? 0 : value;
    }
}
