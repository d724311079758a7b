package dev.sluice.core.routing;

import dev.sluice.core.config.AliasConfig.Strategy;
import java.util.ArrayList;
import java.util.List;

/// How one tier puts its options in order: one for each strategy of the configuration. Pure; chance is handed in.
@FunctionalInterface
interface Balance {
    /// @param options at least two
    /// @param position in the alias' rotation, for those that take turns; not negative
    List<Pick> order(List<Option> options, long position, Conditions conditions);

    static Balance of(Strategy strategy) {
        return switch (strategy) {
            case ORDERED, COST -> OrderedStrategy::order;
            case ROUND_ROBIN -> RoundRobinStrategy::order;
            case WEIGHTED_RR -> WeightedRrStrategy::order;
            case QUOTA_AWARE_WEIGHTED_RR -> QuotaAwareStrategy::order;
            case AUTO -> AutoStrategy::order;
            case LATENCY -> LatencyStrategy::order;
            case LEAST_USED -> LeastUsedStrategy::order;
            case RANDOM -> RandomStrategy::order;
        };
    }

    /// The same order with what cannot be used now, as last seen, behind the rest.
    static List<Pick> usableFirst(List<Pick> picks) {
        List<Pick> order = new ArrayList<>(picks.size());
        picks.stream().filter(pick -> pick.option().outlook().isUsable()).forEach(order::add);
        picks.stream()
                .filter(pick -> !pick.option().outlook().isUsable())
                .map(pick -> pick.because(pick.option().outlook().why()))
                .forEach(order::add);
        return order;
    }
}
