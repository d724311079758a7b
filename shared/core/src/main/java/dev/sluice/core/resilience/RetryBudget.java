package dev.sluice.core.resilience;

import java.time.Duration;

/// Pays for repeats: a share of the requests of the last ten seconds, and at least three. Thread-safe, without a clock.
///
/// Over any stretch of time, repeats stay within that share of its requests plus three for each ten seconds begun: a
/// provider that is down is not buried under the gateway's own repeats.
public final class RetryBudget {
    private static final int MINIMUM = 3;
    private static final int SLOTS = 10;
    private static final long SLOT_NANOS = Duration.ofSeconds(1).toNanos();

    private final int[] requests = new int[SLOTS];
    private final int[] repeats = new int[SLOTS];
    private long latestSlot;
    private boolean started;

    /// Counts a client's request, once, whatever becomes of it.
    public synchronized void requestStarted(long nanos) {
        requests[slotAt(nanos)]++;
    }

    /// Takes one repeat out of that share of the requests; false when the budget is spent.
    public synchronized boolean take(long nanos, int percent) {
        int slot = slotAt(nanos);
        long allowed = Math.max(MINIMUM, sum(requests) * percent / 100);
        if (sum(repeats) >= allowed) {
            return false;
        }
        repeats[slot]++;
        return true;
    }

    /// The slot of that moment, with those that have meanwhile left the window emptied; a late caller counts as now.
    private int slotAt(long nanos) {
        long slot = Math.floorDiv(nanos, SLOT_NANOS);
        if (!started) {
            started = true;
            latestSlot = slot;
        }
        long stale = Math.min(slot - latestSlot, SLOTS);
        for (long i = 1; i <= stale; i++) {
            int index = Math.floorMod(latestSlot + i, SLOTS);
            requests[index] = 0;
            repeats[index] = 0;
        }
        latestSlot = Math.max(latestSlot, slot);
        return Math.floorMod(latestSlot, SLOTS);
    }

    private static long sum(int[] counts) {
        long sum = 0;
        for (int count : counts) {
            sum += count;
        }
        return sum;
    }
}
