package dev.sluice.cli.control;

import dev.sluice.cli.CommandFailure;
import dev.sluice.cli.store.DataDirectory;
import dev.sluice.model.Json;
import dev.sluice.protocol.json.JsonText;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.util.Optional;

/// Asks the running `start`.
final class ControlClient {
    private static final int PATIENCE_MS = 30_000;
    private static final int STREAM_PATIENCE_MS = 16 * 60_000;

    private final ControlFile file;

    private ControlClient(ControlFile file) {
        this.file = file;
    }

    /// The running `start` of that folder; empty when none runs and the file is a crash's leftover.
    static Optional<ControlClient> find(DataDirectory directory) {
        return ControlFile.read(directory.control())
                .filter(file ->
                        ProcessHandle.of(file.pid()).map(ProcessHandle::isAlive).orElse(false))
                .map(ControlClient::new)
                .filter(ControlClient::answers);
    }

    static ControlClient of(ControlFile file) {
        return new ControlClient(file);
    }

    private boolean answers() {
        return ping().isPresent();
    }

    /// What the running `start` says of itself; empty: nobody is there.
    Optional<Json.Obj> ping() {
        try {
            Reply reply = post(Json.object().put("op", "ping").build());
            return reply.status() == 200 ? Optional.of(reply.body()) : Optional.empty();
        } catch (IOException nobodyThere) {
            return Optional.empty();
        }
    }

    /// What `start` answers; its refusal ends this command with the same words.
    Json.Obj ask(Json.Obj question) {
        try {
            Reply reply = post(question);
            if (reply.status() == 200) {
                return reply.body();
            }
            throw CommandFailure.failed(reply.body().text("error", "the running start answered " + reply.status()));
        } catch (ConnectException gone) {
            throw CommandFailure.failed("the running start has ended: try again");
        } catch (IOException broken) {
            throw CommandFailure.failed("the running start did not answer: " + broken.getMessage());
        }
    }

    /// What `start` answers to that, as it comes; it may be silent for as long as a function may run.
    InputStream stream(Json.Obj question) throws IOException {
        HttpURLConnection connection = open(question, STREAM_PATIENCE_MS);
        if (connection.getResponseCode() != 200) {
            Reply refused = reply(connection);
            throw CommandFailure.failed(refused.body().text("error", "the running start answered " + refused.status()));
        }
        return connection.getInputStream();
    }

    private Reply post(Json.Obj question) throws IOException {
        HttpURLConnection connection = open(question, PATIENCE_MS);
        try {
            return reply(connection);
        } finally {
            connection.disconnect();
        }
    }

    private HttpURLConnection open(Json.Obj question, int patienceMs) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) URI.create("http://" + file.address() + ControlServer.PATH)
                .toURL()
                .openConnection(Proxy.NO_PROXY);
        connection.setRequestMethod("POST");
        connection.setConnectTimeout(PATIENCE_MS);
        connection.setReadTimeout(patienceMs);
        connection.setInstanceFollowRedirects(false);
        connection.setRequestProperty("Content-Type", "application/json");
        connection.setRequestProperty("Authorization", "Bearer " + file.token());
        connection.setDoOutput(true);
        connection.getOutputStream().write(JsonText.bytes(question));
        return connection;
    }

    private static Reply reply(HttpURLConnection connection) throws IOException {
        int status = connection.getResponseCode();
        try (InputStream body = status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
            byte[] bytes = body == null ? new byte[0] : body.readAllBytes();
            Json.Obj object = JsonText.objectOrNull(bytes, 0, bytes.length);
            return new Reply(status, object == null ? Json.Obj.EMPTY : object);
        }
    }

    private record Reply(int status, Json.Obj body) {}
}
