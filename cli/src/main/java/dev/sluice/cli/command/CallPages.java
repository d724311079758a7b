package dev.sluice.cli.command;

import dev.sluice.core.ports.CallBook;
import dev.sluice.core.ports.CallLog;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/// Looks back through a book, page by page, from the newest call on.
final class CallPages {
    /// What other machines' clocks may be ahead.
    static final Duration AHEAD = Duration.ofHours(1);

    private static final int PAGE = 1_000;
    /// Pages grow to that size: a book of files reads what is newer than a page again for each.
    private static final int LARGEST = 10_000;

    private CallPages() {}

    /// The newest of those that are wanted, oldest first.
    static List<CallLog.Entry> newest(
            CallBook book, Instant from, Instant now, int most, Predicate<CallLog.Entry> wanted) {
        List<CallLog.Entry> newestFirst = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        Instant to = now.plus(AHEAD);
        int size = Math.max(PAGE, most);
        while (newestFirst.size() < most && from.isBefore(to)) {
            List<CallLog.Entry> page = book.over(from, to, size);
            page.reversed().stream()
                    .filter(entry -> seen.add(entry.requestId()))
                    .filter(wanted)
                    .limit((long) most - newestFirst.size())
                    .forEach(newestFirst::add);
            if (page.size() < size) {
                break;
            }
            size = Math.max(size, Math.min(2 * size, LARGEST));
            // those of the same millisecond that had no room come with the next page
            Instant next = page.getFirst().over().plusMillis(1);
            to = next.isBefore(to) ? next : next.minusMillis(1);
        }
        return List.copyOf(newestFirst.reversed());
    }
}
