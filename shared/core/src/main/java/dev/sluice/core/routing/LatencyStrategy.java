package dev.sluice.core.routing;

import dev.sluice.core.metering.Pace;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// `latency`: the shortest time to first content lately comes first. Before it comes what is due to be measured, so that it
/// can be compared at all; equals in an order drawn by weight; what cannot be used now last.
final class LatencyStrategy {
    private LatencyStrategy() {}

    /// @param due before all others
    private record Timed(Pick pick, boolean due, double millis) {}

    static List<Pick> order(List<Option> options, long position, Conditions conditions) {
        List<Timed> timed = new ArrayList<>();
        for (Pick pick : RandomStrategy.drawn(options, conditions)) {
            timed.add(timed(pick, conditions));
        }
        timed.sort(Comparator.comparing((Timed one) -> !one.due()).thenComparingDouble(Timed::millis));
        return Balance.usableFirst(timed.stream().map(Timed::pick).toList());
    }

    /// An alias is as fast as the fastest behind it, and due when all of them are.
    private static Timed timed(Pick pick, Conditions conditions) {
        boolean due = true;
        double millis = Double.POSITIVE_INFINITY;
        for (String ref : pick.option().refs()) {
            Pace.Speed speed = conditions.pace().speed(ref, conditions.nanos());
            due &= speed.due();
            millis = Math.min(millis, speed.millis());
        }
        if (due) {
            return new Timed(pick.because("due to be measured"), true, 0);
        }
        return new Timed(
                pick.because(millis < Double.POSITIVE_INFINITY ? "by its time to first content" : "being measured"),
                false,
                millis);
    }
}
