package dev.sluice.core.metering;

import dev.sluice.core.ports.CallBook;
import dev.sluice.core.ports.CallLog;
import dev.sluice.core.ports.Time;
import dev.sluice.core.ports.UsageBook;
import dev.sluice.core.resilience.StoreBreaker;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/// Writes every call into the books once it is over: what it was, and what it used, side by side.
///
/// Calls of nobody are not kept: whoever has no key could fill the books otherwise. A store that does not answer is left
/// alone, which loses these lines and nothing else; its owner is told once, until it answers again. Thread-safe.
public final class CallKeeper implements CallLog, AutoCloseable {
    /// How many calls may be on their way into the books at once.
    private static final int MOST = 256;

    /// How long one more waits for a place, its answer long given.
    private static final long PATIENCE_MS = 100;

    private final Books books;
    private final CallLog next;
    private final Waiting waiting;
    private final StoreBreaker store;
    private final StoreBreaker own = new StoreBreaker();
    private final Time time;
    private final Consumer<String> notes;
    private final Semaphore room = new Semaphore(MOST);
    private final AtomicBoolean isTold = new AtomicBoolean();
    private final AtomicLong missing = new AtomicLong();

    /// Where calls are written down.
    public record Books(CallBook calls, UsageBook usage) {}

    /// Whether whoever tells of a call waits until it is written.
    public enum Waiting {
        /// For a process that sleeps between calls, and has to have written before.
        UNTIL_WRITTEN,
        /// The next request of the same connection does not wait for it.
        NOT
    }

    /// @param next told first, of every call
    /// @param store what others know of the same store: while it is silent for them nothing is tried. The books have one
    ///     of their own beside it, since not every reason why they cannot be written concerns the others
    /// @param notes sentences for the owner
    public CallKeeper(
            Books books, CallLog next, Waiting waiting, StoreBreaker store, Time time, Consumer<String> notes) {
        this.books = books;
        this.next = next;
        this.waiting = waiting;
        this.store = store;
        this.time = time;
        this.notes = notes;
    }

    @Override
    public void record(Entry entry) {
        next.record(entry);
        if (!entry.isKnownCallers()) {
            return;
        }
        if (store.isOpen() || !isRoom()) {
            lost();
            return;
        }
        if (!own.allows(time.nanos())) {
            room.release();
            lost();
            return;
        }
        Thread writing = Thread.ofVirtual().name("books").start(() -> write(entry));
        if (waiting == Waiting.UNTIL_WRITTEN) {
            join(writing);
        }
    }

    /// A store that keeps up makes room at once, however many calls end in the same moment.
    private boolean isRoom() {
        if (room.tryAcquire()) {
            return true;
        }
        try {
            return room.tryAcquire(PATIENCE_MS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException later) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void write(Entry entry) {
        try {
            AtomicBoolean isAdded = new AtomicBoolean();
            Thread adding = Thread.ofVirtual()
                    .name("book of usage")
                    .start(() -> isAdded.set(did(() -> books.usage().add(entry))));
            boolean isKept = did(() -> books.calls().keep(entry));
            join(adding);
            if (isKept && isAdded.get()) {
                own.answered();
                isTold.set(false);
            } else {
                own.silent(time.nanos());
                lost();
            }
        } finally {
            room.release();
        }
    }

    /// A defect of a store is no more than a line that is missing.
    private static boolean did(BooleanSupplier writing) {
        try {
            return writing.getAsBoolean();
        } catch (RuntimeException defect) {
            return false;
        }
    }

    /// How many calls are missing in a book, for whatever reason.
    public long missing() {
        return missing.get();
    }

    private void lost() {
        missing.incrementAndGet();
        if (isTold.compareAndSet(false, true)) {
            notes.accept("calls cannot be written down now: they are answered as always, but sluice logs and what was"
                    + " used will lack them");
        }
    }

    private static void join(Thread thread) {
        boolean interrupted = false;
        while (true) {
            try {
                thread.join();
                break;
            } catch (InterruptedException later) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /// Returns when what was told is written, or lost. Nothing is told any more.
    @Override
    public void close() {
        room.acquireUninterruptibly(MOST);
        room.release(MOST);
    }
}
