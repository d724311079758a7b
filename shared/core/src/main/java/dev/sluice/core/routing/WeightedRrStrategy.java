package dev.sluice.core.routing;

import java.util.ArrayList;
import java.util.List;

/// `weighted-rr`: turns by weight, in one fixed interleaved sequence. Whoever is skipped passes to the one that comes next
/// in the sequence.
final class WeightedRrStrategy {
    private WeightedRrStrategy() {}

    static List<Pick> order(List<Option> options, long position, Conditions conditions) {
        int[] weights = options.stream().mapToInt(Option::weight).toArray();
        WeightedSequence sequence = WeightedSequence.at(weights, position);
        List<Pick> picks = new ArrayList<>(weights.length);
        boolean[] seen = new boolean[weights.length];
        long[] turns = sequence.turns();
        while (picks.size() < weights.length) {
            int index = sequence.next();
            if (!seen[index]) {
                seen[index] = true;
                picks.add(new Pick(
                        options.get(index),
                        weights[index],
                        picks.isEmpty() ? "its turn by weight" : "next in turn by weight",
                        turns[index]));
            }
        }
        return picks;
    }
}
