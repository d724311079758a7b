package dev.sluice.cli.start;

import dev.sluice.aws.dynamodb.DynamoStore;
import dev.sluice.cli.Surroundings;
import dev.sluice.cli.preview.GatewayPreview;
import dev.sluice.cli.preview.Preview;
import dev.sluice.core.access.Access;
import dev.sluice.core.access.Caller;
import dev.sluice.core.access.KeyHash;
import dev.sluice.core.access.RecentRegistry;
import dev.sluice.core.gateway.InFlight;
import dev.sluice.core.limits.SharedLedger;
import dev.sluice.core.ports.CallLog;
import dev.sluice.core.resilience.StoreBreaker;
import dev.sluice.protocol.seal.Seal;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The plan that a deployed gateway would make, made here: by the same gateway, over the stack's own table.
///
/// Reads the table with its owner's rights and writes nothing; no secret of the stack is needed.
public final class StackPreview implements Preview {
    private final DynamoStore store;
    private final Surroundings surroundings;
    private final Wiring.Gateways gateways;

    /// @param store stays its opener's
    public StackPreview(DynamoStore store, Surroundings surroundings, Wiring.Gateways gateways) {
        this.store = store;
        this.surroundings = surroundings;
        this.gateways = gateways;
    }

    @Override
    public Told of(Question question) {
        String key = HexFormat.of().formatHex(chance());
        KeyHash hashes = new KeyHash(chance());
        String hash = hashes.of(key);
        StoreBreaker breaker = new StoreBreaker();
        RecentRegistry registry = new RecentRegistry(
                store.registry(),
                Map.of(hash, new Caller(hash, "owner", Caller.Kind.MASTER, Set.of())),
                breaker,
                surroundings.time(),
                Duration.ZERO,
                RecentRegistry.Listener.NONE);
        Wiring.Parts parts = new Wiring.Parts(
                registry,
                _ -> Optional.empty(), // a plan sends nothing
                new Access(hashes),
                new SharedLedger(store.limits(), breaker, surroundings.time(), surroundings.random()),
                new Seal(chance()),
                surroundings.time(),
                surroundings.random(),
                CallLog.NONE,
                store.responses(),
                new InFlight());
        return new GatewayPreview(gateways.of(parts), key).of(question);
    }

    private byte[] chance() {
        byte[] bytes = new byte[32];
        surroundings.random().nextBytes(bytes);
        return bytes;
    }
}
