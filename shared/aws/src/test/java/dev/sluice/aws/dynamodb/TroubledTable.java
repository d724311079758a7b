package dev.sluice.aws.dynamodb;

import dev.sluice.testkit.http.ScriptedPeer;
import dev.sluice.testkit.http.ScriptedServer;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

/// A way to DynamoDB Local that makes trouble when told.
final class TroubledTable implements AutoCloseable {
    private static final String THROTTLED =
            "{\"__type\":\"com.amazon.coral.availability#ThrottlingException\",\"message\":\"Rate exceeded\"}";

    private final URI backend;
    private final ScriptedServer server;
    private final AtomicInteger count = new AtomicInteger();
    private volatile Trouble trouble = Trouble.NONE;

    enum Trouble {
        NONE,
        /// Everything is carried out, nothing is answered.
        LATE,
        /// Nothing is carried out.
        THROTTLED,
        /// Of every two calls that are carried out, one is not answered: its connection is reset.
        RESETS
    }

    TroubledTable(URI backend) throws IOException {
        this.backend = backend;
        this.server = ScriptedServer.playing(this::serve);
    }

    URI endpoint() {
        return server.uri("");
    }

    void has(Trouble other) {
        trouble = other;
    }

    private void serve(ScriptedPeer peer) throws IOException {
        for (String request = peer.readRequest(); !request.isEmpty(); request = peer.readRequest()) {
            switch (trouble) {
                case NONE -> peer.send(carriedOut(request));
                case LATE -> {
                    carriedOut(request);
                    peer.awaitClose();
                    return;
                }
                case THROTTLED ->
                    peer.send("HTTP/1.1 400 Bad Request\r\nContent-Type: application/x-amz-json-1.0\r\nContent-Length: "
                            + THROTTLED.length() + "\r\n\r\n" + THROTTLED);
                case RESETS -> {
                    byte[] answer = carriedOut(request);
                    if (count.getAndIncrement() % 2 == 0) {
                        peer.reset();
                        return;
                    }
                    peer.send(answer);
                }
            }
        }
    }

    private byte[] carriedOut(String request) throws IOException {
        try (Socket socket = new Socket(backend.getHost(), backend.getPort())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            InputStream in = new BufferedInputStream(socket.getInputStream());
            StringBuilder head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
                int octet = in.read();
                if (octet < 0) {
                    throw new EOFException("the table has not answered");
                }
                head.append((char) octet);
            }
            byte[] body = in.readNBytes(length(head.toString().toLowerCase(Locale.ROOT)));
            return (head + new String(body, StandardCharsets.ISO_8859_1)).getBytes(StandardCharsets.ISO_8859_1);
        }
    }

    private static int length(String head) {
        int from = head.indexOf("content-length:") + "content-length:".length();
        return Integer.parseInt(head.substring(from, head.indexOf("\r\n", from)).strip());
    }

    @Override
    public void close() {
        server.close();
    }
}
