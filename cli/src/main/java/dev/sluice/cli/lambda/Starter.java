package dev.sluice.cli.lambda;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/// Brings environments up: how often it is tried, and how long that may take. Thread-safe.
final class Starter {
    private final EngineOptions options;
    private final Signals signals;
    private final Environment.Owner owner;
    private final AtomicInteger started = new AtomicInteger();

    Starter(EngineOptions options, Signals signals, Environment.Owner owner) {
        this.options = options;
        this.signals = signals;
        this.owner = owner;
    }

    /// Starts one and waits for it. On demand, one that does not come up is started once more within the invocation, with
    /// the function's own limit of time.
    ///
    /// @param ahead whether it is one of those that stand ready before any invocation
    /// @param seat gets each before it is waited for; false: none is wanted any more
    Scaler.Grant start(FunctionSettings function, boolean ahead, Predicate<Environment> seat)
            throws InterruptedException {
        FunctionSettings settings =
                function.initType() == InitType.PROVISIONED && !ahead ? function.onDemand() : function;
        boolean snapStart = settings.initType() == InitType.SNAP_START;
        boolean onDemand = settings.initType() == InitType.ON_DEMAND;
        EngineLimits limits = options.limits();
        Duration longest =
                limits.snapshotInit().compareTo(settings.timeout()) > 0 ? limits.snapshotInit() : settings.timeout();
        try {
            Environment environment = open(settings, seat);
            InvocationFailure problem = environment.initialise(onDemand ? limits.init() : longest);
            if (problem != null && onDemand) {
                environment = open(settings, seat);
                problem = environment.initialise(settings.timeout());
            }
            if (problem == null && snapStart) {
                problem = environment.restore();
            }
            return problem == null ? new Scaler.Grant.Granted(environment) : new Scaler.Grant.Denied(problem);
        } catch (IOException noProcess) {
            return new Scaler.Grant.Denied(InvocationFailure.of(
                    InvocationFailure.Kind.NOT_STARTED,
                    "Runtime.InvalidEntrypoint",
                    "Error: " + noProcess.getMessage()));
        }
    }

    private Environment open(FunctionSettings function, Predicate<Environment> seat) throws IOException {
        Environment environment = new Environment(started.incrementAndGet(), function, options, signals, owner);
        if (!seat.test(environment)) {
            environment.end("the engine ends");
        }
        return environment;
    }
}
