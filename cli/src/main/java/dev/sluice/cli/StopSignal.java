package dev.sluice.cli;

import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The wish that the process ends, and the word that it is ready to. Each is given once.
public final class StopSignal {
    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch done = new CountDownLatch(1);
    private volatile boolean heeded;
    private volatile @Nullable Integer exitCode;

    public void ask() {
        asked.countDown();
    }

    /// From here on somebody puts things in order before the process ends.
    public void heed() {
        heeded = true;
    }

    /// The same by whoever was only waiting for the wish: then the process ends with that code, as if nobody had killed it.
    public void heed(int code) {
        exitCode = code;
        heed();
    }

    /// What the process ends with; empty: as whoever is killed does.
    public OptionalInt exitCode() {
        Integer code = exitCode;
        return code == null ? OptionalInt.empty() : OptionalInt.of(code);
    }

    /// Whether the end of the process has to wait for [#done].
    public boolean isHeeded() {
        return heeded;
    }

    public boolean isAsked() {
        return asked.getCount() == 0;
    }

    public void awaitAsked() throws InterruptedException {
        asked.await();
    }

    public void done() {
        done.countDown();
    }

    /// Whether all was put in order within that time.
    public boolean awaitDone(Duration wait) throws InterruptedException {
        return done.await(wait.toNanos(), TimeUnit.NANOSECONDS);
    }
}
