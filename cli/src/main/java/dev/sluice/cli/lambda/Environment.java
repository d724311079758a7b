package dev.sluice.cli.lambda;

import dev.sluice.model.Headers;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// One execution environment: a process, its Runtime API, and its life from start to SIGKILL. It stands still (SIGSTOP)
/// whenever its runtime waits and nothing is under way. Thread-safe.
final class Environment implements RuntimeSession.Watcher, RuntimeDesk.Troubles {
    private static final System.Logger LOG = System.getLogger(Environment.class.getName());
    private static final Duration LAST_BYTES = Duration.ofSeconds(2);

    private final int number;
    private final FunctionSettings function;
    private final EngineOptions options;
    private final Owner owner;
    private final SandboxCredentials credentials;
    private final RuntimeSession session;
    private final RuntimeApiServer server;
    private final ChildProcess child;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Set<Invocation> served = ConcurrentHashMap.newKeySet();
    private Stage stage = Stage.INITIALISING;
    private @Nullable InvocationFailure failure;
    private int underWay;

    private enum Stage {
        INITIALISING,
        SNAPSHOT,
        RESTORING,
        SERVING,
        ENDED
    }

    /// Who gives it work.
    interface Owner {
        /// It is through with one invocation.
        void returned(Environment environment);

        /// It will take none any more.
        void ended(Environment environment);
    }

    /// Starts the process; [#initialise] waits for it.
    ///
    /// @param number its own, for reports
    Environment(int number, FunctionSettings function, EngineOptions options, Signals signals, Owner owner)
            throws IOException {
        this.number = number;
        this.function = function;
        this.options = options;
        this.owner = owner;
        this.credentials =
                new SandboxCredentials(options.random(), options.time().now());
        this.session = new RuntimeSession(function.concurrency(), this);
        this.server = RuntimeApiServer.open(new RuntimeDesk(number, function, options, session, credentials, this));
        lock.lock(); // the process may call before its number is known here
        try {
            this.child = startChild(signals);
            options.events().accept(new EngineEvent.Started(number, child.pid()));
        } finally {
            lock.unlock();
        }
        child.whenEnded(this::exited);
    }

    private ChildProcess startChild(Signals signals) throws IOException {
        try {
            return ChildProcess.start(
                    function.command(),
                    function.taskRoot(),
                    EnvironmentVariables.of(function, number, server.port(), credentials),
                    signals,
                    line -> options.events().accept(new EngineEvent.Output(number, line)));
        } catch (IOException noSuchCommand) {
            server.close();
            throw noSuchCommand;
        }
    }

    int number() {
        return number;
    }

    /// Waits until the runtime is ready, or stands in its snapshot; what went wrong otherwise, and then it is ended.
    @Nullable
    InvocationFailure initialise(Duration limit) throws InterruptedException {
        InvocationFailure problem = awaitNot(Stage.INITIALISING, limit, "Init");
        if (problem != null) {
            giveUp(problem);
        } else {
            options.events().accept(new EngineEvent.Initialised(number));
        }
        return problem;
    }

    /// Lets it come back from its snapshot, with other credentials and as much later as the limits say.
    @Nullable
    InvocationFailure restore() throws InterruptedException {
        credentials.rotate(options.time().now());
        options.time().sleep(options.limits().snapshotAge());
        boolean hooks = session.state() instanceof RuntimeState.RestoreReady;
        move(hooks ? Stage.RESTORING : Stage.SERVING);
        if (hooks) {
            thaw();
            session.restored();
            InvocationFailure problem =
                    awaitNot(Stage.RESTORING, options.limits().restore(), "Restore");
            if (problem != null) {
                giveUp(problem);
                return problem;
            }
        }
        options.events().accept(new EngineEvent.Restored(number));
        return null;
    }

    private void giveUp(InvocationFailure problem) throws InterruptedException {
        if (!problem.type().equals("Sandbox.Timeout")) {
            boolean _ = child.awaitEnd(Duration.ofSeconds(1)); // it has said why, and may say goodbye
        }
        end(problem.type());
    }

