package dev.sluice.protocol.vectors;

/// The seeded random numbers of the tests: the same on every machine.
public final class SplitMix64 {
    private long state;

    public SplitMix64(long seed) {
        state = seed;
    }

    public long next() {
        state += 0x9e3779b97f4a7c15L;
        long z = state;
        z = (z ^ z >>> 30) * 0xbf58476d1ce4e5b9L;
        z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
        return z ^ z >>> 31;
    }

    /// From 0 to below the bound.
    public int below(int bound) {
        return (int) Long.remainderUnsigned(next(), bound);
    }
}
