package dev.sluice.core.gateway;

import dev.sluice.core.access.Access;
import dev.sluice.core.access.Caller;
import dev.sluice.core.access.Edge;
import dev.sluice.core.access.KeyHash;
import dev.sluice.core.access.KeyRecord;
import dev.sluice.core.access.RecentRegistry;
import dev.sluice.core.config.ConfigReader;
import dev.sluice.core.config.ConfigReading;
import dev.sluice.core.config.ConfigSnapshot;
import dev.sluice.core.config.RateLimitConfig;
import dev.sluice.core.demo.DemoProvider;
import dev.sluice.core.limits.SharedLedger;
import dev.sluice.core.ports.CallLog;
import dev.sluice.core.ports.ClientResponse;
import dev.sluice.core.ports.Ledger;
import dev.sluice.core.resilience.StoreBreaker;
import dev.sluice.model.Headers;
import dev.sluice.protocol.Codecs;
import dev.sluice.protocol.seal.Seal;
import dev.sluice.testkit.FakeLimitStore;
import dev.sluice.testkit.FakeRegistry;
import dev.sluice.testkit.FakeResponseStore;
import dev.sluice.testkit.RecordingResponse;
import dev.sluice.testkit.RecordingSigning;
import dev.sluice.testkit.ScriptedUpstream;
import dev.sluice.testkit.VirtualTime;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// A whole gateway in virtual time, with real codecs and a scripted provider.
public final class GatewayFixture {
    public static final String KEY = "slc_test-key-0123456789abcdef";

    /// One account speaking both dialects, a second speaking Anthropic only.
    public static final String TWO_ACCOUNTS = """
            {"version": 1, "defaultModel": "coding",
             "providers": [
               {"id": "one", "endpoints": {"openai-chat": "https://one.test/v1", "anthropic": "https://one.test"},
                "credential": "one", "models": ["*", {"id": "m", "contextWindow": 200000}]},
               {"id": "two", "endpoints": {"anthropic": "https://two.test"}, "credential": "two",
                "models": ["*", {"id": "m", "contextWindow": 200000}]}],
             "modelAliases": {"coding": {"strategy": "ordered", "targets": [{"ref": "one/m"}, {"ref": "two/m"}]},
                              "single": {"strategy": "ordered", "targets": [{"ref": "one/m"}]}}}
            """;

    public final VirtualTime time = new VirtualTime();
    public final ScriptedUpstream upstream = new ScriptedUpstream(time);
    public final List<CallLog.Entry> log = new ArrayList<>();
    public final FakeRegistry registry = new FakeRegistry();
    public final List<String> notes = new ArrayList<>();
    final RecordingSigning signing = new RecordingSigning();
    public final FakeResponseStore responses = new FakeResponseStore();
    public final FakeLimitStore limits = new FakeLimitStore();
    final RandomGenerator random = RandomGenerator.of("L64X128MixRandom");
    final RecordingLedger ledger = new RecordingLedger(new SharedLedger(limits, new StoreBreaker(), time, random));
    final InFlight inFlight = new InFlight();
    public final Gateway gateway;
    private final KeyHash hash = new KeyHash(new byte[32]);
    private String key = KEY;
    String secret = "upstream-secret";

    public GatewayFixture(String config) {
        this(config, null, Edge.NONE);
    }

    /// Reached that way only.
    public GatewayFixture(String config, Edge edge) {
        this(config, null, edge);
    }

    /// With other books than those in `limits`.
    GatewayFixture(String config, @Nullable Ledger other) {
        this(config, other, Edge.NONE);
    }

    private GatewayFixture(String config, @Nullable Ledger other, Edge edge) {
        registry.write(0, read(config).document(), "test", time.now());
        Seal seal = new Seal(new byte[32]);
        Codecs codecs = Dialects.codecs(seal);
        registry.create(new KeyRecord(
                hash.of(KEY), "master", Caller.Kind.MASTER, false, time.now(), null, Set.of(), List.of()));
        Gateway.World world = new Gateway.World(
                codecs,
                upstream,
                other == null ? ledger : other,
                new RecentRegistry(registry, Map.of(), new StoreBreaker(), time, RecentRegistry.FRESH, listener()),
                new Access(hash).behind(edge),
                ref -> Optional.of(secret),
                DemoProvider.config(),
                time,
                random,
                log::add,
                signing,
                responses);
        gateway = new Gateway(world, inFlight);
    }

    private RecentRegistry.Listener listener() {
        return new RecentRegistry.Listener() {
            @Override
            public void taken(ConfigSnapshot snapshot) {}

            @Override
            public void note(String sentence) {
                notes.add(sentence);
            }
        };
    }

    static ConfigSnapshot read(String config) {
        return switch (ConfigReader.read(config.getBytes(StandardCharsets.UTF_8), 1)) {
            case ConfigReading.Good good -> good.snapshot();
            case ConfigReading.Refused refused ->
                throw new IllegalArgumentException(refused.errors().toString());
        };
    }

    /// From now on requests come with a key that has limits of its own.
    void limitCaller(RateLimitConfig... limits) {
        key = KEY + limits.length + registry.list().size();
        registry.create(new KeyRecord(
                hash.of(key), key, Caller.Kind.CLIENT, false, time.now(), null, Set.of(), List.of(limits)));
    }

    RecordingResponse chat(String body) {
        return post("/v1/chat/completions", body, "authorization", "Bearer " + key);
    }

    RecordingResponse messages(String body) {
        return post("/v1/messages", body, "x-api-key", key, "anthropic-version", "2023-06-01");
    }

    RecordingResponse respond(String body) {
        return post("/v1/responses", body, "authorization", "Bearer " + key);
    }

    /// About an answer that was given.
    RecordingResponse stored(String method, String path) {
        return send(method, "/v1/responses/" + path, "", "authorization", "Bearer " + key);
    }

    RecordingResponse post(String path, String body, String... headers) {
        return send("POST", path, body, headers);
    }

    public RecordingResponse send(String method, String path, String body, String... headers) {
        RecordingResponse response = new RecordingResponse();
        gateway.handle(request(method, path, body, headers), response);
        return response;
    }

    /// With the key of [#limitCaller].
    void send(String method, String path, String body, ClientResponse client) {
        gateway.handle(request(method, path, body, "x-api-key", key), client);
    }

    public static InboundRequest request(String method, String path, String body, String... headers) {
        int query = path.indexOf('?');
        return new InboundRequest(
                method,
                query < 0 ? path : path.substring(0, query),
                query < 0 ? "" : path.substring(query + 1),
                Headers.of("content-type", "application/json").and(Headers.of(headers)),
                body.getBytes(StandardCharsets.UTF_8),
                null,
                "127.0.0.1");
    }
}
