package dev.sluice.cli.lambda;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// What one process may ask of the Runtime API and what it works on. It has a lane for each invocation that it may work
/// on at a time, and each lane goes through [RuntimeState] on its own; init and restore are steps of all lanes
/// together. Thread-safe; `next` and `restoreNext` wait.
final class RuntimeSession {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final List<Lane> lanes = new ArrayList<>();
    private final Watcher watcher;
    private boolean closed;

    /// Is told what the process does, on the thread of its connection, before the process is answered.
    interface Watcher {
        /// The runtime waits for an event.
        ///
        /// @param over the invocation that it is thereby through with; null at the start
        void ready(@Nullable Invocation over);

        /// The runtime waits for its snapshot.
        void restoreReady();

        /// A lane takes a step, or may not. Must return at once.
        default void stepped(RuntimeState from, RuntimeStep step, boolean allowed) {}
    }

    /// The answer to a call.
    sealed interface Turn {
        record Granted(Lane lane, Invocation invocation) implements Turn {}

        record Refused(RuntimeState from, RuntimeStep step) implements Turn {}

        record UnknownId() implements Turn {}

        /// The environment is gone.
        record Over() implements Turn {}

        /// A step without an invocation was taken.
        record Taken() implements Turn {}
    }

    /// One invocation at a time.
    static final class Lane {
        private RuntimeState state = new RuntimeState.Started();
        private @Nullable Invocation invocation;
        private int waiting;
    }

    private boolean take(Lane lane, RuntimeStep step) {
        RuntimeState from = lane.state;
        RuntimeState next = from.after(step);
        if (next != null) {
            lane.state = next;
        }
        watcher.stepped(from, step, next != null);
        return next != null;
    }

    RuntimeSession(int concurrency, Watcher watcher) {
        for (int i = 0; i < concurrency; i++) {
            lanes.add(new Lane());
        }
        this.watcher = watcher;
    }

    /// `GET invocation/next`.
    Turn next() throws InterruptedException {
        Lane lane;
        Invocation over = null;
        boolean arrived;
        lock.lock();
        try {
            lane = laneForNext();
            arrived = !(lane.state instanceof RuntimeState.Ready) && !(lane.state instanceof RuntimeState.Running);
            if (!take(lane, RuntimeStep.NEXT)) {
                return new Turn.Refused(lane.state, RuntimeStep.NEXT);
            }
            if (arrived) {
                over = lane.invocation;
                lane.invocation = null;
            }
            lane.waiting++;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        if (arrived) {
            watcher.ready(over);
        }
        return awaitInvocation(lane);
    }

    private Turn awaitInvocation(Lane lane) throws InterruptedException {
        lock.lock();
        try {
            Invocation invocation = lane.invocation;
            while (!closed && !(lane.state instanceof RuntimeState.Running && invocation != null)) {
                changed.await();
                invocation = lane.invocation;
            }
            return closed || invocation == null ? new Turn.Over() : new Turn.Granted(lane, invocation);
        } finally {
            lane.waiting--;
            lock.unlock();
        }
    }

    /// The first lane that nobody waits for; with a single lane there is no choice.
    private Lane laneForNext() {
        if (lanes.size() > 1) {
            for (Lane lane : lanes) {
                boolean idle = lane.state instanceof RuntimeState.Ready && lane.waiting == 0;
                boolean arriving = !(lane.state instanceof RuntimeState.Ready)
                        && !(lane.state instanceof RuntimeState.Running)
                        && lane.state.after(RuntimeStep.NEXT) != null;
                if (idle || arriving) {
                    return lane;
                }
            }
        }
        return lanes.getFirst();
    }

    /// Hands an event to a lane that waits, waiting for one that long; false when there is none, or no more.
    boolean deliver(Invocation invocation, Duration patience) throws InterruptedException {
        lock.lock();
        try {
            long nanos = patience.toNanos();
            while (!closed && nanos > 0) {
                if (delivered(invocation)) {
                    return true;
                }
                nanos = changed.awaitNanos(nanos);
            }
            return false;
        } finally {
            lock.unlock();
        }
    }

    private boolean delivered(Invocation invocation) {
        for (Lane lane : lanes) {
            if (lane.state instanceof RuntimeState.Ready && take(lane, RuntimeStep.INVOKED)) {
                lane.invocation = invocation;
                changed.signalAll();
                return true;
            }
        }
        return false;
    }

    /// Whether all lanes wait.
    boolean isIdle() {
        lock.lock();
        try {
            return lanes.stream().allMatch(lane -> lane.state instanceof RuntimeState.Ready);
        } finally {
            lock.unlock();
        }
    }

    /// `POST invocation/{id}/response` or `.../error` begins. The id is looked at first: a wrong one moves nothing.
    Turn answer(String id, RuntimeStep step) {
        lock.lock();
        try {
            for (Lane lane : lanes) {
                Invocation invocation = lane.invocation;
                if (invocation != null && invocation.id().equals(id)) {
                    return take(lane, step) ? new Turn.Granted(lane, invocation) : new Turn.Refused(lane.state, step);
                }
            }
            return new Turn.UnknownId();
        } finally {
            lock.unlock();
        }
    }

    /// The body of the answer has ended, one way or the other.
    void answered(Lane lane) {
        lock.lock();
        try {
            take(lane, RuntimeStep.ANSWERED);
        } finally {
            lock.unlock();
        }
    }

    /// `GET restore/next`.
    Turn restoreNext() throws InterruptedException {
        Turn turn = all(RuntimeStep.RESTORE_NEXT);
        if (!(turn instanceof Turn.Taken)) {
            return turn;
        }
        watcher.restoreReady();
        lock.lock();
        try {
            while (!closed && lanes.getFirst().state instanceof RuntimeState.RestoreReady) {
                changed.await();
            }
            return closed ? new Turn.Over() : new Turn.Taken();
        } finally {
            lock.unlock();
        }
    }

    /// The process has come back from its snapshot.
    void restored() {
        all(RuntimeStep.RESTORED);
    }

    /// A step of the process as a whole.
    Turn all(RuntimeStep step) {
        lock.lock();
        try {
            RuntimeState from = lanes.getFirst().state;
            if (from.after(step) == null) {
                watcher.stepped(from, step, false);
                return new Turn.Refused(from, step);
            }
            lanes.forEach(lane -> take(lane, step));
            changed.signalAll();
            return new Turn.Taken();
        } finally {
            lock.unlock();
        }
    }

    RuntimeState state() {
        lock.lock();
        try {
            return lanes.getFirst().state;
        } finally {
            lock.unlock();
        }
    }

    /// What it works on.
    List<Invocation> underWay() {
        lock.lock();
        try {
            List<Invocation> found = new ArrayList<>();
            for (Lane lane : lanes) {
                if (lane.invocation != null) {
                    found.add(lane.invocation);
                }
            }
            return found;
        } finally {
            lock.unlock();
        }
    }

    /// Ends all waiting.
    void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
