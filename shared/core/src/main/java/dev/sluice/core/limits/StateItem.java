package dev.sluice.core.limits;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// The state of one provider or caller at a moment: flat attributes, named by [StateNames]. Immutable.
///
/// @param numbers counters, cooldowns, breaker values
/// @param texts reservations, and why something cools down
public record StateItem(SortedMap<String, Long> numbers, SortedMap<String, String> texts) {
    public static final StateItem EMPTY = new StateItem(new TreeMap<>(), new TreeMap<>());

    public StateItem {
        numbers = Collections.unmodifiableSortedMap(new TreeMap<>(numbers));
        texts = Collections.unmodifiableSortedMap(new TreeMap<>(texts));
    }

    public static StateItem of(Map<String, Long> numbers, Map<String, String> texts) {
        return new StateItem(new TreeMap<>(numbers), new TreeMap<>(texts));
    }

    /// What stands under that name; 0 when nothing does.
    public long number(String name) {
        Long value = numbers.get(name);
        return value == null ? 0 : value;
    }
}
