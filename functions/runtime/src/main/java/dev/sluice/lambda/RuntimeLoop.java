package dev.sluice.lambda;

import dev.sluice.core.ports.Time;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// Runs as many workers as the service wants of one environment, until one of them has lost the Runtime API.
final class RuntimeLoop {
    /// The exit code of a process that has lost the Runtime API.
    static final int LOST = 1;

    private final LambdaFunction function;
    private final Time time;
    private final Supplier<RuntimeApi> apis;

    /// @param apis a client of its own for each worker
    RuntimeLoop(LambdaFunction function, Time time, Supplier<RuntimeApi> apis) {
        this.function = function;
        this.time = time;
        this.apis = apis;
    }

    /// Blocks; answers the exit code. One worker runs on the caller's thread.
    ///
    /// @param trace gets each invocation's trace id, when there is one worker only: it is one property of the process
    int run(int workers, Consumer<String> trace) {
        if (workers == 1) {
            return new Worker(apis.get(), function, time, trace).run();
        }
        BlockingQueue<Integer> ends = new ArrayBlockingQueue<>(workers);
        for (int i = 0; i < workers; i++) {
            Worker worker = new Worker(apis.get(), function, time, _ -> {});
            Thread.ofVirtual().name("worker-" + i).start(() -> ends.add(worker.run()));
        }
        try {
            return ends.take();
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return LOST;
        }
    }
}
