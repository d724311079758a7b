package dev.sluice.cli.provider;

import dev.sluice.aws.http.ClientSettings;
import dev.sluice.aws.http.HttpUpstream;
import dev.sluice.aws.http.PrivateNetworks;
import dev.sluice.aws.signing.AwsSigning;
import dev.sluice.core.gateway.Dialects;
import dev.sluice.core.ports.Credentials;
import dev.sluice.core.ports.Time;
import dev.sluice.protocol.seal.Seal;

/// Where the parts of a trial are chosen: those that the gateway itself has on this machine.
public final class Trials {
    private Trials() {}

    /// Over the network; for one command, which ends with its connections.
    public static Trial.World overTheNetwork(Credentials credentials, Time time) {
        ClientSettings.apply();
        return new Trial.World(
                new HttpUpstream(PrivateNetworks.ofSystem()),
                Dialects.codecs(new Seal(new byte[32])),
                credentials,
                new AwsSigning(),
                time);
    }
}
