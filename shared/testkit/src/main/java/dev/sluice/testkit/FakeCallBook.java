package dev.sluice.testkit;

import dev.sluice.core.ports.CallBook;
import dev.sluice.core.ports.CallLog;
import dev.sluice.core.ports.PortFailure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Calls in memory, which can fall silent. Thread-safe.
public final class FakeCallBook implements CallBook {
    private final List<CallLog.Entry> kept = new ArrayList<>();
    private boolean silent;

    /// Whether it answers nobody any more.
    public synchronized void silent(boolean is) {
        silent = is;
    }

    @Override
    public synchronized boolean keep(CallLog.Entry entry) {
        return !silent && kept.add(entry);
    }

    @Override
    public synchronized List<CallLog.Entry> over(Instant from, Instant to, int most) {
        hear();
        List<CallLog.Entry> found = kept.stream()
                .filter(entry -> !entry.over().isBefore(from) && entry.over().isBefore(to))
                .sorted(Comparator.comparing(CallLog.Entry::over))
                .toList();
        return List.copyOf(found.subList(Math.max(0, found.size() - most), found.size()));
    }

    @Override
    public synchronized Optional<CallLog.Entry> find(String requestId, Instant now) {
        hear();
        return kept.stream()
                .filter(entry -> entry.requestId().equals(requestId))
                .filter(entry -> !entry.over().isBefore(now.minus(KEPT)))
                .findFirst();
    }

    private void hear() {
        if (silent) {
            throw new PortFailure("the book does not answer");
        }
    }
}
