package dev.sluice.core.metering;

import dev.sluice.core.ports.UsageBook.Line;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// Which targets of a key have a line of their own in a day of the book of usage.
///
/// Where a provider lets any model through, a client may name endless ones, and each would be a line: beyond [#MOST] names
/// of a key and a day, what they use is counted in one line for each provider, `provider/other models`, which no model can
/// be called. Remembered for the two newest days. Thread-safe.
public final class UsageNames {
    public static final int MOST = 200;

    private static final String OTHERS = "other models";
    private static final int DAYS = 2;

    private final Consumer<String> notes;
    private final ReentrantLock lock = new ReentrantLock();
    private final TreeMap<LocalDate, Map<String, Set<String>>> named = new TreeMap<>();

    /// @param notes told once of each key and day that has too many
    public UsageNames(Consumer<String> notes) {
        this.notes = notes;
    }

    /// The line as it is counted.
    ///
    /// @param there the targets of that key that have a line on that day; asked for the first time that the key is seen
    public Line counted(LocalDate day, Line line, Supplier<Set<String>> there) {
        String target = line.target();
        if (target == null) {
            return line;
        }
        lock.lock();
        try {
            Set<String> names = of(day, line.caller(), there);
            if (names.contains(target) || names.size() < MOST) {
                names.add(target);
                return line;
            }
            if (names.add("")) {
                notes.accept("the key " + line.caller() + " has used more than " + MOST + " models on " + day
                        + ": what the others use is counted as " + OTHERS);
            }
        } finally {
            lock.unlock();
        }
        String others = target.substring(0, target.indexOf('/') + 1) + OTHERS;
        return new Line(
                line.caller(), others, line.requests(), line.errors(), line.unpriced(), line.usage(), line.usd());
    }

    private Set<String> of(LocalDate day, String caller, Supplier<Set<String>> there) {
        Map<String, Set<String>> ofDay = named.computeIfAbsent(day, _ -> new TreeMap<>());
        while (named.size() > DAYS) {
            named.pollFirstEntry();
        }
        return ofDay.computeIfAbsent(caller, _ -> new HashSet<>(there.get()));
    }
}
