package dev.sluice.cli.start;

import dev.sluice.cli.CommandFailure;
import dev.sluice.cli.Surroundings;
import dev.sluice.cli.front.RequestHandler;
import dev.sluice.cli.preview.Preview;
import dev.sluice.cli.secret.LiveCredentials;
import dev.sluice.core.gateway.InFlight;
import dev.sluice.core.ports.CallLog;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/// What a server is opened with: all that the start has put together by then.
public final class Scene {
    private final StartOptions options;
    private final Surroundings surroundings;
    private final Assembly assembly;
    private final InForce inForce;
    private final Masters masters;

    Scene(StartOptions options, Surroundings surroundings, Assembly assembly, InForce inForce, Masters masters) {
        this.options = options;
        this.surroundings = surroundings;
        this.assembly = assembly;
        this.inForce = inForce;
        this.masters = masters;
    }

    public LiveCredentials credentials() {
        return inForce.secrets();
    }

    /// Whether a hash is that of a key that opens everything now; empty when anyone on this machine may call.
    public Optional<Predicate<String>> masters() {
        return masters.opens();
    }

    /// Where to listen.
    public InetSocketAddress address() {
        try {
            return new InetSocketAddress(InetAddress.getByName(options.host()), options.port());
        } catch (UnknownHostException unknown) {
            throw CommandFailure.usage("--host: there is no address " + options.host());
        }
    }

    /// What to say when nobody can listen there.
    public CommandFailure taken(IOException why) {
        return CommandFailure.failed("cannot listen on " + options.host() + ":" + options.port() + " ("
                + why.getMessage() + "): end what uses the port, or choose another with --port");
    }

    /// A gateway in this process.
    RequestHandler gateway(Wiring.Gateways gateways) {
        CallLog calls = assembly.kept(new CallLogLines(surroundings.err(), options.json()));
        InFlight inFlight = new InFlight();
        inForce.serves(inFlight);
        inForce.counts(assembly::missingCalls);
        return gateways.of(assembly.parts(inForce, masters.opens().isEmpty(), calls, inFlight));
    }

    Preview preview(RequestHandler gateway) {
        return assembly.preview(gateway);
    }

    LongSupplier maxBody() {
        return () -> inForce.registry().lastSeen().maxRequestBytes();
    }
}
