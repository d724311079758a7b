package dev.sluice.aws.owner;

import dev.sluice.testkit.http.ScriptedPeer;
import dev.sluice.testkit.http.ScriptedServer;
import dev.sluice.testkit.secrets.FakeSecretsManager;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;

/// Passes calls on to a fake; before the first of one kind somebody else is faster.
final class RacingSecret implements AutoCloseable {
    private final ScriptedServer server;

    private RacingSecret(ScriptedServer server) {
        this.server = server;
    }

    static RacingSecret before(FakeSecretsManager secrets, String operation, Runnable other) throws IOException {
        AtomicBoolean raced = new AtomicBoolean();
        return new RacingSecret(ScriptedServer.playing(peer -> {
            String request = peer.readRequest();
            if (request.contains("." + operation) && raced.compareAndSet(false, true)) {
                other.run();
            }
            pass(request, secrets.endpoint(), peer);
        }));
    }

    private static void pass(String request, URI to, ScriptedPeer peer) throws IOException {
        try (Socket socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), to.getPort())) {
            OutputStream out = socket.getOutputStream();
            out.write(request.getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
            socket.shutdownOutput();
            peer.send(socket.getInputStream().readAllBytes());
        }
    }

    URI endpoint() {
        return server.uri("");
    }

    @Override
    public void close() {
        server.close();
    }
}
