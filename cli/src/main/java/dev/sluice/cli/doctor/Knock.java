package dev.sluice.cli.doctor;

import dev.sluice.cli.provider.Reach;
import dev.sluice.core.ports.Time;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/// One request to a gateway that asks for nothing that costs.
///
/// @param status 0: nobody answers
/// @param why nobody does, in words
/// @param ahead how far its clock is before this one's; empty: it does not say
record Knock(int status, String why, Duration took, Optional<Duration> ahead, boolean isSluice) {
    private static final int PATIENCE_MS = 30_000;

    static Knock at(String url, Optional<String> key, Time time) {
        long begin = time.nanos();
        try {
            URI uri = URI.create(url);
            boolean isLocal = isLoopback(uri);
            HttpURLConnection connection = (HttpURLConnection)
                    (isLocal
                            ? uri.toURL().openConnection(Proxy.NO_PROXY)
                            : uri.toURL().openConnection());
            connection.setConnectTimeout(PATIENCE_MS);
            connection.setReadTimeout(PATIENCE_MS);
            connection.setInstanceFollowRedirects(false); // the key is for this address alone
            key.ifPresent(secret -> connection.setRequestProperty("Authorization", "Bearer " + secret));
            int status = connection.getResponseCode();
            Duration took = Duration.ofNanos(time.nanos() - begin);
            Optional<Duration> ahead = Reach.ahead(Optional.ofNullable(connection.getHeaderField("date")), time.now());
            boolean isSluice = connection.getHeaderField("x-sluice-request-id") != null;
            connection.disconnect();
            return new Knock(status, "", took, ahead, isSluice);
        } catch (IOException | IllegalArgumentException | ClassCastException broken) {
            String words = broken.getMessage() == null ? broken.getClass().getSimpleName() : broken.getMessage();
            return new Knock(0, words, Duration.ofNanos(time.nanos() - begin), Optional.empty(), false);
        }
    }

    static boolean isLoopback(URI uri) {
        String host = uri.getHost();
        return "127.0.0.1".equals(host) || "localhost".equals(host) || "[::1]".equals(host);
    }
}
