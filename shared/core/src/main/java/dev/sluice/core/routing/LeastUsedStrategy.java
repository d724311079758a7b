package dev.sluice.core.routing;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// `least-used`: the fewest attempts in the last minute for its weight comes first; equals in an order drawn by weight; what
/// cannot be used now last.
///
/// Only this process' own attempts are counted: what is balanced in each environment is balanced in their sum, and no
/// request waits for a store to learn of the others'.
final class LeastUsedStrategy {
    private LeastUsedStrategy() {}

    private record Used(Pick pick, double share) {}

    static List<Pick> order(List<Option> options, long position, Conditions conditions) {
        List<Used> used = new ArrayList<>();
        for (Pick pick : RandomStrategy.drawn(options, conditions)) {
            used.add(new Used(pick.because("least used for its weight"), share(pick, conditions)));
        }
        used.sort(Comparator.comparingDouble(Used::share));
        return Balance.usableFirst(used.stream().map(Used::pick).toList());
    }

    private static double share(Pick pick, Conditions conditions) {
        int attempts = 0;
        for (String ref : pick.option().refs()) {
            attempts += conditions.pace().attempts(ref, conditions.nanos());
        }
        return attempts / (double) pick.option().weight();
    }
}
