package dev.sluice.core.routing;

import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/// An order drawn by weight: each stands first as often as its share of the weights, and among the rest likewise.
///
/// Each gets an exponential waiting time, `-ln(u) / weight` with u uniform in (0, 1), and the shortest stands first. With u
/// from a hash of a session and the option this is weighted rendezvous hashing: when one is gone, only those who had it
/// move.
final class Draw {
    private static final double UNIT = 0x1p-53;

    private Draw() {}

    /// @param bits 64 evenly spread ones for each option
    static List<Pick> order(
            List<Option> options, ToDoubleFunction<Option> weight, ToLongFunction<Option> bits, String reason) {
        record Drawn(Pick pick, double wait) {}
        return options.stream()
                .map(option -> {
                    double own = weight.applyAsDouble(option);
                    return new Drawn(new Pick(option, own, reason), wait(bits.applyAsLong(option), own));
                })
                .sorted(Comparator.comparingDouble(Drawn::wait))
                .map(Drawn::pick)
                .toList();
    }

    private static double wait(long bits, double weight) {
        // the half keeps it off 0, whose logarithm there is none
        double uniform = ((bits >>> 11) + 0.5) * UNIT;
        return -Math.log(uniform) / weight;
    }
}
