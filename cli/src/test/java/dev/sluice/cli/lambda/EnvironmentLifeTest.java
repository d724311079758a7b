package dev.sluice.cli.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.cli.front.RawClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Environments from start to end.
class EnvironmentLifeTest {
    private static final Engine.Choice USUAL = Engine.Choice.usual();

    @Test
    void ends_an_environment_at_the_functions_timeout_and_starts_another() throws Exception {
        try (Engine engine = Engine.start(USUAL.with(Duration.ofSeconds(2)))) {
            RawClient.Response late = engine.get("/hang");
            assertThat(late.status()).isEqualTo(504);
            assertThat(engine.await(EngineEvent.Ended.class).reason()).isEqualTo("timeout");

            int half = asked(
                    engine, "/half", rest -> assertThat(rest).contains("half").doesNotContain("\r\n0\r\n"));
            int whole = asked(engine, "/pieces?1*2*ok", rest -> assertThat(rest).contains("ok"));
            assertThat(engine.all(EngineEvent.Started.class)).hasSize(1 + half + whole);
        }
    }

    /// How often it was asked until its answer began in time: where the machine took longer, that environment was ended too.
    private static int asked(Engine engine, String target, Consumer<String> rest) throws IOException {
        for (int times = 1; ; times++) {
            try (RawClient client = engine.client()) {
                client.send("GET " + target + " HTTP/1.1\r\nHost: url.local\r\nConnection: close\r\n\r\n");
                int status = client.response(true).status();
                if (status != 504) {
                    assertThat(status).isEqualTo(200);
                    rest.accept(client.rest());
                    return times;
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"exit,Runtime.ExitError,exit status 7", "error,Runtime.NoStart,no start"})
    void starts_once_more_within_the_invocation_when_the_start_fails(String start, String type, String words)
            throws Exception {
        try (Engine engine = Engine.start(USUAL.with(Map.of("START", start)))) {
            Invoked failed = engine.invoke("{}");

            assertThat(failed.failure().orElseThrow().type()).isEqualTo(type);
            assertThat(new String(failed.payload(), StandardCharsets.UTF_8)).contains(words);
            assertThat(engine.all(EngineEvent.Started.class)).hasSize(2);
        }
    }

    @Test
    void gives_a_start_its_limit_and_then_the_functions_timeout() throws Exception {
        EngineLimits limits = Engine.PATIENT.withInit(Duration.ofMillis(300));
        try (Engine engine =
                Engine.start(USUAL.with(Map.of("START", "never")).with(limits).with(Duration.ofMillis(400)))) {
            Invoked failed = engine.invoke("{}");

            assertThat(new String(failed.payload(), StandardCharsets.UTF_8)).contains("Init timed out after 400 ms");
            assertThat(engine.all(EngineEvent.Started.class)).hasSize(2);
        }
    }

    @Test
    void reports_a_command_that_cannot_be_started() throws Exception {
        Engine.Choice choice = USUAL;
        try (Engine engine = Engine.start(List.of("/nowhere/bootstrap"), Path.of("/nowhere"), "handler", choice)) {
            assertThat(engine.get("/").status()).isEqualTo(502);
            assertThat(engine.invoke("{}").failure().orElseThrow().type()).isEqualTo("Runtime.InvalidEntrypoint");
        }
    }

    @Test
    void restores_from_a_snapshot_with_closed_sockets_and_other_credentials() throws Exception {
        Map<String, String> hooks = Map.of("START", "hooks", "RESTORE", "");
        try (Engine engine = Engine.start(USUAL.with(hooks).snapStart())) {
            assertThat(engine.get("/restored").body()).isEqualTo("closed=true rotated=true key=null");
            assertThat(engine.get("/environment").body())
                    .contains("AWS_CONTAINER_CREDENTIALS_FULL_URI=", "AWS_LAMBDA_INITIALIZATION_TYPE=snap-start")
                    .doesNotContain("AWS_ACCESS_KEY_ID", "AWS_LAMBDA_LOG_GROUP_NAME");
            assertThat(engine.all(EngineEvent.Snapshot.class)).hasSize(1);
            assertThat(engine.all(EngineEvent.Restored.class)).hasSize(1);
        }
    }

    @Test
    void takes_the_snapshot_of_a_runtime_without_hooks_in_its_first_next() throws Exception {
        try (Engine engine = Engine.start(USUAL.snapStart())) {
            assertThat(engine.get("/pieces?1*2*ok").body()).isEqualTo("ok");
            assertThat(engine.all(EngineEvent.Snapshot.class)).hasSize(1);
        }
    }

    @ParameterizedTest
    @CsvSource({"error,60000,Runtime.AfterRestoreError", "never,700,Sandbox.Timeout"})
    void fails_when_the_runtime_does_not_come_back(String how, int millis, String type) throws Exception {
        Map<String, String> hooks = Map.of("START", "hooks", "RESTORE", how);
        EngineLimits limits = Engine.PATIENT.withRestore(Duration.ofMillis(millis));
        try (Engine engine = Engine.start(USUAL.with(hooks).snapStart().with(limits))) {
            assertThat(engine.invoke("{}").failure().orElseThrow().type()).isEqualTo(type);
            assertThat(engine.all(EngineEvent.Started.class)).hasSize(1);
        }
    }

    @Test
    void throttles_when_every_environment_is_busy() throws Exception {
        try (Engine engine = Engine.start(USUAL.with(Engine.PATIENT.withEnvironments(1)));
                RawClient busy = engine.client()) {
            busy.send(Engine.request("/half"));
            busy.response(true);

            RawClient.Response throttled = engine.get("/pieces?1*2*ok");

            assertThat(throttled.status()).isEqualTo(429);
            assertThat(throttled.body()).contains("Rate Exceeded.");
        }
    }

    @Test
    void stops_the_process_while_it_waits() throws Exception {
        assumeTrue(Files.isDirectory(Path.of("/proc/self")));
        try (Engine engine = Engine.start(USUAL)) {
            engine.get("/pieces?1*2*ok");
            engine.awaitCount(EngineEvent.Frozen.class, 2); // at the start, and after the answer

            long pid = engine.await(EngineEvent.Started.class).pid();
            awaitStopped(Path.of("/proc/" + pid + "/status"));
            assertThat(engine.get("/pieces?1*2*ok").body()).isEqualTo("ok");
        }
    }

    /// A signal takes a moment to reach every thread.
    private static void awaitStopped(Path status) throws IOException {
        long end = System.nanoTime() + Duration.ofMinutes(4).toNanos();
        String seen = Files.readString(status);
        while (!seen.contains("State:\tT (stopped)")) {
            assertThat(System.nanoTime()).as("still not stopped: %s", seen).isLessThan(end);
            Thread.onSpinWait();
            seen = Files.readString(status);
        }
    }

    @Test
    void uses_the_first_warm_environment_again() throws Exception {
        try (Engine engine = Engine.start(USUAL)) {
            for (int i = 0; i < 5; i++) {
                assertThat(engine.get("/pieces?1*2*ok").body()).isEqualTo("ok");
            }
            assertThat(engine.all(EngineEvent.Started.class)).hasSize(1);
        }
    }

    @ParameterizedTest
    @CsvSource({"1,10", "5,50"})
    void fifty_streams_over_ten_environments_mix_no_byte(String perEnvironment, int clients) throws Exception {
        Engine.Choice choice = USUAL.with(Map.of("AWS_LAMBDA_MAX_CONCURRENCY", perEnvironment))
                .with(Engine.PATIENT.withEnvironments(10))
                .with(Duration.ofMinutes(3)); // the first waits until all ten are up
        try (Engine engine = Engine.start(choice).holdingDeliveries(10);
                ExecutorService threads = Executors.newFixedThreadPool(clients)) {
            List<Future<String>> streams = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                String word = String.format("<%02d>", i);
                streams.add(threads.submit(patient(engine, "/pieces?40*2048*" + word)));
            }
            for (int i = 0; i < 50; i++) {
                assertThat(streams.get(i).get())
                        .isEqualTo(String.format("<%02d>", i).repeat(40 * 512));
            }
            Set<Integer> used = new HashSet<>();
            engine.all(EngineEvent.Delivered.class).forEach(delivered -> used.add(delivered.environment()));
            assertThat(used).hasSize(10);
            assertThat(engine.all(EngineEvent.Refused.class)).isEmpty();
        }
    }

    /// A client that comes back when it is throttled, as the SDKs do.
    private static Callable<String> patient(Engine engine, String target) {
        return () -> {
            RawClient.Response answer = engine.get(target);
            while (answer.status() == 429) {
                Thread.onSpinWait();
                answer = engine.get(target);
            }
            return answer.body();
        };
    }

    @Test
    void survives_a_next_that_fails_as_an_exit() throws Exception {
        try (Engine engine = Engine.start(USUAL.with(Faults.NONE.withFailedNexts(1)))) {
            assertThat(engine.invoke("{}").failure().orElseThrow().type()).isEqualTo("Runtime.ExitError");
        }
    }

    @Test
    void breaks_events_and_answers_on_purpose() throws Exception {
        Faults faults = Faults.NONE
                .withEventBytes(1_000_000)
                .withCutAfter(2_000_000)
                .withNextDelay(Duration.ofMillis(1))
                .withReadPause(Duration.ofMillis(1))
                .withRepeatedIds();
        try (Engine engine = Engine.start(USUAL.with(faults))) {
            Invoked first = engine.invoke("{\"a\":1}");
            Invoked second = engine.invoke("{\"a\":1}");
            assertThat(first.payload()).hasSize(1_000_000);
            assertThat(second.requestId()).isEqualTo(first.requestId());
            try (RawClient client = engine.client()) {
                client.send(Engine.request("/pieces?40*65536*x"));
                assertThat(client.response(true).status()).isEqualTo(200);
                assertThat(client.rest()).doesNotContain("\r\n0\r\n");
            }
        }
    }
}
