package dev.sluice.core.routing;

import java.util.List;

/// `ordered`: as the owner listed them.
final class OrderedStrategy {
    private OrderedStrategy() {}

    static List<Pick> order(List<Option> options, long position, Conditions conditions) {
        return options.stream()
                .map(option -> new Pick(option, option.weight(), "in the order of the list"))
                .toList();
    }
}
