package dev.sluice.cli.lambda;

import dev.sluice.cli.SystemTime;
import dev.sluice.cli.front.RawClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/// A local Lambda with the [StreamingRuntime], and what happened in it.
final class Engine implements AutoCloseable {
    private final List<EngineEvent> events = new ArrayList<>();
    private final LocalLambda lambda;

    /// What a test may choose; the rest is as usual.
    record Choice(
            Map<String, String> environment,
            Duration timeout,
            InitType initType,
            InvokeMode mode,
            EngineLimits limits,
            Faults faults) {
        static Choice usual() {
            return new Choice(
                    Map.of(),
                    Duration.ofSeconds(30),
                    InitType.ON_DEMAND,
                    InvokeMode.RESPONSE_STREAM,
                    EngineLimits.DEFAULT,
                    Faults.NONE);
        }

        Choice with(Map<String, String> variables) {
            return new Choice(variables, timeout, initType, mode, limits, faults);
        }

        Choice with(Duration limit) {
            return new Choice(environment, limit, initType, mode, limits, faults);
        }

        Choice snapStart() {
            return new Choice(environment, timeout, InitType.SNAP_START, mode, limits, faults);
        }

        Choice buffered() {
            return new Choice(environment, timeout, initType, InvokeMode.BUFFERED, limits, faults);
        }

        Choice with(EngineLimits other) {
            return new Choice(environment, timeout, initType, mode, other, faults);
        }

        Choice with(Faults other) {
            return new Choice(environment, timeout, initType, mode, limits, other);
        }
    }

    private Engine(FunctionSettings function, EngineLimits limits, Faults faults, Runnable atSnapshot)
            throws IOException {
        EngineOptions options = EngineOptions.of(limits, new SystemTime(), new Random(7))
                .withFaults(faults)
                .withEvents(this::happened)
                .withAtSnapshot(atSnapshot);
        lambda = LocalLambda.start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), function, options);
    }

    static Engine start(Choice choice) throws IOException {
        List<String> command = List.of(
                java(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx64m",
                "-cp",
                "target/test-classes",
                StreamingRuntime.class.getName());
        return start(command, Path.of("").toAbsolutePath(), "unused", choice);
    }

    static Engine start(List<String> command, Path taskRoot, String handler, Choice choice) throws IOException {
        return new Engine(
                new FunctionSettings(
                        "tested",
                        command,
                        taskRoot,
                        handler,
                        choice.environment(),
                        512,
                        choice.timeout(),
                        choice.initType(),
                        choice.mode()),
                choice.limits(),
                choice.faults(),
                () -> {});
    }

    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private synchronized void happened(EngineEvent event) {
        events.add(event);
        notifyAll();
    }

    synchronized List<EngineEvent> events() {
        return List.copyOf(events);
    }

    synchronized <E extends EngineEvent> List<E> all(Class<E> kind) {
        return events.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /// The first event of that kind, waiting for it.
    <E extends EngineEvent> E await(Class<E> kind) throws InterruptedException {
        return await(kind, _ -> true);
    }

    synchronized <E extends EngineEvent> E await(Class<E> kind, Predicate<E> wanted) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (true) {
            for (E event : all(kind)) {
                if (wanted.test(event)) {
                    return event;
                }
            }
            long millis = (end - System.nanoTime()) / 1_000_000;
            if (millis <= 0) {
                throw new AssertionError("no such " + kind.getSimpleName() + " in " + events);
            }
            wait(millis);
        }
    }

    /// Waits until there have been so many events of that kind.
    synchronized void awaitCount(Class<? extends EngineEvent> kind, int count) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (all(kind).size() < count) {
            long millis = (end - System.nanoTime()) / 1_000_000;
            if (millis <= 0) {
                throw new AssertionError("fewer than " + count + " " + kind.getSimpleName() + " in " + events);
            }
            wait(millis);
        }
    }

    RawClient client() throws IOException {
        return new RawClient(lambda.address());
    }

    RawClient.Response get(String target) throws IOException {
        try (RawClient client = client()) {
            return client.exchange(request(target));
        }
    }

    static String request(String target) {
        return "GET " + target + " HTTP/1.1\r\nHost: url.local\r\n\r\n";
    }

    Invoked invoke(String event) throws InterruptedException {
        return lambda.invoke(event.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        lambda.close();
    }
}
