package dev.sluice.aws.http;

import java.net.http.HttpClient;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The HTTP client in use. `java.net.http` fixes the connect time-out per client, and a configuration has one for all
/// calls: a change of it makes a new client, the one before ends with its last call.
final class ClientPool {
    private volatile @Nullable Current current;

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
    private static Current open(Duration connect) {
        ClientSettings.apply();
        HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(connect)
                .executor(Runnable::run)
                .build();
        return new Current(connect, client);
    }

    /// Drops the client with its sockets and what runs on them; the next call makes a new one.
    synchronized void reset() {
        Current before = current;
        current = null;
        if (before != null) {
            before.client.shutdownNow();
        }
    }
}
