package dev.sluice.core.routing;

import java.util.ArrayList;
import java.util.List;

/// `round-robin`: each in its turn, weights aside. Whoever is skipped passes to the next, and takes its turn again when
/// it comes round.
final class RoundRobinStrategy {
    private RoundRobinStrategy() {}

    static List<Pick> order(List<Option> options, long position, Conditions conditions) {
        int size = options.size();
        List<Pick> picks = new ArrayList<>(size);
        int first = Math.floorMod(position, size);
        for (int i = 0; i < size; i++) {
            int index = (first + i) % size;
            long turn = position / size + (index < first ? 1 : 0);
            picks.add(new Pick(options.get(index), 1, i == 0 ? "its turn" : "next in turn", turn));
        }
        return picks;
    }
}
