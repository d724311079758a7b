package dev.sluice.cli.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.cli.front.RawClient;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What an environment may not do, and how it is started ahead of time or a second time.
class EnvironmentBoundsTest {
    private static final Engine.Choice USUAL = Engine.Choice.usual();
    private static final Path SETPRIV = Path.of("/usr/bin/setpriv");

    @TempDir
    Path folder;

    @Test
    void kills_a_process_that_takes_more_memory_than_its_function_has() throws Exception {
        assumeTrue(Files.isReadable(Path.of("/proc/self/status")));
        List<String> command = Engine.streaming("-Xmx400m");
        try (Engine engine = Engine.start(command, folder, "unused", USUAL.withMegabytes(160))) {
            RawClient.Response killed = engine.get("/fill");

            assertThat(killed.status()).isEqualTo(502);
            assertThat(engine.await(EngineEvent.Ended.class).reason())
                    .startsWith("out of memory: ")
                    .endsWith(" of 160");
            InvocationFailure failure =
                    engine.await(EngineEvent.Answered.class).failure().orElseThrow();
            assertThat(failure.type()).isEqualTo("Runtime.ExitError");
            assertThat(new String(failure.payload(), StandardCharsets.UTF_8)).contains("signal: killed");
            assertThat(engine.get("/pieces?1*2*ok").body()).isEqualTo("ok");
        }
    }

    @Test
    void reads_what_a_process_holds_of_memory_from_the_kernels_report() {
        assertThat(MemoryWatch.kilobytes("Name:\tjava\nVmRSS:\t  123456 kB\nThreads:\t3\n"))
                .isEqualTo(123_456);
        assertThat(MemoryWatch.kilobytes("Name:\tjava\nState:\tZ (zombie)\n")).isNegative();
    }

    @Test
    void a_function_cannot_write_into_its_own_folder() throws Exception {
        try (TaskFolder task = TaskFolder.unpack(zip("lib/a.txt"), folder.resolve("task"))) {
            List<String> command = new ArrayList<>();
            if (Files.isWritable(task.root())) { // the superuser, for whom modes mean nothing
                assumeTrue(Files.isExecutable(SETPRIV));
                command.addAll(List.of(SETPRIV.toString(), "--bounding-set=-dac_override", "--inh-caps=-dac_override"));
            }
            command.addAll(Engine.streaming("-Xmx64m"));
            try (Engine engine = Engine.start(command, task.root(), "unused", USUAL)) {
                assertThat(engine.get("/write").body()).isEqualTo("false true");
            }
        }
    }

    @Test
    void an_unpacked_function_has_its_modes_but_no_right_to_write() throws Exception {
        Path root = folder.resolve("task");
        try (TaskFolder task = TaskFolder.unpack(zip("lib/a.txt"), root)) {
            assertThat(task.root()).isEqualTo(root);
            assertThat(mode(root)).isEqualTo("r-xr-xr-x");
            assertThat(mode(root.resolve("lib"))).isEqualTo("r-xr-xr-x");
            assertThat(mode(root.resolve("lib/a.txt"))).doesNotContain("w");
            assertThat(root.resolve("lib/a.txt")).hasContent("content");
        }
        assertThat(root).doesNotExist();
    }

    @Test
    void refuses_a_zip_that_leads_out_of_its_folder() throws Exception {
        Path zip = zip("../outside.txt");

        assertThatThrownBy(() -> TaskFolder.unpack(zip, folder.resolve("deep/task")))
                .isInstanceOf(IOException.class);
        try (Stream<Path> all = Files.walk(folder)) {
            assertThat(all).noneMatch(path -> path.endsWith("outside.txt"));
        }
    }

    private Path zip(String entry) throws IOException {
        Path zip = folder.resolve("function.zip");
        try (OutputStream file = Files.newOutputStream(zip);
                ZipOutputStream packed = new ZipOutputStream(file)) {
            packed.putNextEntry(new ZipEntry(entry));
            packed.write("content".getBytes(StandardCharsets.UTF_8));
        }
        return zip;
    }

    private static String mode(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    @Test
    void a_start_that_takes_too_long_is_done_again_within_the_invocation_that_waits_for_it() throws Exception {
        Map<String, String> second = Map.of("START", "second"); // the first never comes up
        EngineLimits limits = Engine.PATIENT.withInit(Duration.ofMillis(300));
        try (Engine engine = Engine.start(USUAL.with(second).with(limits))) {
            assertThat(engine.get("/pieces?1*2*ok").body()).isEqualTo("ok");

            assertThat(engine.all(EngineEvent.Started.class)).hasSize(2);
            assertThat(engine.await(EngineEvent.Ended.class).reason()).isEqualTo("Sandbox.Timeout");
        }
    }

    @Test
    void provisioned_environments_are_ready_before_anybody_calls_and_are_replaced_when_they_end() throws Exception {
        EngineLimits limits = Engine.PATIENT.withProvisioned(2);
        try (Engine engine = Engine.start(USUAL.with(InitType.PROVISIONED).with(limits))) {
            engine.awaitCount(EngineEvent.Provisioned.class, 2);

            assertThat(engine.get("/environment").body())
                    .contains("AWS_LAMBDA_INITIALIZATION_TYPE=provisioned-concurrency", "AWS_ACCESS_KEY_ID=ASIA");
            assertThat(engine.all(EngineEvent.Started.class)).hasSize(2);
            assertThat(engine.get("/exit").status()).isEqualTo(502);
            engine.awaitCount(EngineEvent.Provisioned.class, 3);
        }
    }

    @Test
    void what_comes_beyond_the_provisioned_environments_starts_on_demand() throws Exception {
        try (Engine engine = Engine.start(USUAL.with(InitType.PROVISIONED));
                RawClient busy = engine.client()) {
            engine.awaitCount(EngineEvent.Provisioned.class, 1);
            busy.send(Engine.request("/half"));
            busy.response(true);

            assertThat(engine.get("/environment").body()).contains("AWS_LAMBDA_INITIALIZATION_TYPE=on-demand");
        }
    }

    @Test
    void a_provisioned_environment_that_never_comes_up_is_not_tried_for_ever() throws Exception {
        try (Engine engine = Engine.start(USUAL.with(InitType.PROVISIONED).with(Map.of("START", "exit")))) {
            engine.await(EngineEvent.Ended.class);

            assertThat(engine.get("/").status()).isEqualTo(502);
            assertThat(engine.all(EngineEvent.Started.class))
                    .as("once ahead, and the usual two for the invocation")
                    .hasSize(3);
        }
    }

    @Test
    void an_environment_that_ends_as_soon_as_it_is_up_leaves_its_room_to_another() throws Exception {
        AtomicBoolean isKilled = new AtomicBoolean();
        try (Engine engine = Engine.start(USUAL.with(Engine.PATIENT.withEnvironments(1)))) {
            engine.hearing(event -> {
                if (event instanceof EngineEvent.Initialised && isKilled.compareAndSet(false, true)) {
                    killFirst(engine);
                }
            });
            assertThat(engine.get("/pieces?1*2*ok").status()).isEqualTo(502);
            assertThat(engine.get("/pieces?1*2*ok").body()).isEqualTo("ok");
        }
    }

    private static void killFirst(Engine engine) {
        try {
            long pid = engine.await(EngineEvent.Started.class).pid();
            ProcessHandle.of(pid).orElseThrow().destroyForcibly();
            engine.await(EngineEvent.Ended.class);
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
    }
}
