package dev.sluice.cli.lambda;

import dev.sluice.cli.front.RawClient;
import dev.sluice.testkit.VirtualTime;
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
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A Runtime API without a process behind it: tests play the runtime on raw sockets.
final class RuntimeApiFixture implements AutoCloseable {
    static final String API = "/2018-06-01/runtime/";
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    final VirtualTime time = new VirtualTime();
    final LinkedBlockingQueue<String> told = new LinkedBlockingQueue<>();
    final List<InvocationFailure> startFailures = new ArrayList<>();
    final SandboxCredentials credentials;
    final RuntimeSession session;
    private final RuntimeApiServer server;
    private final List<RawClient> clients = new ArrayList<>();

    RuntimeApiFixture(InitType initType, EngineLimits limits, Faults faults) throws IOException {
        this(initType, limits, faults, 1);
    }

    RuntimeApiFixture(InitType initType, EngineLimits limits, Faults faults, int concurrency) throws IOException {
        FunctionSettings function = new FunctionSettings(
                "tested",
                List.of(),
                Path.of("/"),
                "handler",
                Map.of(),
                512,
                Duration.ofSeconds(30),
                initType,
                InvokeMode.RESPONSE_STREAM);
        EngineOptions options = EngineOptions.of(limits, time, new Random(1)).withFaults(faults);
        credentials = new SandboxCredentials(options.random(), time.now());
        session = new RuntimeSession(concurrency, new Watcher());
        server = RuntimeApiServer.open(
                new RuntimeDesk(1, function, options, session, credentials, new Troubles()), time);
    }

    static RuntimeApiFixture open() throws IOException {
        return new RuntimeApiFixture(InitType.ON_DEMAND, EngineLimits.DEFAULT, Faults.NONE);
    }

    static RuntimeApiFixture open(InitType initType) throws IOException {
        return new RuntimeApiFixture(initType, EngineLimits.DEFAULT, Faults.NONE);
    }

    private final class Watcher implements RuntimeSession.Watcher {
        @Override
        public void ready(@Nullable Invocation over) {
            told.add("ready");
        }

        @Override
        public void restoreReady() {
            told.add("restoreReady");
        }
    }

    private final class Troubles implements RuntimeDesk.Troubles {
        @Override
        public void initFailed(InvocationFailure failure) {
            startFailures.add(failure);
            told.add("initFailed");
        }

        @Override
        public void restoreFailed(InvocationFailure failure) {
            startFailures.add(failure);
            told.add("restoreFailed");
        }
    }

    String told() throws InterruptedException {
        String word = told.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        return word == null ? "nothing" : word;
    }

    RawClient client() throws IOException {
        RawClient client = new RawClient(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
        clients.add(client);
        return client;
    }

    static Invocation invocation(String id) {
        Invocation invocation =
                new Invocation(id, "{\"n\":1}".getBytes(StandardCharsets.UTF_8), "Root=1-2-3;Parent=4;Sampled=0");
        invocation.deadline(java.time.Instant.ofEpochMilli(1_234_567));
        return invocation;
    }

    /// Hands the event to a runtime that waits, or will.
    Invocation deliver(String id) throws InterruptedException {
        Invocation invocation = invocation(id);
        if (!session.deliver(invocation, PATIENCE)) {
            throw new IllegalStateException("nobody took the event");
        }
        return invocation;
    }

    /// A runtime that has got an event and not answered it.
    Invocation running(RawClient runtime, String id) throws IOException, InterruptedException {
        runtime.send(get("invocation/next"));
        Invocation invocation = deliver(id);
        runtime.response(false);
        return invocation;
    }

    static String get(String call) {
        return "GET " + API + call + " HTTP/1.1\r\nHost: x\r\n\r\n";
    }

    static String post(String call, String body, String... headers) {
        StringBuilder request = new StringBuilder("POST " + API + call + " HTTP/1.1\r\nHost: x\r\n");
        for (String header : headers) {
            request.append(header).append("\r\n");
        }
        return request.append("Content-Length: ").append(body.length()).append("\r\n\r\n") + body;
    }

    static String streamed(String id, String chunks) {
        return "POST " + API + "invocation/" + id + "/response HTTP/1.1\r\nHost: x\r\n"
                + "Content-Type: application/vnd.awslambda.http-integration-response\r\n"
                + "Lambda-Runtime-Function-Response-Mode: streaming\r\n"
                + "Transfer-Encoding: chunked\r\n\r\n" + chunks;
    }

    @Override
    public void close() throws IOException {
        session.close();
        server.close();
        for (RawClient client : clients) {
            client.close();
        }
    }
}
