package dev.sluice.cli.doctor;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;

/// Something that several areas need and one of them finds out; a failure is the same for all of them. Thread-safe.
final class Once<T> implements Supplier<T> {
    private final FutureTask<T> task;

    Once(Supplier<T> finding) {
        this.task = new FutureTask<>(finding::get);
    }

    @Override
    public T get() {
        task.run(); // without effect where it has run, or runs
        try {
            return task.get();
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof RuntimeException known) {
                throw known;
            }
            throw new IllegalStateException(failed.getCause());
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(hurried);
        }
    }

    /// Whether it is known, and no failure.
    boolean isFound() {
        return task.state() == FutureTask.State.SUCCESS;
    }
}
