package dev.sluice.aws.http;

import java.net.http.HttpClient;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/// The HTTP client in use. `java.net.http` fixes the connect time-out per client, and a configuration has one for all
/// calls: a change of it makes a new client, the one before ends with its last call.
final class ClientPool {
    private static final System.Logger LOG = System.getLogger(ClientPool.class.getName());

    /// How long a closing client may take to let go of its sockets.
    private static final Duration FAREWELL = Duration.ofSeconds(1);

    private final @Nullable SSLContext trust;
    private volatile @Nullable Current current;

    ClientPool() {
        this(null);
    }

    /// @param trust null: the JDK's own
    ClientPool(@Nullable SSLContext trust) {
        this.trust = trust;
    }

    private record Current(Duration connect, HttpClient client) {}

    HttpClient of(Duration connect) {
        Current here = current;
        return here != null && here.connect.equals(connect) ? here.client : replace(connect);
    }

    private synchronized HttpClient replace(Duration connect) {
        Current before = current;
        if (before != null && before.connect.equals(connect)) {
            return before.client;
        }
        Current made = open(connect);
        current = made;
        if (before != null) {
            before.client.shutdown();
        }
        return made.client;
    }

    /// The client's tasks run where they arise, on its selector's thread and the caller's. A hop to another thread for each
    /// of them costs as much as all the rest of a stream (docs/benchmarks.md). What it asks in return: nothing that
    /// blocks or takes long may run in a subscriber of ours, and a call is begun on a thread that may wait for a lookup.
    private Current open(Duration connect) {
        ClientSettings.apply();
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(connect)
                .executor(Runnable::run);
        return new Current(
                connect,
                trust == null ? builder.build() : builder.sslContext(trust).build());
    }

    /// Drops the client with its sockets and what runs on them; the next call makes a new one.
    synchronized void reset() {
        Current before = current;
        current = null;
        if (before != null) {
            before.client.shutdownNow();
        }
    }

    /// As [#reset], and returns when the sockets are closed: a snapshot may be taken next.
    void close() {
        Current before = current;
        reset();
        try {
            if (before != null && !before.client.awaitTermination(FAREWELL)) {
                LOG.log(System.Logger.Level.DEBUG, "a closing client still holds its sockets");
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }
}
