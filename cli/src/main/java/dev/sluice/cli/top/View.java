package dev.sluice.cli.top;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/// What the person who looks has chosen, and what has to be told to them.
///
/// @param selected gets the most room, and is what keys scroll and sort
/// @param orders by number, where it is not the first
/// @param from the first row shown of what is selected
/// @param trouble why the view is old
public record View(Part selected, Map<Part, Integer> orders, int from, boolean help, Optional<String> trouble) {
    public static final View FIRST = new View(Part.FLIGHTS, Map.of(), 0, false, Optional.empty());

    public View {
        orders = Map.copyOf(orders);
    }

    int order(Part part) {
        return orders.getOrDefault(part, 0);
    }

    View select(int steps) {
        return new View(selected.further(steps), orders, 0, false, trouble);
    }

    View scroll(int rows, int most) {
        return new View(selected, orders, Math.clamp(from + (long) rows, 0, Math.max(0, most - 1)), help, trouble);
    }

    View sort(int steps) {
        Map<Part, Integer> changed = new EnumMap<>(Part.class);
        changed.putAll(orders);
        changed.put(
                selected,
                Math.floorMod(order(selected) + steps, selected.orders().size()));
        return new View(selected, changed, 0, help, trouble);
    }

    View toggleHelp() {
        return new View(selected, orders, from, !help, trouble);
    }

    View withTrouble(Optional<String> now) {
        return new View(selected, orders, from, help, now);
    }
}
