package dev.sluice.cli.tool.gate;

import dev.sluice.cli.Obstacle;
import dev.sluice.cli.Printable;
import dev.sluice.cli.tool.ModelChoice;
import dev.sluice.model.Dialect;
import dev.sluice.model.Json;
import dev.sluice.protocol.json.JsonText;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// A gateway at an address, asked as a tool would ask it.
public final class Gate {
    private static final int CONNECT_MS = 10_000;
    private static final int PATIENCE_MS = 120_000;
    private static final int LARGEST = 1 << 20;

    private final String url;
    private final String key;

    /// @param url without a slash at its end
    public Gate(String url, String key) {
        this.url = url;
        this.key = key;
    }

    /// How a request went.
    public sealed interface Verdict {
        record Passed() implements Verdict {}

        /// @param why with the gateway's own words, where it had some
        record Refused(String why) implements Verdict {
            /// Whether the gateway does not know the key, or not yet.
            public boolean isUnknownKey() {
                return why.startsWith(HttpURLConnection.HTTP_UNAUTHORIZED + ": ");
            }
        }
    }

    /// Sends the smallest request of the kind that a tool of that dialect sends: streamed, with a tool to call.
    public Verdict ask(Dialect dialect, String model) {
        return ask(dialect, model, PATIENCE_MS);
    }

    private Verdict ask(Dialect dialect, String model, int patienceMs) {
        GateRequest request = GateRequest.of(dialect, model);
        try {
            HttpURLConnection connection = open(request.path());
            connection.setReadTimeout(patienceMs);
            connection.setRequestMethod("POST");
            connection.setRequestProperty("Content-Type", "application/json");
            connection.setRequestProperty("Accept", "text/event-stream");
            connection.setRequestProperty("User-Agent", "sluice");
            connection.setRequestProperty(request.keyHeader(), request.keyPrefix() + key);
            if (dialect == Dialect.ANTHROPIC) {
                connection.setRequestProperty("anthropic-version", "2023-06-01");
            }
            connection.setDoOutput(true);
            connection.getOutputStream().write(request.bytes());
            return verdict(connection, dialect);
        } catch (IOException | IllegalArgumentException noAnswer) {
            return new Verdict.Refused("it does not answer: " + Obstacle.words(noAnswer));
        }
    }

    /// The same on a thread of its own, for who does not wait longer.
    public CompletableFuture<Verdict> asking(Dialect dialect, String model, Duration atMost) {
        return CompletableFuture.supplyAsync(
                () -> ask(dialect, model, Math.toIntExact(Math.max(0, atMost.toMillis())) + PATIENCE_MS),
                task -> Thread.ofVirtual().start(task));
    }

    /// Empty when it is not judged by then.
    public static Optional<Verdict> by(CompletableFuture<Verdict> verdict, Duration atMost) {
        try {
            return Optional.of(verdict.get(Math.max(0, atMost.toMillis()), TimeUnit.MILLISECONDS));
        } catch (TimeoutException late) {
            return Optional.empty();
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (ExecutionException failed) {
            throw new IllegalStateException(failed.getCause());
        }
    }

    private static Verdict verdict(HttpURLConnection connection, Dialect dialect) throws IOException {
        int status = connection.getResponseCode();
        if (status != 200) {
            return new Verdict.Refused(status + ": " + words(connection));
        }
        String type = connection.getContentType();
        if (type == null || !type.startsWith("text/event-stream")) {
            return new Verdict.Refused("it does not stream: is this a gateway of Sluice?");
        }
        GateStream stream = new GateStream(dialect);
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                stream.line(line);
            }
        }
        return stream.verdict();
    }

    /// What the gateway knows of a model; only its name when it does not say.
    public ModelChoice model(String ref) {
        try {
            String id = URLEncoder.encode(ref, StandardCharsets.UTF_8).replace("+", "%20");
            HttpURLConnection connection = open("/v1/models/" + id);
            // In this shape the list says how large a model is.
            connection.setRequestProperty("anthropic-version", "2023-06-01");
            connection.setRequestProperty("Authorization", "Bearer " + key);
            Json.Obj model = connection.getResponseCode() == 200 ? object(connection.getInputStream()) : null;
            return model == null
                    ? ModelChoice.unknown(ref)
                    : new ModelChoice(ref, model.whole("max_input_tokens"), model.whole("max_tokens"));
        } catch (IOException | IllegalArgumentException noAnswer) {
            return ModelChoice.unknown(ref);
        }
    }

    private HttpURLConnection open(String path) throws IOException {
        HttpURLConnection connection = connection(URI.create(url + path));
        connection.setConnectTimeout(CONNECT_MS);
        connection.setReadTimeout(PATIENCE_MS);
        connection.setInstanceFollowRedirects(false); // the key is for this address alone
        return connection;
    }

    private static HttpURLConnection connection(URI uri) throws IOException {
        boolean isLocal = "127.0.0.1".equals(uri.getHost()) || "localhost".equals(uri.getHost());
        return (HttpURLConnection)
                (isLocal
                        ? uri.toURL().openConnection(Proxy.NO_PROXY)
                        : uri.toURL().openConnection());
    }

    /// What the gateway said against it, in whichever dialect.
    private static String words(HttpURLConnection connection) throws IOException {
        Json.Obj body = object(connection.getErrorStream());
        Json error = body == null ? null : body.present("error");
        String message = error instanceof Json.Obj object ? object.text("message") : null;
        return Printable.of(message == null ? "it did not say why" : message);
    }

    private static Json.@Nullable Obj object(@Nullable InputStream stream) throws IOException {
        if (stream == null) {
            return null;
        }
        try (stream) {
            byte[] bytes = stream.readNBytes(LARGEST);
            return JsonText.objectOrNull(bytes, 0, bytes.length);
        }
    }
}
