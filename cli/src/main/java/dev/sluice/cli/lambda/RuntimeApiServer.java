package dev.sluice.cli.lambda;

import dev.sluice.core.ports.Time;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The Runtime API of one environment, on a port of loopback: accepts, and keeps what is open. One virtual thread per
/// connection. Thread-safe.
final class RuntimeApiServer implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(RuntimeApiServer.class.getName());
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final ServerSocket listener;
    private final RuntimeDesk desk;
    private final Time time;
    private final Set<RuntimeConnection> connections = ConcurrentHashMap.newKeySet();

    private RuntimeApiServer(ServerSocket listener, RuntimeDesk desk, Time time) {
        this.listener = listener;
        this.desk = desk;
        this.time = time;
    }

    static RuntimeApiServer open(RuntimeDesk desk, Time time) throws IOException {
        ServerSocket listener = new ServerSocket();
        try {
            listener.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0));
        } catch (IOException notPossible) {
            listener.close();
            throw notPossible;
        }
        RuntimeApiServer server = new RuntimeApiServer(listener, desk, time);
        Thread.ofVirtual().name("runtime-api").start(server::accept);
        return server;
    }

    int port() {
        return listener.getLocalPort();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                serve(listener.accept());
            } catch (IOException over) {
                LOG.log(System.Logger.Level.TRACE, "no connection accepted", over);
                pause();
            }
        }
    }

    /// Out of file descriptors, or closed: trying again at once would only burn the processor.
    private void pause() {
        try {
            time.sleep(listener.isClosed() ? Duration.ZERO : PAUSE);
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
    }

    private void serve(Socket socket) throws IOException {
        socket.setTcpNoDelay(true);
        RuntimeConnection connection = new RuntimeConnection(socket, desk);
        connections.add(connection);
        Thread.ofVirtual().name("runtime-connection").start(() -> {
            try {
                connection.run();
            } finally {
                connections.remove(connection);
                readerEnded();
            }
        });
        if (listener.isClosed()) {
            connection.close();
        }
    }

    /// Closes every connection but those that wait for what comes next.
    void closeAllButWaiting() {
        for (RuntimeConnection connection : connections) {
            if (!connection.isWaiting()) {
                connection.close();
            }
        }
    }

    private synchronized void readerEnded() {
        notifyAll();
    }

    /// Waits until no connection reads any more, at most that long.
    synchronized void awaitReaders(Duration limit) throws InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        while (!connections.stream().allMatch(RuntimeConnection::isWaiting)) {
            long millis = (end - System.nanoTime()) / 1_000_000;
            if (millis <= 0) {
                return;
            }
            wait(millis);
        }
    }

    /// Closes the listener and every connection.
    @Override
    public void close() {
        closeQuietly(listener);
        connections.forEach(RuntimeConnection::close);
    }

    static void closeQuietly(@Nullable AutoCloseable open) {
        try {
            if (open != null) {
                open.close();
            }
        } catch (Exception alreadyClosed) {
            LOG.log(System.Logger.Level.TRACE, "closing failed", alreadyClosed);
        }
    }
}
