package dev.sluice.simulation;

import dev.sluice.core.access.Access;
import dev.sluice.core.access.Caller;
import dev.sluice.core.access.KeyHash;
import dev.sluice.core.access.KeyRecord;
import dev.sluice.core.access.RecentRegistry;
import dev.sluice.core.demo.DemoProvider;
import dev.sluice.core.gateway.Gateway;
import dev.sluice.core.limits.SharedLedger;
import dev.sluice.core.ports.CallLog;
import dev.sluice.core.ports.LimitStore;
import dev.sluice.core.ports.Registry;
import dev.sluice.core.resilience.StoreBreaker;
import dev.sluice.protocol.Codecs;
import dev.sluice.protocol.anthropic.AnthropicCodec;
import dev.sluice.protocol.openai.chat.ChatCodec;
import dev.sluice.protocol.seal.Seal;
import dev.sluice.testkit.VirtualScheduler;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/// One environment: a gateway with a memory of its own, which lasts as long as the environment.
final class Environment {
    private static final Codecs CODECS =
            new Codecs(List.of(new AnthropicCodec(new Seal(new byte[32])), new ChatCodec(new Seal(new byte[32]))));
    private static final KeyHash HASH = new KeyHash(new byte[32]);

    private final Gateway gateway;
    private final Duration born;
    private Duration lastUsed;

    /// What all environments share.
    record World(VirtualScheduler time, SimulatedUpstream upstream, LimitStore store, Registry registry, CallLog log) {}

    /// The owner's key, as it is kept.
    static KeyRecord key(Instant created) {
        return new KeyRecord(
                HASH.of(RequestText.KEY), "owner", Caller.Kind.MASTER, false, created, null, Set.of(), List.of());
    }

    /// @param number of this environment, from 0
    Environment(World world, int number, long seed) {
        VirtualScheduler time = world.time();
        StoreBreaker breaker = new StoreBreaker();
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed * 31 + number);
        this.gateway = new Gateway(new Gateway.World(
                CODECS,
                world.upstream(),
                new SharedLedger(world.store(), breaker, time, random),
                new RecentRegistry(
                        world.registry(), Map.of(), breaker, time, RecentRegistry.FRESH, RecentRegistry.Listener.NONE),
                new Access(HASH),
                _ -> Optional.of("upstream-secret"),
                DemoProvider.config(),
                time,
                random,
                world.log()));
        this.born = time.elapsed();
        this.lastUsed = born;
    }

    Gateway gateway() {
        return gateway;
    }

    void used(Duration now) {
        lastUsed = now;
    }

    Duration lastUsed() {
        return lastUsed;
    }

    /// From its start to the end of its last request.
    Duration life() {
        return lastUsed.minus(born);
    }
}
