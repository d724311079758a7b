package dev.sluice.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cli.SystemTime;
import dev.sluice.cli.Transcript;
import dev.sluice.cli.front.FrontLimits;
import dev.sluice.cli.front.HttpFront;
import dev.sluice.cli.start.CallLogLines;
import dev.sluice.cli.start.Wiring;
import dev.sluice.core.access.Access;
import dev.sluice.core.access.Caller;
import dev.sluice.core.access.KeyHash;
import dev.sluice.core.access.KeyRecord;
import dev.sluice.core.access.RecentRegistry;
import dev.sluice.core.config.ConfigReader;
import dev.sluice.core.config.ConfigReading;
import dev.sluice.core.config.ConfigSnapshot;
import dev.sluice.core.gateway.InFlight;
import dev.sluice.core.limits.SharedLedger;
import dev.sluice.core.ports.CallLog;
import dev.sluice.core.resilience.StoreBreaker;
import dev.sluice.protocol.seal.Seal;
import dev.sluice.testkit.FakeLimitStore;
import dev.sluice.testkit.FakeRegistry;
import dev.sluice.testkit.FakeResponseStore;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/// What `sluice start` serves with, in this process: front, gateway, codecs and HTTP client over real sockets.
///
/// On `close` everything that was written is searched for secrets and for defects: each test is a test of that, too.
final class RunningGateway implements AutoCloseable {
    static final String KEY = "slc_end-to-end-master-key-0123456789";
    static final String SECRET = "sk-end-to-end-upstream-secret-0123456789";

    private static final Duration STOP = Duration.ofMinutes(4);

    private final HttpFront front;
    private final ConfigSnapshot config;
    private final Transcript lines = new Transcript();
    private final Journal journal = new Journal();
    private final Transcript answers = new Transcript();
    private final SystemLog systemLog = SystemLog.start();

    /// Remembers the entry of each call and prints it in both of the forms that `start` has.
    private final class Journal implements CallLog {
        private final Map<String, Entry> entries = new ConcurrentHashMap<>();
        private final CallLog text = new CallLogLines(lines.stream(), false);
        private final CallLog json = new CallLogLines(lines.stream(), true);

        @Override
        public void record(Entry entry) {
            text.record(entry);
            json.record(entry);
            synchronized (this) {
                entries.put(entry.requestId(), entry);
                notifyAll();
            }
        }

        /// The entry is written after the answer: waits for it.
        synchronized Entry await(String requestId) throws InterruptedException {
            long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(4);
            for (Entry entry = entries.get(requestId); ; entry = entries.get(requestId)) {
                long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
                if (entry != null) {
                    return entry;
                }
                assertThat(left).as("an entry of the call log for " + requestId).isPositive();
                wait(left);
            }
        }
    }

    private RunningGateway(String document, String secret, FrontLimits limits) throws IOException {
        config = read(document);
        KeyHash hash = new KeyHash(new byte[32]);
        SystemTime time = new SystemTime();
        FakeRegistry registry = new FakeRegistry();
        registry.write(0, document, "test", time.now());
        registry.create(new KeyRecord(
                hash.of(KEY), "master", Caller.Kind.MASTER, false, time.now(), null, Set.of(), List.of()));
        Wiring.Parts parts = new Wiring.Parts(
                new RecentRegistry(
                        registry,
                        Map.of(),
                        new StoreBreaker(),
                        time,
                        RecentRegistry.FRESH,
                        RecentRegistry.Listener.NONE),
                _ -> Optional.of(secret),
                new Access(hash),
                new SharedLedger(
                        new FakeLimitStore(), new StoreBreaker(), time, RandomGenerator.of("L64X128MixRandom")),
                new Seal(new byte[32]),
                time,
                RandomGenerator.of("L64X128MixRandom"),
                journal,
                new FakeResponseStore(),
                new InFlight());
        front = HttpFront.open(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                Wiring.gateway(parts),
                config::maxRequestBytes,
                limits);
    }

    /// Over one provider on that port that speaks both dialects, as `chat/m` and as `messages/m`.
    static RunningGateway before(int port) throws IOException {
        return before(port, "", FrontLimits.DEFAULT);
    }

    /// @param more fields of the configuration, each followed by a comma
    static RunningGateway before(int port, String more, FrontLimits limits) throws IOException {
        return new RunningGateway(document(port, more), SECRET, limits);
    }

    /// With that for the provider's secret.
    static RunningGateway before(int port, String secret) throws IOException {
        return new RunningGateway(document(port, ""), secret, FrontLimits.DEFAULT);
    }

    /// One attempt, and neither breaker nor cooldown nor loop breaker: every call reaches the provider.
    private static String document(int port, String more) {
        return """
                {"version": 1, %s
                 "retries": {"attempts": 1, "baseDelayMs": 0, "maxDelayMs": 0},
                 "loopBreaker": {"repeats": 0},
                 "breaker": {"failures": 1000, "openMs": 1},
                 "cooldowns": {"rateLimitedMs": 0, "billingMs": 0, "authMs": 0, "forbiddenMs": 0, "policyMs": 0,
                               "notFoundMs": 0, "unknownPathMs": 0, "configurationMs": 0},
                 "providers": [
                   {"id": "chat", "endpoints": {"openai-chat": "http://127.0.0.1:%d/v1"},
                    "allowPrivateNetwork": true, "credential": "upstream", "models": ["m"]},
                   {"id": "messages", "endpoints": {"anthropic": "http://127.0.0.1:%d"},
                    "allowPrivateNetwork": true, "credential": "upstream", "models": ["m"]}]}
                """.formatted(more, port, port);
    }

    private static ConfigSnapshot read(String document) {
        return switch (ConfigReader.read(document.getBytes(StandardCharsets.UTF_8), 1)) {
            case ConfigReading.Good good -> good.snapshot();
            case ConfigReading.Refused refused ->
                throw new IllegalArgumentException(refused.errors().toString());
        };
    }

    Client client() throws IOException {
        return new Client(front.address(), answer -> answers.stream().println(answer));
    }

    /// The log's entry about the call of that answer.
    CallLog.Entry entry(Reply reply) throws InterruptedException {
        return journal.await(reply.header("x-sluice-request-id"));
    }

    /// What was written into the call log so far, as text and as JSON.
    String callLog() {
        return lines.text();
    }

    @Override
    public void close() {
        boolean finished = front.stop(STOP);
        systemLog.close();
        assertThat(finished).as("all connections ended").isTrue();
        assertThat(answers.text()).as("answers").doesNotContain(KEY, SECRET);
        assertThat(lines.text()).as("the call log").doesNotContain(KEY, SECRET, "defect:");
        assertThat(systemLog.text()).as("the log of the process").doesNotContain(KEY, SECRET, "request handler failed");
        assertThat(config.document()).as("the configuration").doesNotContain(KEY, SECRET);
    }
}
