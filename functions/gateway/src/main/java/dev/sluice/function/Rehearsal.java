package dev.sluice.function;

import dev.sluice.aws.dynamodb.DynamoStore;
import dev.sluice.aws.dynamodb.TableSettings;
import dev.sluice.aws.signing.AwsSigning;
import dev.sluice.core.access.Access;
import dev.sluice.core.access.Caller;
import dev.sluice.core.access.KeyHash;
import dev.sluice.core.access.RecentRegistry;
import dev.sluice.core.config.ProviderConfig;
import dev.sluice.core.demo.DemoProvider;
import dev.sluice.core.demo.DemoUpstream;
import dev.sluice.core.gateway.Dialects;
import dev.sluice.core.gateway.Gateway;
import dev.sluice.core.limits.SharedLedger;
import dev.sluice.core.ports.RequestSigning;
import dev.sluice.core.ports.Time;
import dev.sluice.core.ports.Upstream;
import dev.sluice.core.resilience.StoreBreaker;
import dev.sluice.model.Dialect;
import dev.sluice.model.Headers;
import dev.sluice.protocol.Codecs;
import dev.sluice.protocol.seal.Seal;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;

/// Requests through the whole path before a snapshot is taken, so that it holds everything loaded and compiled.
///
/// They go to the demo provider, through gateways of their own with a key of their own: in all dialects, translated and as
/// they are, and through the whole client of a table that answers without being there. Nobody else is called.
final class Rehearsal {
    static final String KEY = "rehearsal";

    private static final int ROUNDS = 25;
    private static final byte[] NO_SECRET = new byte[32];

    private final Time time;
    private final List<Gateway> gateways = new ArrayList<>();

    Rehearsal(Time time) {
        this.time = time;
    }

    /// Throws when a request is answered otherwise than expected: then something else was rehearsed than meant.
    void play() {
        try (DynamoStore store = DynamoStore.rehearsed()) {
            ProviderConfig demo = DemoProvider.config();
            gateways.add(gateway(store, demo));
            for (Dialect only : demo.endpoints().keySet()) {
                gateways.add(gateway(store, speaking(demo, only)));
            }
            for (int round = 0; round < ROUNDS; round++) {
                gateways.forEach(RehearsedRequests::play);
            }
            sign();
        }
    }

    /// With a key that opens nothing, so that no identity is looked for.
    private void sign() {
        try (AwsSigning signing = new AwsSigning()) {
            RequestSigning.Request request = new RequestSigning.Request(
                    URI.create("https://bedrock-runtime.us-east-1.amazonaws.com/model/demo%3A0/converse"),
                    "",
                    "bedrock",
                    Headers.of("content-type", "application/json"),
                    NO_SECRET);
            for (int round = 0; round < ROUNDS; round++) {
                if (!(signing.sign(request, "REHEARSAL:rehearsal", time.now())
                        instanceof RequestSigning.Result.Signed)) {
                    throw new IllegalStateException("in rehearsal a request could not be signed");
                }
            }
        }
    }

    /// Asks the real table once, on a connection that is closed at once: names, certificates and the network's classes are
    /// known then. Whether it answers does not matter.
    static void reach(TableSettings table) {
        try (DynamoStore store = DynamoStore.openForSnapshot(table, _ -> {})) {
            store.registry().read(Set.of());
        }
    }

    private Gateway gateway(DynamoStore store, ProviderConfig demo) {
        KeyHash hashes = new KeyHash(NO_SECRET);
        Codecs codecs = Dialects.codecs(new Seal(NO_SECRET));
        StoreBreaker breaker = new StoreBreaker();
        SplittableRandom random = new SplittableRandom(1); // of no use to anybody: no id of a rehearsal leaves it
        Caller caller = new Caller(hashes.of(KEY), KEY, Caller.Kind.MASTER, Set.of());
        return new Gateway(new Gateway.World(
                codecs,
                new DemoUpstream(Rehearsal::nobody, codecs::of, time),
                new SharedLedger(store.limits(), breaker, time, random),
                new RecentRegistry(
                        store.registry(),
                        Map.of(caller.keyHash(), caller),
                        breaker,
                        time,
                        Duration.ZERO,
                        RecentRegistry.Listener.NONE),
                new Access(hashes),
                _ -> Optional.empty(),
                demo,
                time,
                random,
                new FunctionLog(_ -> {}, time, new CallMetrics("rehearsal")),
                RequestSigning.NONE,
                store.responses()));
    }

    private static Upstream.Pending nobody(Upstream.Call call) {
        throw new IllegalStateException("a rehearsal calls nobody, but it wanted " + call.uri());
    }

    /// The provider as if it spoke that dialect alone: requests of the others are translated.
    private static ProviderConfig speaking(ProviderConfig demo, Dialect only) {
        return new ProviderConfig(
                demo.id(),
                demo.name(),
                demo.enabled(),
                Map.of(only, demo.endpoints().get(only)),
                demo.credential(),
                demo.auth(),
                demo.headers(),
                demo.allowPrivateNetwork(),
                demo.priority(),
                demo.wildcard(),
                demo.models(),
                demo.rateLimits(),
                demo.policies());
    }
}
