package dev.sluice.cli.function;

import dev.sluice.cli.CommandFailure;
import dev.sluice.cli.lambda.ChildProcess;
import dev.sluice.cli.lambda.Signals;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// DynamoDB Local as a child process, which ends with this one, however that ends. What is written is kept in a folder.
///
/// It listens on every address of the machine, asks for no signature, and lets web pages call; there is no option against
/// the first two. But it has a database of its own for each access key: who does not know the owner's, which is random,
/// finds an empty one.
final class DynamoDbLocal implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration POLL = Duration.ofMillis(20);
    private static final Duration LAST_WRITES = Duration.ofSeconds(5);
    private static final String NOBODY = "nobody.invalid";

    private final Signals signals;
    private final ChildProcess process;
    private final int port;

    private DynamoDbLocal(Signals signals, ChildProcess process, int port) {
        this.signals = signals;
        this.process = process;
        this.port = port;
    }

    /// Starts it; returns when it answers.
    static DynamoDbLocal start(Path jars, Path data) {
        Lines lines = new Lines();
        try {
            Files.createDirectories(data);
            int port = freePort();
            Signals signals = Signals.open();
            ChildProcess process = ChildProcess.start(
                    command(jars, data, port), data, Map.of("DDB_LOCAL_TELEMETRY", "0"), signals, lines::add);
            DynamoDbLocal started = new DynamoDbLocal(signals, process, port);
            started.awaitAnswer(lines);
            return started;
        } catch (IOException notPossible) {
            throw CommandFailure.failed("DynamoDB Local cannot be started: " + notPossible.getMessage());
        }
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + port);
    }

    private static List<String> command(Path jars, Path data, int port) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                jars.resolve("*").toString(),
                "com.amazonaws.services.dynamodbv2.local.main.ServerRunner",
                "-disableTelemetry",
                "-cors",
                NOBODY,
                "-port",
                Integer.toString(port),
                "-dbPath",
                data.toString());
    }

    private void awaitAnswer(Lines lines) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        try {
            while (!answers()) {
                boolean hasEnded = process.awaitEnd(POLL);
                if (hasEnded) {
                    process.awaitOutput(LAST_WRITES); // its last words; closing would throw them away
                }
                if (hasEnded || System.nanoTime() > end) {
                    close();
                    throw CommandFailure.failed("DynamoDB Local does not answer: " + lines.last());
                }
            }
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
            close();
            throw CommandFailure.failed("interrupted while DynamoDB Local started");
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

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /// It has answered writes that it keeps a moment later: killed at once, it would lose them.
    @Override
    public void close() {
        process.askToEnd();
        try {
            boolean _ = process.awaitEnd(LAST_WRITES);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
        process.kill();
        signals.close();
    }

    /// The last that it printed.
    private static final class Lines {
        private String last = "it printed nothing";

        synchronized void add(String line) {
            if (!line.isBlank()) {
                last = line;
            }
        }

        synchronized String last() {
            return last;
        }
    }
}
