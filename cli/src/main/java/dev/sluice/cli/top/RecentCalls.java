package dev.sluice.cli.top;

import dev.sluice.core.ports.CallBook;
import dev.sluice.core.ports.CallLog;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The last calls, and all of the last minute: read on from look to look, and not anew at each. Not thread-safe.
///
/// Each look goes back a little before the newest call that is known, for calls that come late into the book.
final class RecentCalls {
    /// How many calls one look reads.
    static final int MOST = 5_000;

    private static final int SHOWN = 500;
    private static final int MOST_HELD = 60_000;
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration RECENT = Duration.ofHours(1);
    private static final Duration LATE = Duration.ofSeconds(10);

    private final CallBook book;
    private final TreeMap<Place, CallLog.Entry> held = new TreeMap<>();
    /// Older ones may be missing; null: none is.
    private @Nullable Instant missing;

    RecentCalls(CallBook book) {
        this.book = book;
    }

    private record Place(Instant over, String id) implements Comparable<Place> {
        private static final Comparator<Place> ORDER =
                Comparator.comparing(Place::over).thenComparing(Place::id);

        static Place of(CallLog.Entry call) {
            return new Place(call.over(), call.requestId());
        }

        @Override
        public int compareTo(Place other) {
            return ORDER.compare(this, other);
        }
    }

    /// @param last the newest of an hour, oldest first
    /// @param minute those of the last minute
    /// @param isMore whether more have ended in it than could be read
    record Seen(List<CallLog.Entry> last, List<CallLog.Entry> minute, boolean isMore) {}

    /// Throws `PortFailure`.
    Seen at(Instant now) {
        if (held.isEmpty()) {
            begin(now);
        } else {
            Instant newest = held.lastKey().over();
            take(book.over(later(newest.minus(LATE), now.minus(RECENT)), end(now), MOST), MOST);
        }
        forget(now);
        List<CallLog.Entry> all = List.copyOf(held.values());
        return new Seen(
                all.subList(Math.max(0, all.size() - SHOWN), all.size()),
                all.stream()
                        .filter(call -> call.over().isAfter(now.minus(MINUTE)))
                        .toList(),
                missing != null && missing.isAfter(now.minus(MINUTE)));
    }

    private void begin(Instant now) {
        List<CallLog.Entry> last = book.over(now.minus(RECENT), end(now), SHOWN);
        boolean isMinutes = last.size() >= SHOWN && last.getFirst().over().isAfter(now.minus(MINUTE));
        take(isMinutes ? book.over(now.minus(MINUTE), end(now), MOST) : last, MOST);
    }

    private static Instant end(Instant now) {
        return now.plusMillis(1);
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private void take(List<CallLog.Entry> page, int most) {
        if (page.size() >= most && !held.containsKey(Place.of(page.getFirst()))) {
            missing = page.getFirst().over();
        }
        page.forEach(call -> held.put(Place.of(call), call));
    }

    private void forget(Instant now) {
        held.headMap(new Place(now.minus(RECENT), "")).clear();
        while (held.size() > SHOWN && !held.firstKey().over().isAfter(now.minus(MINUTE))) {
            held.pollFirstEntry();
        }
        while (held.size() > MOST_HELD) {
            missing = held.pollFirstEntry().getKey().over();
        }
    }
}
