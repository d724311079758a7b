package dev.sluice.aws.dynamodb;

import dev.sluice.core.access.Access;
import dev.sluice.core.access.Caller;
import dev.sluice.core.access.KeyHash;
import dev.sluice.core.access.KeyRecord;
import dev.sluice.core.access.RecentRegistry;
import dev.sluice.core.config.RateLimitConfig;
import dev.sluice.core.demo.DemoProvider;
import dev.sluice.core.gateway.Gateway;
import dev.sluice.core.gateway.InboundRequest;
import dev.sluice.core.limits.SharedLedger;
import dev.sluice.core.metering.CallKeeper;
import dev.sluice.core.ports.ConfigVersions.Version;
import dev.sluice.core.ports.RequestSigning;
import dev.sluice.core.ports.Upstream;
import dev.sluice.core.resilience.StoreBreaker;
import dev.sluice.model.Headers;
import dev.sluice.protocol.Codecs;
import dev.sluice.protocol.anthropic.AnthropicCodec;
import dev.sluice.protocol.openai.chat.ChatCodec;
import dev.sluice.protocol.seal.Seal;
import dev.sluice.testkit.RecordingResponse;
import dev.sluice.testkit.ScriptedUpstream;
import dev.sluice.testkit.VirtualTime;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.random.RandomGenerator;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/// One environment: a whole gateway over the shared table, in virtual time, with a scripted provider. Every call that
/// leaves for the table is remembered.
final class SharedGateway implements AutoCloseable {
    static final String KEY = "slc_test-key-0123456789abcdef";
    static final String LIMITED_KEY = "slc_limited-key-0123456789abcdef";
    static final String ANSWER = """
            {"id":"c1","object":"chat.completion","created":1,"model":"m","choices":[{"index":0,"message":{"role":"assistant","content":"hello","refusal":null},"finish_reason":"stop","logprobs":null}],"usage":{"prompt_tokens":5,"completion_tokens":2,"total_tokens":7}}""";

    final VirtualTime time;
    final ScriptedUpstream upstream;
    final StoreBreaker breaker = new StoreBreaker();
    final List<String> notes = new CopyOnWriteArrayList<>();

    private final DynamoStore store;
    private final Gateway gateway;
    private final List<String> calls = new CopyOnWriteArrayList<>();
    private volatile Duration patience = Duration.ofHours(1); // a machine under load fails no test
    private List<String> callsBeforeUpstream = List.of();
    private List<String> callsBeforeBooks = List.of();

    SharedGateway(TableSettings settings, VirtualTime time) {
        this.time = time;
        this.upstream = new ScriptedUpstream(time);
        this.store = DynamoStore.open(settings, notes::add, List.of(new ExecutionInterceptor() {
            @Override
            public void beforeTransmission(Context.BeforeTransmission context, ExecutionAttributes attributes) {
                calls.add(context.request().getClass().getSimpleName().replace("Request", ""));
            }

            @Override
            public SdkRequest modifyRequest(Context.ModifyRequest context, ExecutionAttributes attributes) {
                AwsRequest request = (AwsRequest) context.request();
                return request.toBuilder()
                        .overrideConfiguration(request.overrideConfiguration().orElseThrow().toBuilder()
                                .apiCallTimeout(patience)
                                .build())
                        .build();
            }
        }));
        RandomGenerator random = RandomGenerator.of("L64X128MixRandom");
        Seal seal = new Seal(new byte[32]);
        Upstream remembering = call -> {
            callsBeforeUpstream = new ArrayList<>(calls);
            return upstream.send(call);
        };
        this.gateway = new Gateway(new Gateway.World(
                new Codecs(List.of(new AnthropicCodec(seal), new ChatCodec(seal))),
                remembering,
                new SharedLedger(store.limits(), breaker, time, random),
                new RecentRegistry(
                        store.registry(), Map.of(), breaker, time, RecentRegistry.FRESH, RecentRegistry.Listener.NONE),
                new Access(new KeyHash(new byte[32])),
                ref -> Optional.of("upstream-secret"),
                DemoProvider.config(),
                time,
                random,
                new CallKeeper(
                        new CallKeeper.Books(store.calls(), store.usage()),
                        entry -> callsBeforeBooks = new ArrayList<>(calls),
                        CallKeeper.Waiting.UNTIL_WRITTEN,
                        breaker,
                        time,
                        notes::add),
                RequestSigning.NONE,
                store.responses()));
    }

    /// Writes what every environment goes by: a configuration, a key, and a key with limits of its own.
    static void prepare(DynamoStore store, String config, VirtualTime time, List<RateLimitConfig> limits) {
        long head = store.versions().head().map(Version::number).orElse(0L);
        store.versions().write(head, config, "test", time.now());
        KeyHash hash = new KeyHash(new byte[32]);
        store.keys()
                .create(new KeyRecord(
                        hash.of(KEY), "plain", Caller.Kind.CLIENT, false, time.now(), null, Set.of(), List.of()));
        store.keys()
                .create(new KeyRecord(
                        hash.of(LIMITED_KEY),
                        "limited",
                        Caller.Kind.CLIENT,
                        false,
                        time.now(),
                        null,
                        Set.of(),
                        limits));
    }

    /// From now on each call waits so long.
    void patience(Duration most) {
        patience = most;
    }

    RecordingResponse chat(String model) {
        return chat(KEY, model);
    }

    RecordingResponse chat(String key, String model) {
        RecordingResponse response = new RecordingResponse();
        calls.clear();
        callsBeforeUpstream = List.of("the upstream was not called");
        String body = "{\"model\":\"" + model + "\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";
        gateway.handle(
                new InboundRequest(
                        "POST",
                        "/v1/chat/completions",
                        "",
                        Headers.of("content-type", "application/json", "authorization", "Bearer " + key),
                        body.getBytes(StandardCharsets.UTF_8),
                        null,
                        "127.0.0.1"),
                response);
        return response;
    }

    /// What the table was asked in the last request before the upstream was.
    List<String> callsBeforeUpstream() {
        return callsBeforeUpstream;
    }

    /// What the table was asked in the last request until the client had its answer and all was settled.
    List<String> calls() {
        return List.copyOf(callsBeforeBooks);
    }

    /// What it was asked after that.
    List<String> callsForBooks() {
        return List.copyOf(calls.subList(callsBeforeBooks.size(), calls.size()));
    }

    @Override
    public void close() {
        store.close();
    }
}
