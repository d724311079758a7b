package dev.sluice.cli.start;

import dev.sluice.cli.CommandFailure;
import dev.sluice.cli.front.RequestHandler;
import dev.sluice.core.access.Access;
import dev.sluice.core.ports.CallLog;
import dev.sluice.core.ports.ConfigSource;
import dev.sluice.core.ports.Credentials;
import dev.sluice.core.ports.Time;
import dev.sluice.protocol.seal.Seal;
import java.util.random.RandomGenerator;

/// The one place where the gateway is put together for this machine.
public final class Wiring {
    private Wiring() {}

    /// What this process brings to the gateway. Codecs, the upstream and health are chosen here.
    public record Parts(
            ConfigSource config,
            Credentials credentials,
            Access access,
            Seal seal,
            Time time,
            RandomGenerator random,
            CallLog calls) {}

    /// Makes what answers the front's requests.
    @FunctionalInterface
    public interface Gateways {
        RequestHandler of(Parts parts);
    }

    /// The gateway over real providers.
    public static RequestHandler gateway(Parts parts) {
        throw CommandFailure.failed("this build has no gateway");
    }
}
