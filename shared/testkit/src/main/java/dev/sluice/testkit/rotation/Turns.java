package dev.sluice.testkit.rotation;

import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// Two pieces of work at once, of which one goes on at a time: at every crossing it is decided by chance which. So the
/// same chance gives the same order.
final class Turns {
    private final SplittableRandom chance;
    private final Thread first = Thread.currentThread();
    private boolean isTurnOfFirst = true;
    private boolean isAlone;
    private @Nullable RuntimeException failure;

    Turns(SplittableRandom chance) {
        this.chance = chance;
    }

    /// Returns when both have ended; throws what one of them has thrown.
    void run(Runnable one, Runnable other) {
        Thread second = Thread.ofVirtual().name("second").start(() -> work(other, false));
        work(one, true);
        try {
            second.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        if (failure != null) {
            throw failure;
        }
    }

    private void work(Runnable what, boolean isFirst) {
        await(isFirst);
        try {
            what.run();
        } catch (RuntimeException thrown) {
            failed(thrown);
        } finally {
            end(isFirst);
        }
    }

    private synchronized void failed(RuntimeException thrown) {
        failure = failure == null ? thrown : failure;
    }

    private synchronized void end(boolean isFirst) {
        isAlone = true;
        isTurnOfFirst = !isFirst;
        notifyAll();
    }

    /// Called by the one that goes on; returns when it goes on again.
    void pass() {
        boolean isFirst = Thread.currentThread() == first;
        boolean yields;
        synchronized (this) {
            yields = !isAlone && chance.nextInt(3) == 0;
            if (yields) {
                isTurnOfFirst = !isFirst;
                notifyAll();
            }
        }
        if (yields) {
            await(isFirst);
        }
    }

    private synchronized void await(boolean isFirst) {
        try {
            while (isTurnOfFirst != isFirst) {
                wait();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
