package dev.sluice.cli.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cli.SystemTime;
import dev.sluice.function.LambdaMain;
import dev.sluice.testkit.secrets.FakeSecrets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/// What the gateway's function has open while it stands still in its snapshot, as the kernel sees it.
class SocketsInASnapshotTest {
    private final AtomicLong pid = new AtomicLong();
    private final List<String> open = new CopyOnWriteArrayList<>();
    private final List<String> printed = new CopyOnWriteArrayList<>();

    private void happened(EngineEvent event) {
        if (event instanceof EngineEvent.Started started) {
            pid.set(started.pid());
        } else if (event instanceof EngineEvent.Output output) {
            printed.add(output.line());
        }
    }

    private void look() {
        try (Stream<Path> descriptors = Files.list(Path.of("/proc", Long.toString(pid.get()), "fd"))) {
            for (Path descriptor : descriptors.toList()) {
                open.add(Files.readSymbolicLink(descriptor).toString());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void only_the_connection_that_waits_for_the_restore_is_open() throws Exception {
        try (FakeSecrets secrets = FakeSecrets.open()) {
            secrets.put("key", HexFormat.of().formatHex(new byte[32]));
            Map<String, String> environment = Map.of(
                    "SLUICE_TABLE", "nowhere",
                    "SLUICE_CREDENTIALS_SECRET", "creds",
                    "SLUICE_KEY_SECRET", "key",
                    "AWS_ENDPOINT_URL_DYNAMODB", "http://127.0.0.1:1",
                    "AWS_ENDPOINT_URL_SECRETS_MANAGER", secrets.endpoint().toString());
            FunctionSettings function = new FunctionSettings(
                    "sockets",
                    List.of(
                            Engine.java(),
                            "-XX:TieredStopAtLevel=1",
                            "-XX:+UseSerialGC",
                            "-Xmx160m",
                            "-cp",
                            System.getProperty("java.class.path"),
                            LambdaMain.class.getName()),
                    Path.of("").toAbsolutePath(),
                    LambdaMain.class.getName() + "::handleRequest",
                    environment,
                    512,
                    Duration.ofMinutes(1),
                    InitType.SNAP_START,
                    InvokeMode.RESPONSE_STREAM);
            EngineOptions options = EngineOptions.of(EngineLimits.DEFAULT, new SystemTime(), new Random(7))
                    .withEvents(this::happened)
                    .withAtSnapshot(this::look);
            try (LocalLambda lambda =
                    LocalLambda.start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), function, options)) {
                lambda.invoke("{\"version\":\"9\",\"rawPath\":\"/\"}".getBytes(StandardCharsets.UTF_8));
            }
        }
        assertThat(open).as("%s", printed).isNotEmpty();
        assertThat(open.stream().filter(target -> target.startsWith("socket:"))).hasSize(1);
        assertThat(printed).noneMatch(line -> line.contains("primed"));
    }
}
