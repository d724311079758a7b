package dev.sluice.cli.store;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/// Writes to the file on one thread of its own: an interrupt of a request's thread in the middle of a write would close
/// the file for everyone.
final class StoreWriter implements AutoCloseable {
    private final ExecutorService thread = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("store").factory());
    private final Consumer<String> notes;
    private final AtomicBoolean hasFailed = new AtomicBoolean();

    /// @param notes told once when writing begins to fail
    StoreWriter(Consumer<String> notes) {
        this.notes = notes;
    }

    /// Waits until it is written; false when that failed. Never throws, and keeps an interrupt for later.
    boolean write(Runnable write) {
        boolean interrupted = false;
        try {
            Future<?> written = thread.submit(write);
            while (true) {
                try {
                    written.get();
                    hasFailed.set(false);
                    return true;
                } catch (InterruptedException later) {
                    interrupted = true;
                }
            }
        } catch (RejectedExecutionException closed) {
            return false;
        } catch (ExecutionException failed) {
            tell(failed);
            return false;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void tell(ExecutionException failed) {
        if (hasFailed.compareAndSet(false, true)) {
            notes.accept("limits cannot be written to the store (" + failed.getMessage()
                    + "): until they can, they are counted in memory");
        }
    }

    /// Returns when what was begun is written.
    @Override
    public void close() {
        thread.close();
    }
}
