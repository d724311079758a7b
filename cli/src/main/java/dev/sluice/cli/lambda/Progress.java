package dev.sluice.cli.lambda;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// How far an environment has come, and the first thing that went wrong on its way. Thread-safe.
final class Progress {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private Stage stage = Stage.INITIALISING;
    private @Nullable InvocationFailure failure;

    enum Stage {
        INITIALISING,
        SNAPSHOT,
        RESTORING,
        SERVING,
        ENDED
    }

    boolean is(Stage asked) {
        lock.lock();
        try {
            return stage == asked;
        } finally {
            lock.unlock();
        }
    }

    /// Goes there; false when it had ended, or was there.
    boolean move(Stage next) {
        lock.lock();
        try {
            if (stage == Stage.ENDED || stage == next) {
                return false;
            }
            stage = next;
            changed.signalAll();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /// Something went wrong. What went wrong before it stays the reason.
    void note(InvocationFailure problem) {
        lock.lock();
        try {
            if (failure == null) {
                failure = problem;
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Waits until that stage is left, at most that long; what went wrong, or null.
    ///
    /// @param phase the service's name of it
    @Nullable
    InvocationFailure awaitLeft(Stage left, Duration limit, String phase) throws InterruptedException {
        lock.lock();
        try {
            long nanos = limit.toNanos();
            while (stage == left && failure == null && nanos > 0) {
                nanos = changed.awaitNanos(nanos);
            }
            if (stage == left && failure == null) {
                failure = InvocationFailure.of(
                        InvocationFailure.Kind.NOT_STARTED,
                        "Sandbox.Timeout",
                        phase + " timed out after " + limit.toMillis() + " ms");
            }
            return failure;
        } finally {
            lock.unlock();
        }
    }
}
