package dev.sluice.cli.start;

import dev.sluice.cli.Schedule;
import dev.sluice.cli.Surroundings;
import dev.sluice.cli.config.ConfigBook;
import dev.sluice.cli.control.ControlServer;
import dev.sluice.cli.secret.MasterKey;
import dev.sluice.cli.secret.SecretKey;
import dev.sluice.cli.store.EmbeddedStore;
import dev.sluice.core.access.KeyHash;
import dev.sluice.core.access.WorkerKeyState;
import dev.sluice.core.config.ConfigReader;
import dev.sluice.core.config.ConfigReading;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One run of `sluice start`: opens everything in order, serves until it is asked to stop, closes in reverse.
public final class Serving {
    private static final Duration LOOK = Duration.ofMillis(500);
    private static final Duration SYNC = Duration.ofSeconds(1);
    private static final Duration GRACE = Duration.ofSeconds(30);

    private final StartOptions options;
    private final Surroundings surroundings;
    private final Site site;

    public Serving(StartOptions options, Surroundings surroundings, Site site) {
        this.options = options;
        this.surroundings = surroundings;
        this.site = site;
    }

    /// Returns when it was asked to stop and the streams in flight have ended, or their grace is over.
    public void run() {
        try (EmbeddedStore local = EmbeddedStore.open(options.directory(), this::note)) {
            SecretKey secret = SecretKey.open(options.directory().secretKey(), surroundings.random());
            Optional<MasterKey> master = master(local, secret); // refused before anything else is started
            try (Site.Place place = site.open(options, surroundings, local, secret, this::note)) {
                serve(place, local, secret, master);
            }
        }
    }

    private void serve(Site.Place place, EmbeddedStore local, SecretKey secret, Optional<MasterKey> master) {
        Assembly assembly = new Assembly(options.directory(), place.stores(), secret, surroundings);
        Masters masters = Masters.of(local, secret, master, surroundings.time());
        InForce inForce = assembly.takeUp(masters, options.config() != null);
        Optional<ConfigFile> file = configFile(inForce);
        file.ifPresent(ConfigFile::applyAtStart);
        inForce.announce();
        Server server = place.serve(new Scene(options, surroundings, assembly, inForce, masters));
        inForce.servedAt(Banner.url(options, server.address()));
        try (ControlServer _ = ControlServer.open(
                        options.directory(), inForce, server.preview(), server.invocations(), surroundings.random());
                Schedule.Running _ = surroundings.schedule().every(SYNC, local::sync);
                Schedule.@Nullable Running _ = follow(file)) {
            keep(local, secret, master);
            banner(server, inForce, master, place.stores().shown()).print(surroundings.out());
            awaitStop();
        } finally {
            server.stop(GRACE);
            assembly.finish();
        }
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
                store.workerKeys(secret.fingerprint()).state().current().map(WorkerKeyState.Key::hash),
                new KeyHash(secret.bytes()),
                surroundings.random()));
    }

    /// A fresh key counts once the port is ours: had it failed, nobody would have seen the key.
    private void keep(EmbeddedStore store, SecretKey secret, Optional<MasterKey> master) {
        if (master.isPresent() && master.get() instanceof MasterKey.Fresh fresh) {
            store.workerKeys(secret.fingerprint())
                    .begin(fresh.hash(), surroundings.time().now());
        }
    }

    private Banner banner(Server server, InForce inForce, Optional<MasterKey> master, String store) {
        var snapshot = inForce.registry().lastSeen();
        byte[] document = snapshot.document().getBytes(StandardCharsets.UTF_8);
        List<String> later = ConfigReader.read(document, snapshot.version()) instanceof ConfigReading.Good good
                ? good.notYetInForce()
                : List.of();
        return new Banner(options, server.address(), store, snapshot, master, later);
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
