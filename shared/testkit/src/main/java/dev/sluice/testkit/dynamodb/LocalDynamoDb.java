package dev.sluice.testkit.dynamodb;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// DynamoDB Local on loopback, run as a child process on the JDK that the tests run on.
///
/// Nothing of it is on our class path: the system property `dynamodb.local` names the folder that the build has put its
/// jars into. Telemetry is off. One thread at a time.
public final class LocalDynamoDb implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long POLL_MILLIS = 20;

    private final int port = freePort();
    private final @Nullable Path directory;
    private final Path output;
    private @Nullable Process process;

    private LocalDynamoDb(@Nullable Path directory) {
        this.directory = directory;
        try {
            this.output = Files.createTempFile("dynamodb-local", ".log");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start();
    }

    /// A process that keeps everything in memory.
    public static LocalDynamoDb inMemory() {
        return new LocalDynamoDb(null);
    }

    /// A process that keeps everything in that folder: what was written is there again after a stop.
    public static LocalDynamoDb in(Path directory) {
        return new LocalDynamoDb(directory);
    }

    /// The endpoint for tests that need no process of their own: the one that the system property `dynamodb.endpoint`
    /// names, else one process for this JVM, ended with it.
    public static URI sharedEndpoint() {
        String given = System.getProperty("dynamodb.endpoint", "");
        return given.isBlank() ? Shared.PROCESS.endpoint() : URI.create(given);
    }

    /// Started when it is first asked for.
    private static final class Shared {
        static final LocalDynamoDb PROCESS = inMemory();

        static {
            Runtime.getRuntime().addShutdownHook(new Thread(PROCESS::close, "end DynamoDB Local"));
        }
    }

    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + port);
    }

    public int port() {
        return port;
    }

    /// Starts it, again after [#stop] on the same port; returns when it answers.
    public void start() {
        try {
            ProcessBuilder builder = new ProcessBuilder(command())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
            builder.environment().put("DDB_LOCAL_TELEMETRY", "0");
            Process started = builder.start();
            process = started;
            awaitAnswer(started);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while DynamoDB Local started", e);
        }
    }

    /// Kills it: what is in memory is lost.
    public void stop() {
        Process running = process;
        if (running != null) {
            running.destroyForcibly().onExit().join();
            process = null;
        }
    }

    @Override
    public void close() {
        stop();
        try {
            Files.deleteIfExists(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> command() {
        Path jars = jars();
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                jars.resolve("*").toString(),
                "com.amazonaws.services.dynamodbv2.local.main.ServerRunner",
                "-sharedDb",
                "-disableTelemetry",
                "-port",
                Integer.toString(port)));
        if (directory == null) {
            command.add("-inMemory");
        } else {
            command.addAll(List.of("-dbPath", directory.toString()));
        }
        return command;
    }

    private static Path jars() {
        String named = System.getProperty("dynamodb.local", "");
        if (named.isBlank() || !Files.isDirectory(Path.of(named))) {
            throw new IllegalStateException("No DynamoDB Local in '" + named
                    + "': the build of shared/dynamodb-local fetches it, and -Ddynamodb.local names the folder");
        }
        return Path.of(named);
    }

    private void awaitAnswer(Process started) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!answers()) {
            if (started.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException("DynamoDB Local ended by itself:\n" + output());
            }
            if (System.nanoTime() > end) {
                started.destroyForcibly();
                throw new IllegalStateException("DynamoDB Local does not answer:\n" + output());
            }
        }
    }

    /// Whether it speaks HTTP, whatever it says.
    private boolean answers() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(Math.toIntExact(PATIENCE.toMillis()));
            socket.getOutputStream()
                    .write("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            return socket.getInputStream().read() == 'H';
        } catch (IOException notYet) {
            return false;
        }
    }

    private String output() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            return "(its output cannot be read: " + e.getMessage() + ")";
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
