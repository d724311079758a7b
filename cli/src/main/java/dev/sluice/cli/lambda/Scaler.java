package dev.sluice.cli.lambda;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Finds an environment for each invocation: the first warm one that is free, else a new one, else none. Thread-safe.
final class Scaler implements Environment.Owner, AutoCloseable {
    private static final long POLL_NANOS = 50_000_000;

    private volatile FunctionSettings function;
    private final EngineOptions options;
    private final Starter starter;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition freed = lock.newCondition();
    private final List<Slot> slots = new ArrayList<>();
    private boolean closed;

    /// Room for one environment.
    private static final class Slot {
        private @Nullable Environment environment;
        private boolean taken;
        private boolean serving;
        private boolean outdated;
        private boolean provisioned;
        private int underWay;

        private void clear() {
            environment = null;
            taken = false;
            serving = false;
            outdated = false;
            provisioned = false;
            underWay = 0;
        }
    }

    /// What an invocation gets.
    sealed interface Grant {
        record Granted(Environment environment) implements Grant {}

        record Denied(InvocationFailure why) implements Grant {}
    }

    Scaler(FunctionSettings function, EngineOptions options, Signals signals) {
        this.function = function;
        this.options = options;
        this.starter = new Starter(options, signals, this);
        for (int i = 0; i < options.limits().environments(); i++) {
            slots.add(new Slot());
        }
    }

    /// An environment that is ready for one invocation; starting one takes the time it takes.
    Grant acquire() throws InterruptedException {
        Slot slot;
        lock.lock();
        try {
            long patience = options.limits().settling().toNanos();
            Environment warm = warm();
            slot = free();
            while (warm == null && (patience > 0 && isSettling() || slot == null && isStartingWithRoom())) {
                patience = freed.awaitNanos(Math.max(patience, POLL_NANOS));
                warm = warm();
                slot = free();
            }
            if (warm != null) {
                return new Grant.Granted(warm);
            }
            if (slot == null) {
                return new Grant.Denied(throttled());
            }
            slot.taken = true;
        } finally {
            lock.unlock();
        }
        return start(slot);
    }

    /// Whether an environment comes up that will have room for more than the invocation it is started for.
    private boolean isStartingWithRoom() {
        return function.concurrency() > 1 && slots.stream().anyMatch(slot -> slot.taken && !slot.serving);
    }

    private static InvocationFailure throttled() {
        return InvocationFailure.of(InvocationFailure.Kind.THROTTLED, "TooManyRequestsException", "Rate Exceeded.");
    }

    private @Nullable Environment warm() {
        for (Slot slot : slots) {
            if (slot.serving && !slot.outdated && slot.underWay < function.concurrency()) {
                slot.underWay++;
                return slot.environment;
            }
        }
        return null;
    }

    private boolean isSettling() {
        for (Slot slot : slots) {
            Environment environment = slot.environment;
            if (slot.serving && !slot.outdated && environment != null && environment.isSettling()) {
                return true;
            }
        }
        return false;
    }

    private @Nullable Slot free() {
        for (Slot slot : slots) {
            if (!slot.taken && !closed) {
                return slot;
            }
        }
        return null;
    }

    /// Starts the environments that stand ready ahead of any invocation, each on a thread of its own.
    void provision() {
        if (function.initType() != InitType.PROVISIONED) {
            return;
        }
        lock.lock();
        try {
            int wanted = Math.min(options.limits().provisioned(), slots.size());
            for (Slot slot : slots.subList(0, wanted)) {
                slot.taken = true;
                slot.provisioned = true;
                ahead(slot);
            }
        } finally {
            lock.unlock();
        }
    }

    private void ahead(Slot slot) {
        Thread.ofVirtual().name("environment-provision").start(() -> {
            try {
                if (start(slot) instanceof Grant.Granted(Environment environment)) {
                    returned(environment); // nothing is under way yet
                    options.events().accept(new EngineEvent.Provisioned(environment.number()));
                }
            } catch (InterruptedException ending) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private Grant start(Slot slot) throws InterruptedException {
        return switch (starter.start(function, slot.provisioned, environment -> seat(slot, environment))) {
            case Grant.Granted(Environment environment) -> serving(slot, environment);
            case Grant.Denied(InvocationFailure problem) -> denied(slot, problem);
        };
    }

    /// False: the engine has ended meanwhile.
    private boolean seat(Slot slot, Environment environment) {
        lock.lock();
        try {
            slot.environment = environment;
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    private Grant serving(Slot slot, Environment environment) {
        lock.lock();
        try {
            if (slot.environment == environment) {
                slot.serving = true;
                slot.underWay = 1;
            } else {
                slot.clear(); // it has ended meanwhile: its room is another's
            }
            freed.signalAll();
        } finally {
            lock.unlock();
        }
        return new Grant.Granted(environment);
    }

    private Grant denied(Slot slot, InvocationFailure problem) {
        lock.lock();
        try {
            slot.clear();
            freed.signalAll();
        } finally {
            lock.unlock();
        }
        return new Grant.Denied(problem);
    }

    /// From now on environments are of that function. Those that wait end now, those at work when they are through.
    void update(FunctionSettings next) {
        List<Environment> waiting = new ArrayList<>();
        lock.lock();
        try {
            function = next;
            for (Slot slot : slots) {
                slot.outdated = slot.taken;
                if (slot.serving && slot.underWay == 0 && slot.environment != null) {
                    waiting.add(slot.environment);
                }
            }
        } finally {
            lock.unlock();
        }
        waiting.forEach(Scaler::endOutdated);
    }

    private static void endOutdated(Environment environment) {
        environment.end("the function was updated");
    }

    @Override
    public void returned(Environment environment) {
        boolean outdated = false;
        lock.lock();
        try {
            for (Slot slot : slots) {
                if (slot.environment == environment) {
                    slot.underWay--;
                    outdated = slot.outdated && slot.underWay == 0;
                }
            }
            freed.signalAll();
        } finally {
            lock.unlock();
        }
        if (outdated) { // not on the thread of a connection that ends with it
            Thread.ofVirtual().name("environment-update").start(() -> endOutdated(environment));
        }
    }

    /// A slot that is still being started is cleared by who starts it.
    @Override
    public void ended(Environment environment) {
        lock.lock();
        try {
            for (Slot slot : slots) {
                if (slot.environment == environment) {
                    if (slot.serving && slot.provisioned && !closed) {
                        replace(slot);
                    } else if (slot.serving) {
                        slot.clear();
                    } else {
                        slot.environment = null;
                    }
                }
            }
            freed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// One that stood ready and served is followed by another; one that never came up is not, or it would be tried for ever.
    private void replace(Slot slot) {
        slot.clear();
        slot.taken = true;
        slot.provisioned = true;
        ahead(slot);
    }

    /// Ends all environments.
    @Override
    public void close() {
        List<Environment> all = new ArrayList<>();
        lock.lock();
        try {
            closed = true;
            for (Slot slot : slots) {
                if (slot.environment != null) {
                    all.add(slot.environment);
                }
            }
        } finally {
            lock.unlock();
        }
        all.forEach(environment -> environment.end("the engine ends"));
    }
}
