package dev.sluice.cli.start;

import dev.sluice.aws.http.ClientSettings;
import dev.sluice.aws.http.HttpUpstream;
import dev.sluice.aws.http.PrivateNetworks;
import dev.sluice.aws.signing.AwsSigning;
import dev.sluice.cli.front.RequestHandler;
import dev.sluice.core.access.Access;
import dev.sluice.core.access.RecentRegistry;
import dev.sluice.core.demo.DemoProvider;
import dev.sluice.core.demo.DemoUpstream;
import dev.sluice.core.gateway.Dialects;
import dev.sluice.core.gateway.Gateway;
import dev.sluice.core.gateway.InFlight;
import dev.sluice.core.ports.CallLog;
import dev.sluice.core.ports.Credentials;
import dev.sluice.core.ports.Ledger;
import dev.sluice.core.ports.ResponseStore;
import dev.sluice.core.ports.Time;
import dev.sluice.core.ports.Upstream;
import dev.sluice.protocol.Codecs;
import dev.sluice.protocol.seal.Seal;
import java.util.random.RandomGenerator;

/// The one place where the gateway is put together for this machine.
public final class Wiring {
    private Wiring() {}

    /// What this process brings to the gateway. Codecs and the upstream are chosen here.
    public record Parts(
            RecentRegistry registry,
            Credentials credentials,
            Access access,
            Ledger ledger,
            Seal seal,
            Time time,
            RandomGenerator random,
            CallLog calls,
            ResponseStore responses,
            InFlight inFlight) {}

    /// Makes what answers the front's requests.
    @FunctionalInterface
    public interface Gateways {
        RequestHandler of(Parts parts);
    }

    /// The gateway over real providers, the demo beside them.
    public static RequestHandler gateway(Parts parts) {
        ClientSettings.apply();
        Codecs codecs = Dialects.codecs(parts.seal());
        Upstream providers = new HttpUpstream(PrivateNetworks.ofSystem());
        Gateway.World world = new Gateway.World(
                codecs,
                new DemoUpstream(providers, codecs::of, parts.time()),
                parts.ledger(),
                parts.registry(),
                parts.access(),
                parts.credentials(),
                DemoProvider.config(),
                parts.time(),
                parts.random(),
                parts.calls(),
                new AwsSigning(),
                parts.responses());
        Gateway gateway = new Gateway(world, parts.inFlight());
        return gateway::handle;
    }
}
