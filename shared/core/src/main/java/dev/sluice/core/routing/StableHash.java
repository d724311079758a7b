package dev.sluice.core.routing;

/// A 64-bit hash of text that is the same in every process and version: sessions stay where they are.
///
/// FNV-1a over the characters, then the finishing mix of SplitMix64, which spreads every bit of it over all the others.
final class StableHash {
    private static final long OFFSET = 0xcbf29ce484222325L;
    private static final long PRIME = 0x100000001b3L;

    private StableHash() {}

    static long of(String text) {
        return of(OFFSET, text);
    }

    /// The hash of that text after another, whose own hash is given.
    static long of(long before, String text) {
        long hash = before;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * PRIME;
        }
        return mixed(hash ^ text.length());
    }

    private static long mixed(long bits) {
        long z = (bits ^ bits >>> 30) * 0xbf58476d1ce4e5b9L;
        z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
        return z ^ z >>> 31;
    }
}
