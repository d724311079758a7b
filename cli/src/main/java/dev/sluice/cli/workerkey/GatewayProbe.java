package dev.sluice.cli.workerkey;

import dev.sluice.core.ports.KeyProbe;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;

/// Asks a gateway for its list of models with a key.
public final class GatewayProbe implements KeyProbe {
    private static final int PATIENCE_MS = 20_000;
    private static final int LARGEST = 8 * 1024 * 1024;

    private final String url;

    /// @param url of the gateway, without a slash at its end
    public GatewayProbe(String url) {
        this.url = url;
    }

    @Override
    public Verdict ask(String key) {
        try {
            int status = status(key);
            return switch (status) {
                case 200 -> new Verdict.Accepted();
                case 401 -> new Verdict.Refused();
                default -> new Verdict.Unclear(url + " answers " + status);
            };
        } catch (IOException | IllegalArgumentException notAsked) {
            return new Verdict.Unclear(
                    url + " does not answer: " + notAsked.getClass().getSimpleName());
        }
    }

    private int status(String key) throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) URI.create(url + "/v1/models").toURL().openConnection();
        try {
            connection.setConnectTimeout(PATIENCE_MS);
            connection.setReadTimeout(PATIENCE_MS);
            connection.setInstanceFollowRedirects(false); // the key is for this address alone
            connection.setUseCaches(false);
            connection.setRequestProperty("Authorization", "Bearer " + key);
            int status = connection.getResponseCode();
            try (InputStream body = status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
                if (body != null) {
                    body.readNBytes(LARGEST);
                }
            }
            return status;
        } finally {
            connection.disconnect();
        }
    }
}
