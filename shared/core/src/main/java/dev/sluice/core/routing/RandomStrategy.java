package dev.sluice.core.routing;

import java.util.List;

/// `random`: drawn by configured weight for every request anew; what cannot be used now comes last.
final class RandomStrategy {
    private RandomStrategy() {}

    static List<Pick> order(List<Option> options, long position, Conditions conditions) {
        return Balance.usableFirst(drawn(options, conditions));
    }

    static List<Pick> drawn(List<Option> options, Conditions conditions) {
        return Draw.order(options, Option::weight, _ -> conditions.random().nextLong(), "drawn by weight");
    }
}
