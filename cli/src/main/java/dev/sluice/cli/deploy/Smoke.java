package dev.sluice.cli.deploy;

import dev.sluice.cli.Obstacle;
import dev.sluice.core.ports.Time;
import dev.sluice.model.Json;
import dev.sluice.protocol.json.JsonText;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Tries a running gateway out as its clients would: is it alive, does it refuse strangers, does the demo model stream in
/// both dialects. Costs nothing: the demo model is the gateway's own.
///
/// The same for a deployed one and for `sluice start`. A check that fails is a value; nothing is thrown.
public final class Smoke {
    private static final int PATIENCE_MS = 60_000;
    private static final int LARGEST = 1024 * 1024;
    private static final String WRONG = "slc_this-key-was-made-up-for-a-smoke-test";

    private final String base;
    private final String key;
    private final Time time;

    /// @param base of the gateway, `https://HOST`
    public Smoke(URI base, String key, Time time) {
        String text = base.toString();
        this.base = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
        this.key = key;
        this.time = time;
    }

    /// All checks, in order.
    public List<Check> run() {
        return List.of(
                check("health", this::health),
                check("no key is refused", () -> refused(null)),
                check("a wrong key is refused", () -> refused(WRONG)),
                check("OpenAI Chat streams", this::chat),
                check("Anthropic Messages streams", this::messages));
    }

    private interface Trial {
        Seen of() throws IOException;
    }

    private record Seen(boolean passed, String detail) {}

    private Check check(String name, Trial trial) {
        long start = time.nanos();
        Seen seen;
        try {
            seen = trial.of();
        } catch (IOException broken) {
            seen = new Seen(false, "no answer: " + reason(broken));
        }
        return new Check(name, seen.passed(), seen.detail(), Duration.ofNanos(time.nanos() - start));
    }

    /// An exception's message may quote the address alone.
    private static String reason(IOException broken) {
        return Obstacle.words(broken).lines().findFirst().orElse("");
    }

    private Seen health() throws IOException {
        HttpURLConnection connection = connection("/health", Map.of());
        int status = connection.getResponseCode();
        connection.disconnect();
        return new Seen(status == 200, "status " + status);
    }

    private Seen refused(@Nullable String wrong) throws IOException {
        HttpURLConnection connection = connection(
                "/v1/chat/completions", wrong == null ? Map.of() : Map.of("Authorization", "Bearer " + wrong));
        post(connection, chatBody());
        int status = connection.getResponseCode();
        connection.disconnect();
        return new Seen(status == 401, "status " + status);
    }

    private Seen chat() throws IOException {
        HttpURLConnection connection = connection("/v1/chat/completions", Map.of("Authorization", "Bearer " + key));
        post(connection, chatBody());
        return streamed(connection, "data: [DONE]");
    }

    private static Json chatBody() {
        return Json.object()
                .put("model", "demo/demo")
                .put("stream", true)
                .put("messages", question())
                .build();
    }

    private Seen messages() throws IOException {
        HttpURLConnection connection =
                connection("/v1/messages", Map.of("x-api-key", key, "anthropic-version", "2023-06-01"));
        post(
                connection,
                Json.object()
                        .put("model", "demo/demo")
                        .put("max_tokens", 256)
                        .put("stream", true)
                        .put("messages", question())
                        .build());
        return streamed(connection, "event: message_stop");
    }

    private static Json question() {
        return Json.Arr.of(Json.object()
                .put("role", "user")
                .put("content", "Say in a few words that the gateway streams.")
                .build());
    }

    private HttpURLConnection connection(String path, Map<String, String> headers) throws IOException {
        URLConnection opened = URI.create(base + path).toURL().openConnection();
        if (!(opened instanceof HttpURLConnection connection)) {
            throw new IOException("this is no address of HTTP");
        }
        connection.setConnectTimeout(PATIENCE_MS);
        connection.setReadTimeout(PATIENCE_MS);
        connection.setInstanceFollowRedirects(false); // the key is for this address alone
        headers.forEach(connection::setRequestProperty);
        return connection;
    }

    private static void post(HttpURLConnection connection, Json body) throws IOException {
        connection.setRequestMethod("POST");
        connection.setRequestProperty("Content-Type", "application/json");
        connection.setDoOutput(true);
        connection.getOutputStream().write(JsonText.bytes(body));
    }

    /// What came of a stream, and when.
    ///
    /// @param gap the longest silence between two pieces
    private record Read(String text, int pieces, Duration first, Duration all, Duration gap) {}

    private Seen streamed(HttpURLConnection connection, String end) throws IOException {
        long start = time.nanos();
        int status = connection.getResponseCode();
        if (status != 200) {
            connection.disconnect();
            return new Seen(false, "status " + status);
        }
        boolean isWhole = connection.getContentLengthLong() >= 0;
        Read read;
        try (InputStream body = connection.getInputStream()) {
            read = read(body, start);
        }
        long events =
                read.text().lines().filter(line -> line.startsWith("data:")).count();
        String spaced = events + " events in " + read.pieces() + " pieces, the first after "
                + Steps.shown(read.first()) + ", the last after " + Steps.shown(read.all()) + ", at most "
                + Steps.shown(read.gap()) + " apart";
        boolean ended = read.text().lines().anyMatch(end::equals);
        if (!ended) {
            return new Seen(false, "the stream ended without " + end + "; " + spaced);
        }
        // the demo writes fast, so silences prove nothing; who knows the length has waited for the end
        return isWhole
                ? new Seen(false, "it came whole, with its length: something on the way keeps streams back; " + spaced)
                : new Seen(events > 2, spaced);
    }

    private Read read(InputStream body, long start) throws IOException {
        StringBuilder text = new StringBuilder();
        byte[] buffer = new byte[16 * 1024];
        int pieces = 0;
        long first = 0;
        long before = start;
        long gap = 0;
        for (int size = body.read(buffer); size >= 0 && text.length() < LARGEST; size = body.read(buffer)) {
            long now = time.nanos();
            if (pieces++ == 0) {
                first = now - start;
            } else {
                gap = Math.max(gap, now - before);
            }
            before = now;
            text.append(new String(buffer, 0, size, StandardCharsets.UTF_8));
        }
        return new Read(
                text.toString(),
                pieces,
                Duration.ofNanos(first),
                Duration.ofNanos(before - start),
                Duration.ofNanos(gap));
    }
}
