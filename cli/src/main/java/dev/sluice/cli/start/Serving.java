package dev.sluice.cli.start;

import dev.sluice.cli.CommandFailure;
import dev.sluice.cli.Schedule;
import dev.sluice.cli.Surroundings;
import dev.sluice.cli.config.ConfigBook;
import dev.sluice.cli.control.ControlServer;
import dev.sluice.cli.front.HttpFront;
import dev.sluice.cli.secret.CredentialFile;
import dev.sluice.cli.secret.LiveCredentials;
import dev.sluice.cli.secret.MasterKey;
import dev.sluice.cli.secret.SecretKey;
import dev.sluice.cli.store.EmbeddedStore;
import dev.sluice.core.access.Access;
import dev.sluice.core.access.Caller;
import dev.sluice.core.access.KeyHash;
import dev.sluice.core.access.KeyLabels;
import dev.sluice.core.config.ConfigReader;
import dev.sluice.core.config.ConfigReading;
import dev.sluice.protocol.seal.Seal;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One run of `sluice start`: opens everything in order, serves until it is asked to stop, closes in reverse.
public final class Serving {
    private static final Duration LOOK = Duration.ofMillis(500);
    private static final Duration GRACE = Duration.ofSeconds(30);

    private final StartOptions options;
    private final Surroundings surroundings;
    private final Wiring.Gateways gateways;

    public Serving(StartOptions options, Surroundings surroundings, Wiring.Gateways gateways) {
        this.options = options;
        this.surroundings = surroundings;
        this.gateways = gateways;
    }

    /// Returns when it was asked to stop and the streams in flight have ended, or their grace is over.
    public void run() {
        try (EmbeddedStore store = EmbeddedStore.open(options.directory(), this::note)) {
            SecretKey secret = SecretKey.open(options.directory().secretKey(), surroundings.random());
            Optional<MasterKey> master = master(store, secret);
            InForce inForce = takeUp(store, secret, master);
            Optional<ConfigFile> file = configFile(inForce);
            file.ifPresent(ConfigFile::applyAtStart);
            inForce.announce();
            HttpFront front = open(handlerParts(inForce, secret, master), inForce);
            try (ControlServer _ = ControlServer.open(
                            options.directory(),
                            inForce,
                            _ -> new dev.sluice.cli.preview.Preview.Told(500, dev.sluice.model.Json.Obj.EMPTY),
                            surroundings.random());
                    Schedule.@Nullable Running _ = follow(file)) {
                keep(store, secret, master);
                banner(front, inForce, master).print(surroundings.out());
                awaitStop();
            } finally {
                front.stop(GRACE);
            }
        }
    }

    private InForce takeUp(EmbeddedStore store, SecretKey secret, Optional<MasterKey> master) {
        CredentialFile kept = CredentialFile.open(options.directory().credentials(), secret, surroundings.random());
        LiveCredentials credentials =
                new LiveCredentials(kept, variable -> surroundings.environment().get(variable));
        credentials
                .unreadable()
                .forEach(
                        name -> note("the credential " + name + " was encrypted with another secret.key: set it anew"));
        Map<String, Caller> own =
                master.map(MasterKey::hash).map(Serving::owner).orElse(Map.of());
        InForce.Means means = new InForce.Means(own, surroundings.time(), this::note);
        return InForce.of(store.versions(), credentials, options.config() != null, means);
    }

    private static Map<String, Caller> owner(String hash) {
        return Map.of(hash, new Caller(hash, "master", Caller.Kind.MASTER, Set.of()));
    }

    private Optional<ConfigFile> configFile(InForce inForce) {
        Path path = options.config();
        return path == null
                ? Optional.empty()
                : Optional.of(
                        new ConfigFile(path, new ConfigBook(inForce.versions(), surroundings.time()), this::note));
    }

    private Schedule.@Nullable Running follow(Optional<ConfigFile> file) {
        return file.isEmpty() ? null : surroundings.schedule().every(LOOK, file.get()::look);
    }

    private Optional<MasterKey> master(EmbeddedStore store, SecretKey secret) {
        if (options.open()) {
            return Optional.empty();
        }
        return Optional.of(MasterKey.of(
                surroundings.variable("SLUICE_MASTER_KEY"),
                store.masterHash(secret.fingerprint()),
                new KeyHash(secret.bytes()),
                surroundings.random()));
    }

    /// A fresh key counts once the port is ours: had it failed, nobody would have seen the key.
    private static void keep(EmbeddedStore store, SecretKey secret, Optional<MasterKey> master) {
        if (master.isPresent() && master.get() instanceof MasterKey.Fresh fresh) {
            store.keepMasterHash(secret.fingerprint(), fresh.hash());
        }
    }

    private Wiring.Parts handlerParts(InForce inForce, SecretKey secret, Optional<MasterKey> master) {
        Access access = master.isPresent() ? new Access(new KeyHash(secret.bytes())) : Access.open();
        return new Wiring.Parts(
                inForce.registry(),
                inForce.secrets(),
                access,
                new Seal(secret.derive(KeyLabels.REASONING_SEAL, 32)),
                surroundings.time(),
                surroundings.random(),
                new CallLogLines(surroundings.err(), options.json()));
    }

    private HttpFront open(Wiring.Parts parts, InForce inForce) {
        try {
            InetSocketAddress address = new InetSocketAddress(InetAddress.getByName(options.host()), options.port());
            return HttpFront.open(
                    address,
                    gateways.of(parts),
                    () -> inForce.registry().lastSeen().maxRequestBytes());
        } catch (UnknownHostException unknown) {
            throw CommandFailure.usage("--host: there is no address " + options.host());
        } catch (IOException taken) {
            throw CommandFailure.failed("cannot listen on " + options.host() + ":" + options.port() + " ("
                    + taken.getMessage() + "): end what uses the port, or choose another with --port");
        }
    }

    private Banner banner(HttpFront front, InForce inForce, Optional<MasterKey> master) {
        var snapshot = inForce.registry().lastSeen();
        byte[] document = snapshot.document().getBytes(StandardCharsets.UTF_8);
        List<String> later = ConfigReader.read(document, snapshot.version()) instanceof ConfigReading.Good good
                ? good.notYetInForce()
                : List.of();
        return new Banner(options, front.address(), snapshot, master, later);
    }

    private void awaitStop() {
        surroundings.stop().heed();
        try {
            surroundings.stop().awaitAsked();
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }

    private void note(String text) {
        surroundings.err().println("sluice: " + text);
    }
}