    private @Nullable InvocationFailure awaitNot(Stage left, Duration limit, String phase) throws InterruptedException {
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

    private void move(Stage next) {
        lock.lock();
        try {
            if (stage != Stage.ENDED) {
                stage = next;
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Hands it an event. The invocation's answer comes by its pipe; the limit of time runs from now.
    void serve(Invocation invocation) throws InterruptedException {
        lock.lock();
        try {
            underWay++;
            served.add(invocation);
            thaw();
        } finally {
            lock.unlock();
        }
        invocation.deadline(options.time().now().plus(function.timeout()));
        Thread.ofVirtual().name("invocation-watch").start(() -> watch(invocation));
        options.events().accept(new EngineEvent.Delivered(number, invocation.id()));
        if (!session.deliver(invocation, function.timeout())) {
            fail(invocation, gone());
            invocation.finish();
        }
    }

    private static InvocationFailure gone() {
        return InvocationFailure.of(
                InvocationFailure.Kind.EXITED, "Sandbox.Failure", "The environment ended before the invocation");
    }

    private void watch(Invocation invocation) {
        try {
            if (!invocation.awaitOver(function.timeout())) {
                fail(
                        invocation,
                        InvocationFailure.of(
                                InvocationFailure.Kind.TIMED_OUT,
                                "Sandbox.Timeout",
                                "RequestId: " + invocation.id() + " Error: Task timed out after "
                                        + function.timeout().toMillis() / 1000.0 + " seconds"));
                end("timeout");
            }
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void ready(@Nullable Invocation over) {
        lock.lock();
        try {
            if (over != null) {
                underWay--;
            }
            if (stage == Stage.INITIALISING && function.initType() == InitType.SNAP_START) {
                takeSnapshot();
            } else if (stage == Stage.INITIALISING || stage == Stage.RESTORING) {
                stage = Stage.SERVING;
            }
            if (underWay == 0 && session.isIdle() && child.stop()) {
                options.events().accept(new EngineEvent.Frozen(number));
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        if (over != null) {
            over.finish();
            owner.returned(this);
            served.remove(over);
        }
    }

    @Override
    public void restoreReady() {
        lock.lock();
        try {
            takeSnapshot();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// What other processes saw of it is gone in a snapshot: its connections, and the time until it is restored.
    private void takeSnapshot() {
        if (stage == Stage.INITIALISING) {
            child.stop();
            server.closeAllButWaiting();
            options.atSnapshot().run();
            stage = Stage.SNAPSHOT;
            options.events().accept(new EngineEvent.Snapshot(number));
        }
    }

    private void thaw() {
        if (child.resume()) {
            options.events().accept(new EngineEvent.Thawed(number));
        }
    }

    @Override
    public void initFailed(InvocationFailure reported) {
        note(reported);
    }

    @Override
    public void restoreFailed(InvocationFailure reported) {
        note(reported);
    }

    private void note(InvocationFailure reported) {
        lock.lock();
        try {
            if (failure == null) {
                failure = reported;
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void exited(int code) {
        try {
            note(InvocationFailure.exited(code));
            server.awaitReaders(LAST_BYTES); // what it had sent before it ended counts
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
        for (Invocation invocation : session.underWay()) {
            fail(invocation, InvocationFailure.exited(code));
        }
        end("exit status " + code);
    }

    private void fail(Invocation invocation, InvocationFailure problem) {
        if (invocation.answer().fail(problem)) {
            options.events()
                    .accept(new EngineEvent.Answered(number, invocation.id(), Headers.NONE, Optional.of(problem)));
        }
    }

    /// Closes its sockets and kills it. What is still under way has failed.
    void end(String reason) {
        lock.lock();
        try {
            if (stage == Stage.ENDED) {
                return;
            }
            stage = Stage.ENDED;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        List<Invocation> left = session.underWay();
        left.forEach(invocation -> fail(invocation, gone()));
        session.close();
        server.close();
        child.kill();
        left.forEach(Invocation::finish);
        owner.ended(this);
        options.events().accept(new EngineEvent.Ended(number, reason));
        LOG.log(System.Logger.Level.DEBUG, "environment {0} ended: {1}", number, reason);
    }

    /// Whether it has answered something and has yet to come back for more.
    boolean isSettling() {
        return served.stream().anyMatch(invocation -> invocation.answer().isOver());
    }
}
