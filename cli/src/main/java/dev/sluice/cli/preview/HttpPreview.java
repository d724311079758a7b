package dev.sluice.cli.preview;

import dev.sluice.cli.CommandFailure;
import dev.sluice.cli.Obstacle;
import dev.sluice.model.Json;
import dev.sluice.protocol.json.JsonText;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.MalformedURLException;
import java.net.URI;
import java.util.Optional;

/// Asks a gateway over HTTP, with its owner's key.
public final class HttpPreview implements Preview {
    private static final int PATIENCE_MS = 30_000;
    private static final int LARGEST = 8 * 1024 * 1024;

    private final String url;
    private final Optional<String> key;

    /// @param url of the gateway, `http://HOST:PORT`
    public HttpPreview(String url, Optional<String> key) {
        this.url = url;
        this.key = key;
    }

    @Override
    public Told of(Question question) {
        HttpURLConnection connection = connection(question);
        try {
            connection.setRequestMethod(PreviewQuery.method(question));
            connection.setConnectTimeout(PATIENCE_MS);
            connection.setReadTimeout(PATIENCE_MS);
            connection.setInstanceFollowRedirects(false); // the key is for this address alone
            key.ifPresent(secret -> connection.setRequestProperty("Authorization", "Bearer " + secret));
            if (question.request() != null) {
                connection.setRequestProperty("Content-Type", "application/json");
                connection.setDoOutput(true);
                connection.getOutputStream().write(PreviewQuery.body(question));
            }
            return told(connection);
        } catch (IOException broken) {
            throw CommandFailure.failed(url + " does not answer: " + Obstacle.words(broken));
        } catch (IllegalArgumentException noHeader) {
            throw CommandFailure.usage("--key: no header can carry this key");
        } finally {
            connection.disconnect();
        }
    }

    private HttpURLConnection connection(Question question) {
        String base = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
        try {
            URI uri = URI.create(base + PATH + "?" + PreviewQuery.query(question));
            if (uri.getHost() != null && uri.toURL().openConnection() instanceof HttpURLConnection connection) {
                return connection;
            }
            throw noUrl();
        } catch (IllegalArgumentException | MalformedURLException wrong) {
            throw noUrl();
        } catch (IOException broken) {
            throw CommandFailure.failed(url + " cannot be reached: " + broken.getMessage());
        }
    }

    private CommandFailure noUrl() {
        return CommandFailure.usage("--url is the gateway's address, such as http://127.0.0.1:8787, not " + url);
    }

    private static Told told(HttpURLConnection connection) throws IOException {
        int status = connection.getResponseCode();
        try (InputStream body = status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
            byte[] bytes = body == null ? new byte[0] : body.readNBytes(LARGEST);
            Json.Obj document = JsonText.objectOrNull(bytes, 0, bytes.length);
            return new Told(status, document == null ? Json.Obj.EMPTY : document);
        }
    }
}
