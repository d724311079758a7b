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
    private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");

    private final @Nullable Path directory;
    private final Path output;
    private int port = freePort();
    private @Nullable Process process;

    private LocalDynamoDb(@Nullable Path directory) {
        this.directory = directory;
        try {
            this.output = Files.createTempFile("dynamodb-local", ".log");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        long end = end();
        while (!hasStarted(end)) {
            port = freePort();
        }
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

    /// Has nothing of that table deleted because it has expired. DynamoDB Local does that within a second and by the
    /// machine's clock, for which every date of a test is over one day.
    ///
    /// @param table one that lets items expire by their attribute `ttl`
    public static void keepExpired(URI endpoint, String table) {
        String body = "{\"TableName\":\"" + table
                + "\",\"TimeToLiveSpecification\":{\"AttributeName\":\"ttl\",\"Enabled\":false}}";
        String answer;
        try {
            answer = asked(
                    endpoint,
                    "POST / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                            + "X-Amz-Target: DynamoDB_20120810.UpdateTimeToLive\r\nContent-Type: application/x-amz-json-1.0\r\n"
                            + "Authorization: AWS4-HMAC-SHA256 Credential=test/20261121/us-east-1/dynamodb/aws4_request,"
                            + " SignedHeaders=host;x-amz-date;x-amz-target, Signature=" + "0".repeat(64)
                            + "\r\nX-Amz-Date: 20261121T000000Z\r\nContent-Length: " + body.length() + "\r\n\r\n"
                            + body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (!answer.startsWith("HTTP/1.1 200")) {
            throw new IllegalStateException("items would still expire: " + answer);
        }
    }

    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + port);
    }

    public int port() {
        return port;
    }

    /// Starts it again after [#stop], on the same port; returns when it answers.
    public void start() {
        long end = end();
        while (!hasStarted(end)) {
            // until who has the port meanwhile lets it go
        }
    }

    private static long end() {
        return System.nanoTime() + PATIENCE.toNanos();
    }

    /// False: the port is another's. A free one is only known to have been free, and what was let go may be taken.
    private boolean hasStarted(long end) {
        try {
            Files.write(output, new byte[0]);
            ProcessBuilder builder = new ProcessBuilder(command())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
            builder.environment().put("DDB_LOCAL_TELEMETRY", "0");
            Process started = builder.start();
            process = started;
            return isAnswering(started, end);
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

    /// Waits until it does; false: it has ended, for its port is another's.
    private boolean isAnswering(Process started, long end) throws InterruptedException {
        while (!answers()) {
            boolean isLate = System.nanoTime() > end;
            if (started.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
                if (isLate || !output().contains("Failed to bind")) {
                    throw new IllegalStateException("DynamoDB Local ended by itself:\n" + output());
                }
                return false;
            }
            if (isLate) {
                started.destroyForcibly();
                throw new IllegalStateException("DynamoDB Local does not answer:\n" + output());
            }
        }
        return true;
    }

    /// Whether what listens there speaks as AWS does, whatever it says.
    private boolean answers() {
        try {
            return asked(endpoint(), "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                    .contains("x-amzn-");
        } catch (IOException notYet) {
            return false;
        }
    }

    /// The whole answer to a request that has its connection closed.
    private static String asked(URI endpoint, String request) throws IOException {
        try (Socket socket = new Socket(endpoint.getHost(), endpoint.getPort())) {
            socket.setSoTimeout(Math.toIntExact(PATIENCE.toMillis()));
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
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
        try (ServerSocket socket = new ServerSocket(0, 1, LOOPBACK)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
