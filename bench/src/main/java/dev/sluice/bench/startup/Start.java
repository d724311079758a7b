package dev.sluice.bench.startup;

import dev.sluice.cli.SystemTime;
import dev.sluice.cli.lambda.EngineEvent;
import dev.sluice.cli.lambda.EngineLimits;
import dev.sluice.cli.lambda.EngineOptions;
import dev.sluice.cli.lambda.FunctionSettings;
import dev.sluice.cli.lambda.InitType;
import dev.sluice.cli.lambda.InvokeMode;
import dev.sluice.cli.lambda.LocalLambda;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/// One environment of the local engine from its start, or from its snapshot, to the first byte of its first stream.
final class Start {
    private static final long TICK_MILLIS = 10; // what /proc counts processor time in

    private final AtomicLong pid = new AtomicLong();
    private final CountDownLatch frozen = new CountDownLatch(1);
    private volatile boolean delivered;
    private volatile Reading began = Reading.NONE;
    private volatile Reading ready = Reading.NONE;
    private volatile Reading answering = Reading.NONE;

    /// @param wall in nanoseconds of this process
    /// @param cpu of the environment's process, in milliseconds
    private record Reading(long wall, long cpu) {
        static final Reading NONE = new Reading(0, 0);
    }

    /// All in milliseconds.
    ///
    /// @param readyCpu from the start, or from the restore, to the first `next`
    /// @param firstCpu from there to the first byte of the first stream
    record Figures(double readyCpu, double readyWall, double firstCpu, double firstWall) {
        double cpu() {
            return readyCpu + firstCpu;
        }

        double wall() {
            return readyWall + firstWall;
        }
    }

    /// What is done with the environment once it has answered and stands still.
    interface Afterwards {
        void run(LocalLambda lambda, long pid) throws IOException, InterruptedException;
    }

    /// @param cores as `taskset` takes them
    static Figures measure(Account account, Variant variant, String cores) throws IOException, InterruptedException {
        return new Start().run(account, variant, cores, (_, _) -> {});
    }

    /// @param cores as `taskset` takes them
    static Figures measure(Account account, Variant variant, String cores, Afterwards afterwards)
            throws IOException, InterruptedException {
        return new Start().run(account, variant, cores, afterwards);
    }

    private Figures run(Account account, Variant variant, String cores, Afterwards afterwards)
            throws IOException, InterruptedException {
        FunctionSettings function = new FunctionSettings(
                "startup",
                variant.command(cores, account.provider().trust()),
                variant.task(),
                "dev.sluice.function.LambdaMain::handleRequest",
                account.variables(),
                2048,
                Duration.ofMinutes(2),
                variant.init(),
                InvokeMode.RESPONSE_STREAM);
        boolean snapshot = variant.init() == InitType.SNAP_START;
        EngineOptions options = EngineOptions.of(
                        EngineLimits.DEFAULT.withEnvironments(1).withInit(Duration.ofMinutes(1)),
                        new SystemTime(),
                        new Random(7))
                .withEvents(event -> happened(event, snapshot))
                .withAtSnapshot(() -> began = reading());
        try (LocalLambda lambda =
                LocalLambda.start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), function, options)) {
            Http.stream(lambda.address(), Account.KEY, () -> answering = reading());
            if (!frozen.await(1, TimeUnit.MINUTES)) {
                throw new IOException("the environment did not come to rest");
            }
            afterwards.run(lambda, pid.get());
        }
        return new Figures(
                ready.cpu - began.cpu,
                (ready.wall - began.wall) / 1e6,
                answering.cpu - ready.cpu,
                (answering.wall - ready.wall) / 1e6);
    }

    /// An environment on demand begins when its process does; a restored one where it stood still.
    private void happened(EngineEvent event, boolean snapshot) {
        switch (event) {
            case EngineEvent.Started started -> {
                pid.set(started.pid());
                began = reading();
            }
            case EngineEvent.Initialised _ when !snapshot -> ready = reading();
            case EngineEvent.Restored _ -> ready = reading();
            case EngineEvent.Delivered _ -> delivered = true;
            case EngineEvent.Frozen _ when delivered -> frozen.countDown();
            default -> {
                // the rest is not of interest
            }
        }
    }

    private Reading reading() {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(pid.get()), "stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            long ticks = Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
            return new Reading(System.nanoTime(), ticks * TICK_MILLIS);
        } catch (IOException gone) {
            throw new java.io.UncheckedIOException(gone);
        }
    }
}
