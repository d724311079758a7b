package dev.sluice.cli.lambda;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/// The process of one environment, in a process group of its own where the machine has `setsid`: what it starts is
/// stopped and killed with it. An environment is only ever killed, as on Lambda, never asked to end.
public final class ChildProcess {
    private static final Path SETSID = Path.of("/usr/bin/setsid");

    private final Process process;
    private final Signals signals;
    private final String target;
    private final Thread reader;
    private boolean stopped;

    private ChildProcess(Process process, Signals signals, boolean group, Consumer<String> lines) {
        this.process = process;
        this.signals = signals;
        this.target = (group ? "-" : "") + process.pid();
        this.reader = Thread.ofVirtual().name("environment-output").unstarted(() -> read(lines));
    }

    /// @param lines gets what it prints, line by line
    public static ChildProcess start(
            List<String> command,
            Path directory,
            Map<String, String> environment,
            Signals signals,
            Consumer<String> lines)
            throws IOException {
        boolean group = Files.isExecutable(SETSID);
        List<String> whole = new ArrayList<>();
        if (group) {
            whole.add(SETSID.toString());
        }
        whole.addAll(command);
        ProcessBuilder builder =
                new ProcessBuilder(whole).directory(directory.toFile()).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(environment);
        Process process = builder.start();
        ChildProcess child = new ChildProcess(process, signals, group, lines);
        signals.adopt(child.target);
        child.reader.start();
        return child;
    }

    private void read(Consumer<String> lines) {
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            output.lines().forEach(lines);
        } catch (IOException | java.io.UncheckedIOException ended) {
            lines.accept("(output ended: " + ended.getMessage() + ")");
        }
    }

    long pid() {
        return process.pid();
    }

    /// Calls that once the process has ended, on a thread of its own.
    void whenEnded(IntConsumer action) {
        Thread.ofVirtual().name("environment-exit").start(() -> {
            action.accept(process.onExit().join().exitValue());
        });
    }

    /// Whether it ended by itself within that time.
    public boolean awaitEnd(Duration wait) throws InterruptedException {
        return process.waitFor(wait.toNanos(), TimeUnit.NANOSECONDS);
    }

    /// Returns when all that it printed was told, at most that much later.
    public void awaitOutput(Duration wait) throws InterruptedException {
        boolean _ = reader.join(wait);
    }

    /// Whether this changed anything.
    synchronized boolean stop() {
        boolean changes = !stopped;
        if (changes) {
            stopped = true;
            signals.stop(target);
        }
        return changes;
    }

    synchronized boolean resume() {
        boolean changes = stopped;
        if (changes) {
            stopped = false;
            signals.resume(target);
        }
        return changes;
    }

    /// SIGTERM; whoever runs it waits.
    public void askToEnd() {
        process.destroy();
    }

    /// SIGKILL for it and its own; returns when it is gone.
    public void kill() {
        signals.kill(target);
        process.destroyForcibly().onExit().join();
        signals.release(target);
    }
}
