package dev.sluice.cli.deploy;

import dev.sluice.cli.CommandFailure;
import dev.sluice.cli.StopSignal;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/// Runs of the CDK's command: a failed one ends this command with its last lines, Ctrl-C ends the child first.
final class CdkRuns {
    private static final int TAIL = 30;

    private final Cdk cdk;
    private final StopSignal stop;
    private final Steps steps;

    CdkRuns(Cdk cdk, StopSignal stop, Steps steps) {
        this.cdk = cdk;
        this.stop = stop;
        this.steps = steps;
    }

    void run(String what, List<String> arguments, Runnable meanwhile) {
        steps.going(what + "...");
        run(what, arguments, line -> {}, meanwhile);
    }

    void run(String what, List<String> arguments, Consumer<String> lines, Runnable meanwhile) {
        Deque<String> tail = new ArrayDeque<>();
        AtomicBoolean stopped = new AtomicBoolean();
        Thread stopping = stopping(stopped);
        int exit;
        try {
            exit = cdk.run(
                    arguments,
                    line -> {
                        keep(tail, line);
                        lines.accept(line);
                    },
                    meanwhile);
        } finally {
            stopping.interrupt();
        }
        if (stopped.get()) {
            throw CommandFailure.failed(
                    "stopped. Nothing is left half done on this machine; what CloudFormation was told"
                            + " it goes on with by itself: sluice status shows it");
        }
        if (exit != 0) {
            synchronized (tail) {
                tail.forEach(line -> steps.line("  | " + line));
            }
            throw CommandFailure.failed((what.isEmpty() ? "cdk " + arguments.getFirst() : what)
                    + " did not work: the CDK ended with exit code " + exit + "; its last lines are above");
        }
    }

    private static void keep(Deque<String> tail, String line) {
        synchronized (tail) {
            tail.addLast(line);
            if (tail.size() > TAIL) {
                tail.removeFirst();
            }
        }
    }

    /// Ctrl-C ends the child first, so that this process can say what goes on.
    private Thread stopping(AtomicBoolean stopped) {
        stop.heed();
        return Thread.ofVirtual().name("stop").start(() -> {
            try {
                stop.awaitAsked();
                stopped.set(true);
                cdk.stop();
            } catch (InterruptedException over) {
                Thread.currentThread().interrupt();
            }
        });
    }
}
