package dev.sluice.function;

import dev.sluice.aws.dynamodb.DynamoStore;
import dev.sluice.aws.http.HttpUpstream;
import dev.sluice.aws.http.PrivateNetworks;
import dev.sluice.aws.secrets.GatewaySecret;
import dev.sluice.aws.secrets.SecretCredentials;
import dev.sluice.aws.secrets.SecretStore;
import dev.sluice.aws.signing.AwsSigning;
import dev.sluice.core.access.Access;
import dev.sluice.core.access.Edge;
import dev.sluice.core.access.RecentRegistry;
import dev.sluice.core.config.ConfigSnapshot;
import dev.sluice.core.demo.DemoProvider;
import dev.sluice.core.demo.DemoUpstream;
import dev.sluice.core.gateway.Dialects;
import dev.sluice.core.gateway.Gateway;
import dev.sluice.core.gateway.InboundRequest;
import dev.sluice.core.limits.SharedLedger;
import dev.sluice.core.metering.CallKeeper;
import dev.sluice.core.ports.ClientResponse;
import dev.sluice.core.ports.Time;
import dev.sluice.core.resilience.StoreBreaker;
import dev.sluice.protocol.Codecs;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;

/// All that an environment has between two snapshots: clients, sockets, what was seen of the store, credentials, chance.
///
/// A restored environment begins a new one, so nothing of the time before has to be found and forgotten piece by piece.
final class Life implements AutoCloseable {
    private final DynamoStore store;
    private final SecretStore secrets;
    private final HttpUpstream providers;
    private final AwsSigning signing;
    private final SecretCredentials credentials;
    private final RecentRegistry registry;
    private final Gateway gateway;
    private final FunctionLog log;

    /// What a life begins with, and the next one too.
    ///
    /// @param environment where a configuration may find credentials
    /// @param edge which way callers have to come
    record Ground(
            FunctionSettings settings,
            Map<String, String> environment,
            GatewaySecret secret,
            Edge edge,
            Time time,
            FunctionLog log) {}

    private Life(Ground ground, RandomGenerator random) {
        FunctionSettings settings = ground.settings();
        Time time = ground.time();
        this.log = ground.log();
        this.store = DynamoStore.open(settings.table(), ground.log()::note);
        this.secrets = SecretStore.open(settings.secrets());
        this.providers = new HttpUpstream(PrivateNetworks.ofSystem());
        this.signing = new AwsSigning();
        this.credentials = new SecretCredentials(
                secrets, settings.credentialsSecret(), ground.environment(), time, ground.log()::note);
        StoreBreaker breaker = new StoreBreaker(); // one for all that ask the same store
        this.registry = new RecentRegistry(
                store.registry(),
                Map.of(), // no key is known but by the table
                breaker,
                time,
                RecentRegistry.FRESH,
                new Follower(credentials, ground.log()));
        Codecs codecs = Dialects.codecs(ground.secret().reasoningSeal());
        this.gateway = new Gateway(new Gateway.World(
                codecs,
                new DemoUpstream(providers, codecs::of, time, random.nextLong() >>> 1),
                new SharedLedger(store.limits(), breaker, time, random),
                registry,
                new Access(ground.secret().keyHash()).behind(ground.edge()),
                credentials,
                DemoProvider.config(),
                time,
                random,
                new CallKeeper(
                        new CallKeeper.Books(store.calls(), store.usage()),
                        ground.log(),
                        CallKeeper.Waiting.UNTIL_WRITTEN, // the environment may be frozen right after
                        breaker,
                        time,
                        ground.log()::note),
                signing,
                store.responses()));
    }

    /// Calls nobody.
    static Life begin(Ground ground, RandomGenerator random) {
        return new Life(ground, random);
    }

    /// Reads what the first request would have to wait for: configuration and credentials. Where they do not come, that
    /// request asks again. Counted as a cold start: an environment does so once.
    void takeUp() {
        log.coldStart();
        registry.look(Set.of());
    }

    void handle(InboundRequest request, ClientResponse response) {
        credentials.refresh();
        gateway.handle(request, response);
    }

    /// Ends the calls under way and closes every socket.
    @Override
    public void close() {
        providers.close();
        signing.close();
        secrets.close();
        store.close();
    }

    /// Credentials are there before a request goes by the configuration that names them.
    private record Follower(SecretCredentials credentials, FunctionLog log) implements RecentRegistry.Listener {
        @Override
        public void taken(ConfigSnapshot snapshot) {
            credentials.follow(snapshot);
        }

        @Override
        public void note(String sentence) {
            log.note(sentence);
        }
    }
}
