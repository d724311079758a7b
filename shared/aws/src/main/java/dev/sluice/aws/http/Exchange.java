package dev.sluice.aws.http;

import dev.sluice.core.ports.Upstream;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// One call under way: the phase it is in, its deadlines, and the one answer that settles it.
final class Exchange implements Upstream.Pending {
    private final Upstream.Call call;
    private final String origin;
    private final long startedAt = System.nanoTime();
    private final AtomicReference<Upstream.@Nullable Answer> answer = new AtomicReference<>();

    private volatile Phase phase = Phase.LOOKUP;
    private volatile @Nullable Thread waiter;
    private volatile @Nullable CompletableFuture<?> transfer;
    private boolean handedOver;

    /// How far a call has come; only forward.
    enum Phase {
        /// The host's name is being looked up.
        LOOKUP,
        /// Handed to the client; no byte of the request has left.
        CONNECTING,
        /// The connection stands, the request is on its way.
        SENT,
        /// The answer's headers are here.
        HEADERS
    }

    Exchange(Upstream.Call call, String origin) {
        this.call = call;
        this.origin = origin;
    }

    Upstream.Call call() {
        return call;
    }

    /// Host and port, for messages.
    String origin() {
        return origin;
    }

    Phase phase() {
        return phase;
    }

    void enter(Phase next) {
        boolean isFound = phase == Phase.LOOKUP;
        phase = next;
        Thread waiting = waiter;
        if (isFound && waiting != null) {
            // another deadline, and it may be the nearer one
            LockSupport.unpark(waiting);
        }
    }

    /// Names what is to be stopped on `cancel`; stops it at once when that has already been asked for.
    void runs(CompletableFuture<?> future) {
        transfer = future;
        if (answer.get() instanceof Upstream.Answer.Broken) {
            future.cancel(true);
        }
    }

    /// Settles the call; false when it was settled before: then the giver must let go of what it holds.
    boolean settle(Upstream.Answer given) {
        boolean first = answer.compareAndSet(null, given);
        Thread waiting = waiter;
        if (first && waiting != null) {
            LockSupport.unpark(waiting);
        }
        return first;
    }

    boolean isSettled() {
        return answer.get() != null;
    }

    @Override
    public Upstream.@Nullable Answer await(Duration wait) {
        waiter = Thread.currentThread();
        try {
            long until = System.nanoTime() + wait.toNanos();
            for (; ; ) {
                Upstream.Answer here = answer.get();
                if (here != null) {
                    handedOver = true;
                    return here;
                }
                long now = System.nanoTime();
                long left = until - now;
                long toDeadline = startedAt + deadline().toNanos() - now;
                if (toDeadline <= 0) {
                    giveUp(pastDeadline());
                } else if (Thread.currentThread().isInterrupted()) {
                    giveUp(cancelled());
                } else if (left <= 0) {
                    return null;
                } else {
                    LockSupport.parkNanos(this, Math.min(left, toDeadline));
                }
            }
        } finally {
            waiter = null;
        }
    }

    @Override
    public void cancel() {
        if (handedOver) {
            return;
        }
        giveUp(cancelled());
        if (answer.get() instanceof Upstream.Answer.Streaming streaming) {
            streaming.body().close();
        }
    }

    private void giveUp(Upstream.Answer.Broken broken) {
        if (settle(broken)) {
            CompletableFuture<?> running =
                    transfer; // read after it was settled: a transfer that comes later stops itself
            if (running != null) {
                running.cancel(true);
            }
        }
    }

    private Duration deadline() {
        Duration total = call.total();
        return switch (phase) {
            case LOOKUP -> shorter(call.connect(), total);
            case CONNECTING, SENT -> call.streaming() ? shorter(call.firstByte(), total) : total;
            case HEADERS -> total;
        };
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private Upstream.Answer.Broken pastDeadline() {
        return switch (phase) {
            case LOOKUP ->
                new Upstream.Answer.Broken(
                        Upstream.Breakage.CONNECT_TIMEOUT, "the name of " + origin + " could not be looked up in time");
            case CONNECTING, SENT ->
                call.streaming() && call.firstByte().compareTo(call.total()) <= 0
                        ? new Upstream.Answer.Broken(
                                Upstream.Breakage.FIRST_BYTE_TIMEOUT,
                                origin + " sent no answer within " + seconds(call.firstByte()))
                        : late();
            case HEADERS -> late();
        };
    }

    private Upstream.Answer.Broken late() {
        return new Upstream.Answer.Broken(
                Upstream.Breakage.TOTAL_TIMEOUT,
                "the answer of " + origin + " was not complete within " + seconds(call.total()));
    }

    private static String seconds(Duration duration) {
        return duration.toMillis() % 1000 == 0 ? duration.toSeconds() + " s" : duration.toMillis() + " ms";
    }

    private Upstream.Answer.Broken cancelled() {
        return new Upstream.Answer.Broken(Upstream.Breakage.CANCELLED, "the call to " + origin + " was cancelled");
    }
}
