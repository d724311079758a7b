package dev.sluice.cli.lambda;

import dev.sluice.cli.SystemTime;
import dev.sluice.cli.front.RawClient;
import dev.sluice.core.ports.Time;
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
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;

/// A local Lambda with the [StreamingRuntime], and what happened in it.
final class Engine implements AutoCloseable {
    /// For an environment that is about to be free, on a machine under load: no other is started before that.
    static final Duration PATIENCE = Duration.ofSeconds(30);

    /// The usual limits where time is not what a test is about: on a slow machine no second environment is started.
    static final EngineLimits PATIENT = EngineLimits.DEFAULT
            .withSettling(PATIENCE)
            .withInit(Duration.ofMinutes(1))
            .withRestore(Duration.ofMinutes(1));

    private final List<EngineEvent> events = new ArrayList<>();
    private final LocalLambda lambda;
    private volatile Consumer<EngineEvent> listener = _ -> {};

    /// What a test may choose; the rest is as usual.
    record Choice(
            Map<String, String> environment,
            Duration timeout,
            int megabytes,
            InitType initType,
            InvokeMode mode,
            EngineLimits limits,
            Faults faults,
            Runnable atSnapshot,
            Time time) {
        static Choice usual() {
            return new Choice(
                    Map.of(),
                    Duration.ofSeconds(30),
                    512,
                    InitType.ON_DEMAND,
                    InvokeMode.RESPONSE_STREAM,
                    PATIENT,
                    Faults.NONE,
                    () -> {},
                    new SystemTime());
        }

        Choice with(Map<String, String> variables) {
            return new Choice(variables, timeout, megabytes, initType, mode, limits, faults, atSnapshot, time);
        }

        Choice with(Duration limit) {
            return new Choice(environment, limit, megabytes, initType, mode, limits, faults, atSnapshot, time);
        }

        Choice withMegabytes(int most) {
            return new Choice(environment, timeout, most, initType, mode, limits, faults, atSnapshot, time);
        }

        Choice snapStart() {
            return with(InitType.SNAP_START);
        }

        Choice with(InitType type) {
            return new Choice(environment, timeout, megabytes, type, mode, limits, faults, atSnapshot, time);
        }

        Choice buffered() {
            return new Choice(
                    environment, timeout, megabytes, initType, InvokeMode.BUFFERED, limits, faults, atSnapshot, time);
        }

        Choice with(EngineLimits other) {
            return new Choice(environment, timeout, megabytes, initType, mode, other, faults, atSnapshot, time);
        }

        Choice with(Faults other) {
            return new Choice(environment, timeout, megabytes, initType, mode, limits, other, atSnapshot, time);
        }

        Choice atSnapshot(Runnable action) {
            return new Choice(environment, timeout, megabytes, initType, mode, limits, faults, action, time);
        }

        Choice with(Time other) {
            return new Choice(environment, timeout, megabytes, initType, mode, limits, faults, atSnapshot, other);
        }
    }

    private Engine(FunctionSettings function, Choice choice) throws IOException {
        EngineOptions options = EngineOptions.of(choice.limits(), choice.time(), new Random(7))
                .withFaults(choice.faults())
                .withEvents(this::happened)
                .withAtSnapshot(choice.atSnapshot());
        lambda = LocalLambda.start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), function, options);
    }

    static Engine start(Choice choice) throws IOException {
        return start(streaming("-Xmx64m"), Path.of("").toAbsolutePath(), "unused", choice);
    }

    /// What runs the [StreamingRuntime], with that much heap.
    static List<String> streaming(String heap) {
        return List.of(
                java(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                heap,
                "-cp",
                Path.of("target", "test-classes").toAbsolutePath().toString(),
                StreamingRuntime.class.getName());
    }

    static Engine start(List<String> command, Path taskRoot, String handler, Choice choice) throws IOException {
        return new Engine(
                new FunctionSettings(
                        "tested",
                        command,
                        taskRoot,
                        handler,
                        choice.environment(),
                        choice.megabytes(),
                        choice.timeout(),
                        choice.initType(),
                        choice.mode()),
                choice);
    }

    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private void happened(EngineEvent event) {
        synchronized (this) {
            events.add(event);
            notifyAll();
        }
        listener.accept(event);
    }

    /// Told of each event from now on, on the engine's own thread.
    Engine hearing(Consumer<EngineEvent> told) {
        listener = told;
        return this;
    }

    /// Lets no delivery go on before so many environments have one: none is left out because its client came late.
    Engine holdingDeliveries(int environments) {
        Set<Integer> used = ConcurrentHashMap.newKeySet();
        CountDownLatch all = new CountDownLatch(1);
        return hearing(event -> {
            if (event instanceof EngineEvent.Delivered delivered) {
                used.add(delivered.environment());
                if (used.size() >= environments) {
                    all.countDown();
                }
                try {
                    all.await();
                } catch (InterruptedException ending) {
                    Thread.currentThread().interrupt();
                }
            }
        });
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
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(4);
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
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(4);
        while (all(kind).size() < count) {
            long millis = (end - System.nanoTime()) / 1_000_000;
            if (millis <= 0) {
                throw new AssertionError("fewer than " + count + " " + kind.getSimpleName() + " in " + events);
            }
            wait(millis);
        }
    }

    /// Waits until the environment that was started last has ended, or stands still again.
    synchronized void awaitStandstill() throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(4);
        while (!standsStill(all(EngineEvent.Started.class).getLast().environment())) {
            long millis = (end - System.nanoTime()) / 1_000_000;
            if (millis <= 0) {
                throw new AssertionError("still at work: " + events);
            }
            wait(millis);
        }
    }

    private boolean standsStill(int environment) {
        boolean still = false;
        for (EngineEvent event : events) {
            if (event.environment() == environment) {
                still = switch (event) {
                    case EngineEvent.Frozen _, EngineEvent.Ended _ -> true;
                    case EngineEvent.Started _, EngineEvent.Thawed _, EngineEvent.Delivered _ -> false;
                    default -> still;
                };
            }
        }
        return still;
    }

    InetSocketAddress address() {
        return lambda.address();
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
