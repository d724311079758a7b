package dev.sluice.cli.lambda;

import dev.sluice.model.Headers;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The invocations that one environment works on: hands them over, keeps their time and says how they failed. Thread-safe.
final class Deliveries {
    private final int number;
    private final FunctionSettings function;
    private final EngineOptions options;
    private final RuntimeSession session;
    private final Runnable late;
    private final Set<Invocation> served = ConcurrentHashMap.newKeySet();

    /// @param late called when the time of one is over
    Deliveries(int number, FunctionSettings function, EngineOptions options, RuntimeSession session, Runnable late) {
        this.number = number;
        this.function = function;
        this.options = options;
        this.session = session;
        this.late = late;
    }

    /// It will be handed over.
    void expect(Invocation invocation) {
        served.add(invocation);
    }

    /// Hands it over; the limit of time runs from now.
    void hand(Invocation invocation) throws InterruptedException {
        invocation.deadline(options.time().now().plus(function.timeout()));
        Thread.ofVirtual().name("invocation-watch").start(() -> watch(invocation));
        options.events().accept(new EngineEvent.Delivered(number, invocation.id()));
        if (!session.deliver(invocation, function.timeout())) {
            fail(invocation, gone());
            invocation.finish();
        }
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
                late.run();
            }
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
    }

    private static InvocationFailure gone() {
        return InvocationFailure.of(
                InvocationFailure.Kind.EXITED, "Sandbox.Failure", "The environment ended before the invocation");
    }

    /// The runtime is through with it.
    void returned(Invocation invocation) {
        served.remove(invocation);
    }

    /// All under way have failed with their process.
    void exited(InvocationFailure problem) {
        session.underWay().forEach(invocation -> fail(invocation, problem));
    }

    /// All under way have failed, and will never be over otherwise; answers them.
    List<Invocation> abandon() {
        List<Invocation> left = session.underWay();
        left.forEach(invocation -> fail(invocation, gone()));
        return left;
    }

    private void fail(Invocation invocation, InvocationFailure problem) {
        if (invocation.answer().fail(problem)) {
            options.events()
                    .accept(new EngineEvent.Answered(number, invocation.id(), Headers.NONE, Optional.of(problem)));
        }
    }

    /// Whether one is answered and the runtime has yet to come back for more.
    boolean isSettling() {
        return served.stream().anyMatch(invocation -> invocation.answer().isOver());
    }
}
