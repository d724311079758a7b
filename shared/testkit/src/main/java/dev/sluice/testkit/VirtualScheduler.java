package dev.sluice.testkit;

import dev.sluice.core.ports.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Many processes in virtual time. Each runs blocking code on a thread of its own, exactly one at any instant: who sleeps
/// hands on to the one whose time comes first, at equal times to the one that asked first. A run is the same every time.
///
/// Only `sleep` lets others run. Who waits for a lock that a sleeping process holds would wait for ever: `run` notices
/// that and says where.
public final class VirtualScheduler implements Time {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int SHOWN_FRAMES = 30;

    private final Instant start;
    private final PriorityQueue<Turn> turns = new PriorityQueue<>();
    private final CountDownLatch over = new CountDownLatch(1);
    private final AtomicLong steps = new AtomicLong();
    private long nanos;
    private long asked;
    private volatile @Nullable Strand running;
    private volatile @Nullable Throwable failure;

    public VirtualScheduler(Instant start) {
        this.start = start;
    }

    private record Turn(long nanos, long order, Strand process) implements Comparable<Turn> {
        @Override
        public int compareTo(Turn other) {
            return nanos != other.nanos ? Long.compare(nanos, other.nanos) : Long.compare(order, other.order);
        }
    }

    private final class Strand implements Runnable {
        private final Runnable body;
        private final Thread thread;
        private boolean hasStarted;
        private volatile boolean mayRun;

        Strand(Runnable body) {
            this.body = body;
            this.thread = Thread.ofVirtual().unstarted(this);
        }

        void go() {
            mayRun = true;
            if (hasStarted) {
                LockSupport.unpark(thread);
            } else {
                hasStarted = true;
                thread.start();
            }
        }

        void awaitTurn() {
            while (!mayRun) {
                LockSupport.park(this);
            }
            mayRun = false;
        }

        @Override
        public void run() {
            mayRun = false;
            try {
                body.run();
            } catch (RuntimeException | Error broken) {
                failure = broken;
                turns.clear();
            }
            passOn(nextTurn());
        }
    }

    /// Adds a process that begins after that delay; called before `run`, or by a process.
    public void start(Duration delay, Runnable body) {
        wake(delay, new Strand(body));
    }

    /// Runs until no process is left. What a process throws ends the run and is thrown on.
    public void run() throws InterruptedException {
        passOn(nextTurn());
        long seen = -1;
        while (!over.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            if (steps.get() == seen) {
                throw new IllegalStateException("A process waits for something outside virtual time: " + whereItIs());
            }
            seen = steps.get();
        }
        if (failure != null) {
            throw new IllegalStateException("A process failed at " + now(), failure);
        }
    }

    @Override
    public Instant now() {
        return start.plusNanos(nanos);
    }

    @Override
    public long nanos() {
        return nanos;
    }

    /// What has passed since the start.
    public Duration elapsed() {
        return Duration.ofNanos(nanos);
    }

    /// Parks the process that runs until its time comes; the others go on meanwhile.
    @Override
    public void sleep(Duration duration) {
        if (duration.isPositive()) {
            Strand self = Objects.requireNonNull(running, "only a process may sleep");
            wake(duration, self);
            Turn next = nextTurn();
            if (next == null || next.process() != self) {
                passOn(next);
                self.awaitTurn();
            }
        }
    }

    private void wake(Duration delay, Strand process) {
        turns.add(new Turn(nanos + Math.max(0, delay.toNanos()), asked++, process));
    }

    /// Moves the clock to the turn that comes first; null: none is left.
    private @Nullable Turn nextTurn() {
        Turn next = turns.poll();
        if (next != null) {
            nanos = next.nanos();
            running = next.process();
            steps.incrementAndGet();
        }
        return next;
    }

    private void passOn(@Nullable Turn next) {
        if (next == null) {
            over.countDown();
        } else {
            next.process().go();
        }
    }

    private String whereItIs() {
        Strand stuck = running;
        return stuck == null
                ? "nowhere"
                : Arrays.stream(stuck.thread.getStackTrace())
                        .limit(SHOWN_FRAMES)
                        .map(StackTraceElement::toString)
                        .collect(Collectors.joining("\n  ", "\n  ", ""));
    }
}
