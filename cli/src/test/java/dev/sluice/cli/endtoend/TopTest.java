package dev.sluice.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cli.FixedTime;
import dev.sluice.cli.Main;
import dev.sluice.cli.ManualSchedule;
import dev.sluice.cli.Shell;
import dev.sluice.cli.StopSignal;
import dev.sluice.cli.Transcript;
import dev.sluice.cli.store.StoreChoice;
import dev.sluice.cli.terminal.VirtualScreen;
import dev.sluice.model.Json;
import dev.sluice.testkit.http.ScriptedServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `sluice top` on a running `start`.
class TopTest {
    @TempDir
    private Path home;

    private final CountDownLatch over = new CountDownLatch(1);
    private ScriptedServer provider;
    private @Nullable StartedGateway gateway;

    @BeforeEach
    void configure() throws IOException {
        provider = Provider.playing(request -> request.contains("\"stream\":true")
                ? (peer, talk) -> {
                    peer.send(Provider.STREAM_HEAD + Provider.chunk(talk.opening(5) + talk.content("begun")));
                    over.await();
                    peer.send(Provider.chunk(talk.closing(5, 2) + talk.terminal()) + "0\r\n\r\n");
                }
                : null);
        String document = """
            {"version": 1, "providers": [
               {"id": "plan", "endpoints": {"openai-chat": "http://127.0.0.1:%d/v1"}, "allowPrivateNetwork": true,
                "auth": {"type": "none"}, "models": ["m"],
                "rateLimits": [{"id": "month", "models": ["all"], "requests": 5, "window": {"unit": "month", "size": 1}},
                               {"id": "day", "models": ["all"], "tokens": 90000, "window": {"unit": "day", "size": 1}}]}]}
            """.formatted(provider.port());
        Shell.Ran applied = new Shell(home).runWith(document, "config", "apply", "-");
        assertThat(applied.exit()).as(applied.err()).isZero();
    }

    @AfterEach
    void end_what_runs() throws InterruptedException {
        over.countDown();
        if (gateway != null) {
            gateway.end();
        }
        provider.close();
    }

    private StartedGateway start() throws InterruptedException {
        gateway = new StartedGateway(
                home, StoreChoice.EMBEDDED, Map.of("SLUICE_MASTER_KEY", RunningGateway.KEY), FixedTime.NOON);
        return gateway;
    }

    /// A streamed request whose answer has begun and does not end.
    private Thread callInFlight(StartedGateway start) throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        int port = URI.create(start.ready().text("url", "")).getPort();
        Thread call = Thread.ofVirtual().start(() -> {
            try (Client client = new Client(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), _ -> {})) {
                client.hearing(_ -> begun.countDown())
                        .exchange(Talk.CHAT.post(Talk.CHAT.request("plan/m", "a-secret-prompt", true)));
            } catch (IOException gone) {
                // told by what is not seen
            }
        });
        begun.await();
        return call;
    }

    @Test
    void where_nothing_runs_it_says_what_to_do() {
        Shell.Ran ran = new Shell(home).run("top");
        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.err()).contains("no gateway is running here: sluice start starts one");
    }

    @Test
    void a_request_in_flight_is_told_with_what_it_uses_and_without_its_prompt() throws Exception {
        StartedGateway start = start();
        assertThat(start.chat("plan/m").status()).isEqualTo(200);
        Thread call = callInFlight(start);

        Shell.Ran ran = told(start, calls -> calls.size() == 1 && sentBytes(calls.getFirst()) > 0);

        Json.Obj seen = ran.json();
        assertThat(seen.object("inFlight").text("by")).isEqualTo("process");
        assertThat(seen.object("inFlight").items("calls")).singleElement().satisfies(item -> {
            Json.Obj flight = (Json.Obj) item;
            assertThat(flight.text("caller")).isEqualTo("master");
            assertThat(flight.text("target")).isEqualTo("plan/m");
            assertThat(flight.whole("attempts")).isEqualTo(1);
        });
        assertThat(seen.items("targets")).singleElement().satisfies(item -> {
            assertThat(((Json.Obj) item).text("state")).isEqualTo("ready");
            assertThat(((Json.Obj) item).whole("underWay")).isEqualTo(1);
        });
        Json.Obj month = (Json.Obj) seen.items("limits").getFirst();
        assertThat(month.whole("used")).isEqualTo(2);
        assertThat(month.whole("most")).isEqualTo(5);
        assertThat(((Json.Obj) seen.items("limits").getLast()).whole("reserved"))
                .isPositive();
        assertThat(ran.out()).doesNotContain("a-secret-prompt", RunningGateway.KEY);

        over.countDown();
        call.join();
        assertThat(told(start, List::isEmpty).exit()).isZero();
    }

    /// What is told once the calls in flight are as wanted: a client has all of its answer a moment before the gateway is
    /// through with it.
    private static Shell.Ran told(StartedGateway start, Predicate<List<Json>> wanted) {
        Shell.Ran ran = start.run("", "top", "--json");
        while (!wanted.test(ran.json().object("inFlight").items("calls"))) {
            ran = start.run("", "top", "--json");
        }
        return ran;
    }

    private static long sentBytes(Json call) {
        return ((Json.Obj) call).whole("sentBytes");
    }

    @Test
    void without_a_terminal_it_is_printed_once() throws Exception {
        Shell.Ran ran = start().run("", "top");
        assertThat(ran.exit()).as(ran.err()).isZero();
        assertThat(ran.out())
                .contains("sluice top  12:00:00 UTC  configuration 1  http://127.0.0.1:")
                .contains("0 in flight", "Targets 1", "plan/m", "● ready", "plan month requests", "0 / 5")
                .doesNotContain("\u001b");
    }

    @Test
    void on_a_terminal_it_is_drawn_until_q() throws Exception {
        start();
        try (VirtualScreen screen = new VirtualScreen(80, 24)) {
            screen.type("q");
            Shell.Ran ran = new Shell(home).at(screen).run("top");
            assertThat(ran.exit()).as(ran.err()).isZero();
            assertThat(ran.out()).isEmpty();
        }
    }

    @Test
    void a_start_that_ends_is_told_and_its_successor_is_found() throws Exception {
        start();
        Transcript out = new Transcript();
        ManualSchedule schedule = new ManualSchedule();
        StopSignal stop = new StopSignal();
        Thread follower = Thread.ofVirtual()
                .start(() -> Main.run(
                        new String[] {"top", "--json", "--follow"},
                        new Shell(home).surroundings(InputStream.nullInputStream(), out, out, schedule, stop)));
        out.await("inFlight");

        gateway.end();
        awaitTask(schedule);
        schedule.tick();
        out.await("\"error\":\"the running start has ended");
        schedule.tick();
        out.await("no gateway is running here");
        start();
        schedule.tick();

        assertThat(out.text().lines().toList().getLast()).contains("inFlight");
        stop.ask();
        follower.join();
        assertThat(schedule.isIdle()).isTrue();
    }

    private static void awaitTask(ManualSchedule schedule) {
        while (schedule.isIdle()) {
            Thread.onSpinWait();
        }
    }

    @Test
    void what_makes_no_sense_is_refused() {
        Shell shell = new Shell(home);
        assertThat(shell.run("top", "--follow").err()).contains("--follow prints JSON");
        assertThat(shell.run("top", "--follow").exit()).isEqualTo(2);
        assertThat(shell.run("top", "--interval", "0").err()).contains("--interval is 0.2 to 3600 seconds, not 0");
        assertThat(shell.run("top", "--interval", "0").exit()).isEqualTo(2);
    }
}
