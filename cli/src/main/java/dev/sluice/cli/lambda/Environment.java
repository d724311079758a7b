package dev.sluice.cli.lambda;

import dev.sluice.cli.lambda.Progress.Stage;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
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
    private final Deliveries deliveries;
    private final RuntimeApiServer server;
    private final ChildProcess child;
    private final ReentrantLock lock = new ReentrantLock();
    private final Progress progress = new Progress();
    private volatile String excess = "";
    private int underWay;

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
        this.deliveries = new Deliveries(number, function, options, session, () -> end("timeout"));
        this.server = RuntimeApiServer.open(
                new RuntimeDesk(number, function, options, session, credentials, this), options.time());
        lock.lock(); // the process may call before its number is known here
        try {
            this.child = startChild(signals);
            options.events().accept(new EngineEvent.Started(number, child.pid()));
        } finally {
            lock.unlock();
        }
        child.whenEnded(this::exited);
        MemoryWatch.start(child.pid(), function.memoryMegabytes(), options.time(), this::exceeded);
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
        InvocationFailure problem = progress.awaitLeft(Stage.INITIALISING, limit, "Init");
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
        boolean _ = progress.move(hooks ? Stage.RESTORING : Stage.SERVING);
        if (hooks) {
            thaw();
            session.restored();
            InvocationFailure problem =
                    progress.awaitLeft(Stage.RESTORING, options.limits().restore(), "Restore");
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

    /// Hands it an event. The invocation's answer comes by its pipe; the limit of time runs from now.
    void serve(Invocation invocation) throws InterruptedException {
        lock.lock();
        try {
            underWay++;
            deliveries.expect(invocation);
            thaw();
        } finally {
            lock.unlock();
        }
        deliveries.hand(invocation);
    }

    @Override
    public void ready(@Nullable Invocation over) {
        lock.lock();
        try {
            if (over != null) {
                underWay--;
            }
            if (progress.is(Stage.INITIALISING) && function.initType() == InitType.SNAP_START) {
                takeSnapshot();
            } else if (progress.is(Stage.INITIALISING) || progress.is(Stage.RESTORING)) {
                boolean _ = progress.move(Stage.SERVING);
            }
            if (underWay == 0 && session.isIdle() && child.stop()) {
                options.events().accept(new EngineEvent.Frozen(number));
            }
        } finally {
            lock.unlock();
        }
        if (over != null) {
            over.finish();
            owner.returned(this);
            deliveries.returned(over);
        }
    }

    @Override
    public void restoreReady() {
        lock.lock();
        try {
            takeSnapshot();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void stepped(RuntimeState from, RuntimeStep step, boolean allowed) {
        options.events().accept(new EngineEvent.Stepped(number, from.title(), step.target(), allowed));
    }

    /// What other processes saw of it is gone in a snapshot: its connections, and the time until it is restored.
    private void takeSnapshot() {
        if (progress.is(Stage.INITIALISING)) {
            child.stop();
            server.closeAllButWaiting();
            options.atSnapshot().run();
            options.events().accept(new EngineEvent.Snapshot(number));
            boolean _ = progress.move(Stage.SNAPSHOT);
        }
    }

    private void thaw() {
        if (child.resume()) {
            options.events().accept(new EngineEvent.Thawed(number));
        }
    }

    @Override
    public void initFailed(InvocationFailure reported) {
        progress.note(reported);
    }

    @Override
    public void restoreFailed(InvocationFailure reported) {
        progress.note(reported);
    }

    /// The kernel kills what takes more than there is: the end is the same as of any other process that was killed.
    private void exceeded(long megabytes) {
        excess = "out of memory: " + megabytes + " MB of " + function.memoryMegabytes();
        child.kill();
    }

    private void exited(int code) {
        InvocationFailure problem = InvocationFailure.exited(code);
        try {
            progress.note(problem);
            server.awaitReaders(LAST_BYTES); // what it had sent before it ended counts
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
        deliveries.exited(problem);
        hearOut();
        end(excess.isEmpty() ? InvocationFailure.status(code) : excess);
    }

    /// What it printed before it ended is told, too: killing what is left of it closes its output.
    private void hearOut() {
        try {
            child.awaitOutput(LAST_BYTES);
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
    }

    /// Closes its sockets and kills it. What is still under way has failed.
    void end(String reason) {
        if (!progress.move(Stage.ENDED)) {
            return;
        }
        List<Invocation> left = deliveries.abandon();
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
        return deliveries.isSettling();
    }
}
