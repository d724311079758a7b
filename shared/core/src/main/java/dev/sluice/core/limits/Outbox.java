package dev.sluice.core.limits;

import dev.sluice.core.limits.SettleStep.Breaker;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What the store has surely not heard yet. Bounded; thread-safe.
final class Outbox {
    static final int MOST = 1_024;

    private final ArrayDeque<Due> dues = new ArrayDeque<>();
    private final LinkedHashMap<String, TreeMap<String, Long>> sums = new LinkedHashMap<>();
    private long forgotten;

    /// Something to be told.
    sealed interface Due {
        /// With a reservation as its guard.
        record Guarded(Settling settling) implements Due {}

        record Plain(SettleStep step) implements Due {}

        record Cooling(CoolStep step) implements Due {}
    }

    /// @return false: there is no room
    synchronized boolean add(Due due) {
        if (dues.size() >= MOST) {
            forgotten++;
            return false;
        }
        dues.add(due);
        return true;
    }

    /// What was used and is not counted: merged with what waits for the same item.
    ///
    /// @return false: there is no room
    synchronized boolean add(String item, Map<String, Long> used, Instant now) {
        TreeMap<String, Long> sum = sums.get(item);
        if (sum == null) {
            if (sums.size() >= MOST) {
                forgotten++;
                return false;
            }
            sum = new TreeMap<>();
            sums.put(item, sum);
        }
        sum.keySet().removeIf(counter -> Past.isOver(counter, now));
        for (Map.Entry<String, Long> entry : used.entrySet()) {
            sum.merge(entry.getKey(), entry.getValue(), Saturated::sum);
        }
        return true;
    }

    /// The next to be told, taken out; null: there is none.
    synchronized @Nullable Due poll(Instant now) {
        Iterator<Map.Entry<String, TreeMap<String, Long>>> first =
                sums.entrySet().iterator();
        if (first.hasNext()) {
            Map.Entry<String, TreeMap<String, Long>> entry = first.next();
            String item = entry.getKey();
            SortedMap<String, Long> used = entry.getValue();
            first.remove();
            return new Due.Plain(new SettleStep(item, used, null, Breaker.UNCHANGED, now));
        }
        return dues.poll();
    }

    synchronized boolean isEmpty() {
        return sums.isEmpty() && dues.isEmpty();
    }

    synchronized long forgotten() {
        return forgotten;
    }
}
