package dev.sluice.rotation;

import dev.sluice.aws.dynamodb.DynamoStore;
import dev.sluice.core.access.KeyHash;
import dev.sluice.core.access.KeyRecord;
import dev.sluice.core.ports.Registry.Reading;
import dev.sluice.core.ports.Time;
import dev.sluice.testkit.http.ScriptedPeer;
import dev.sluice.testkit.http.ScriptedServer;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// The deployed gateway, as far as a key's being let in goes: it knows the keys of the table.
final class FakeGateway implements AutoCloseable {
    private final DynamoStore store;
    private final KeyHash hashes;
    private final Time time;
    private final Deque<Integer> first = new ArrayDeque<>();
    private final ScriptedServer server;

    FakeGateway(DynamoStore store, KeyHash hashes, Time time) throws IOException {
        this.store = store;
        this.hashes = hashes;
        this.time = time;
        this.server = ScriptedServer.playing(this::serve);
    }

    String url() {
        return server.uri("").toString();
    }

    /// The next calls are answered like this, one each.
    void answersFirst(List<Integer> statuses) {
        first.addAll(statuses);
    }

    List<String> requests() {
        return server.requests();
    }

    private void serve(ScriptedPeer peer) throws IOException {
        for (String request = peer.readRequest(); !request.isEmpty(); request = peer.readRequest()) {
            Integer given = first.poll();
            int status = given == null ? status(request) : given;
            peer.send("HTTP/1.1 " + status + " Status\r\nlocation: " + server.uri("/elsewhere")
                    + "\r\ncontent-length: 2\r\n\r\n{}");
        }
    }

    private int status(String request) {
        String start = "authorization: bearer ";
        int from = request.toLowerCase(Locale.ROOT).indexOf(start);
        String key = from < 0 ? "" : request.substring(from + start.length(), request.indexOf("\r\n", from));
        return knows(key) ? 200 : 401;
    }

    boolean knows(String key) {
        String hash = hashes.of(key);
        KeyRecord known =
                store.registry().read(Set.of(hash)) instanceof Reading.Known(var _, var found) ? found.get(hash) : null;
        return known != null && known.isValid(time.now());
    }

    @Override
    public void close() {
        server.close();
    }
}
