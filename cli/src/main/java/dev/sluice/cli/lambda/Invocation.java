package dev.sluice.cli.lambda;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// One event on its way through one environment. Thread-safe.
final class Invocation {
    private final String id;
    private final byte[] event;
    private final String traceId;
    private final AnswerPipe answer = new AnswerPipe();
    private final CountDownLatch over = new CountDownLatch(1);
    private volatile Instant deadline = Instant.MAX;

    Invocation(String id, byte[] event, String traceId) {
        this.id = id;
        this.event = event;
        this.traceId = traceId;
    }

    String id() {
        return id;
    }

    byte[] event() {
        return event;
    }

    String traceId() {
        return traceId;
    }

    AnswerPipe answer() {
        return answer;
    }

    Instant deadline() {
        return deadline;
    }

    void deadline(Instant moment) {
        deadline = moment;
    }

    /// The runtime is back for the next one, or will never be.
    void finish() {
        over.countDown();
    }

    /// Whether it was over in time. An invocation lasts until its runtime asks for the next one, not only until its
    /// answer is complete.
    boolean awaitOver(Duration wait) throws InterruptedException {
        return over.await(wait.toNanos(), TimeUnit.NANOSECONDS);
    }
}
