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
        return options.stream()
                .map(option -> drawn(option, weight.applyAsDouble(option), bits.applyAsLong(option), reason))
                .sorted(Comparator.comparingDouble(Drawn::time))
                .map(Drawn::pick)
                .toList();
    }

    private record Drawn(Pick pick, double time) {}

    private static Drawn drawn(Option option, double weight, long bits, String reason) {
        // the half keeps it off 0, which has no logarithm
        double uniform = ((bits >>> 11) + 0.5) * UNIT;
        return new Drawn(new Pick(option, weight, reason), -Math.log(uniform) / weight);
    }
}
