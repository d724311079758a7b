package dev.sluice.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cli.ManualSchedule;
import dev.sluice.cli.Shell;
import dev.sluice.cli.StopSignal;
import dev.sluice.cli.Surroundings;
import dev.sluice.cli.Transcript;
import dev.sluice.cli.start.OwnSite;
import dev.sluice.cli.start.Serving;
import dev.sluice.cli.start.Site;
import dev.sluice.cli.start.StartOptions;
import dev.sluice.cli.start.Wiring;
import dev.sluice.cli.store.DataDirectory;
import dev.sluice.cli.store.StoreChoice;
import dev.sluice.cli.terminal.Screens;
import dev.sluice.core.ports.Time;
import dev.sluice.model.Json;
import dev.sluice.protocol.json.JsonText;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One whole `sluice start` in this process, with a home of its own and [RunningGateway#KEY] for its master key.
final class StartedGateway {
    private final Transcript out = new Transcript();
    private final Transcript err = new Transcript();
    private final ManualSchedule schedule = new ManualSchedule();
    private final StopSignal stop = new StopSignal();
    private final Path home;
    private final Thread thread;
    private @Nullable RuntimeException failure;

    StartedGateway(Path home, StoreChoice store, Map<String, String> environment, Time time)
            throws InterruptedException {
        this(home, store, environment, time, new OwnSite(Wiring::gateway));
    }

    StartedGateway(Path home, StoreChoice store, Map<String, String> environment, Time time, Site site)
            throws InterruptedException {
        this.home = home;
        Surroundings surroundings = new Surroundings(
                environment,
                InputStream.nullInputStream(),
                out.stream(),
                err.stream(),
                Optional.empty(),
                Screens.NONE,
                time,
                schedule,
                new SecureRandom(),
                stop);
        StartOptions options =
                new StartOptions("127.0.0.1", 0, new DataDirectory(home.resolve(".sluice")), store, null, false, true);
        Serving serving = new Serving(options, surroundings, site);
        thread = Thread.ofVirtual().unstarted(() -> {
            try {
                serving.run();
            } catch (RuntimeException failed) {
                failure = failed;
                out.stream().println("failed: listening on nothing: " + failed);
            }
        });
        thread.start();
        out.await("listening on");
        assertThat(failure).isNull();
    }

    Json.Obj ready() {
        Json.Obj ready = JsonText.objectOrNull(out.text());
        assertThat(ready).as(out.text()).isNotNull();
        return ready;
    }

    Reply chat(String model) throws IOException {
        return send(Talk.CHAT.post(Talk.CHAT.request(model, "hello", false)));
    }

    Reply send(String request) throws IOException {
        int port = URI.create(ready().text("url", "")).getPort();
        try (Client client = new Client(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), _ -> {})) {
            return client.exchange(request);
        }
    }

    /// Another command on the same folder.
    Shell.Ran run(String input, String... args) {
        return new Shell(home).runWith(input, args);
    }

    String notes() {
        return err.text();
    }

    /// What is scheduled, once.
    void tick() {
        schedule.tick();
    }

    void end() throws InterruptedException {
        stop.ask();
        thread.join();
    }
}
