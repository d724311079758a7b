package dev.sluice.simulation;

/// Chance that depends on what it is asked about and on nothing else: the same request meets the same luck under every
/// strategy, so that two runs differ by what the gateway decides alone. Exact on every machine (`StrictMath`).
final class Dice {
    private Dice() {}

    /// Between 0 and 1, neither of them.
    static double uniform(long seed, long... about) {
        long hash = seed;
        for (long part : about) {
            hash = mixed(hash ^ mixed(part + 0x9E3779B97F4A7C15L));
        }
        return ((mixed(hash) >>> 11) + 0.5) * 0x1.0p-53;
    }

    /// Log-normal around a median.
    static double logNormal(double median, double sigma, long seed, long... about) {
        double radius = StrictMath.sqrt(-2 * StrictMath.log(uniform(seed, about)));
        double angle = 2 * StrictMath.PI * uniform(~seed, about);
        return median * StrictMath.exp(sigma * radius * StrictMath.cos(angle));
    }

    /// The time between two arrivals of a Poisson process.
    static double exponential(double mean, long seed, long... about) {
        return -mean * StrictMath.log(uniform(seed, about));
    }

    private static long mixed(long value) {
        long z = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
