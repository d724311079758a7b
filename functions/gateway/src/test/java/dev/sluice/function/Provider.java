package dev.sluice.function;

import dev.sluice.testkit.http.ScriptedPeer;
import dev.sluice.testkit.http.ScriptedServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;

/// A provider on loopback that speaks both dialects, whole and streamed, and keeps its connections.
public final class Provider implements AutoCloseable {
    private static final String CHAT = """
            {"id":"chatcmpl-up","object":"chat.completion","created":1,"model":"m","choices":[{"index":0,
            "message":{"role":"assistant","content":"Hello from upstream"},"finish_reason":"stop"}],
            "usage":{"prompt_tokens":5,"completion_tokens":3,"total_tokens":8}}""";
    private static final String CHAT_STREAM = """
            data: {"id":"chatcmpl-up","object":"chat.completion.chunk","created":1,"model":"m",\
            "choices":[{"index":0,"delta":{"role":"assistant","content":"Hello from upstream"},"finish_reason":null}]}

            data: {"id":"chatcmpl-up","object":"chat.completion.chunk","created":1,"model":"m",\
            "choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}

            data: [DONE]

            """;

    private final CountDownLatch closed = new CountDownLatch(1);
    private final ScriptedServer server;

    Provider() throws IOException {
        this.server = ScriptedServer.playing(this::serve);
    }

    private void serve(ScriptedPeer peer) throws IOException {
        try {
            for (String request = peer.readRequest(); !request.isEmpty(); request = peer.readRequest()) {
                boolean streamed = request.contains("\"stream\":true");
                String body = streamed ? CHAT_STREAM : CHAT;
                peer.send("HTTP/1.1 200 OK\r\ncontent-type: " + (streamed ? "text/event-stream" : "application/json")
                        + "\r\ncontent-length: " + body.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n" + body);
            }
        } finally {
            closed.countDown();
        }
    }

    /// As a configuration, with a credential of the store and one of the environment.
    public String config(String wildcard) {
        String one = """
                {"id": "%s", "endpoints": {"openai-chat": "%s"}, "credential": %s,
                 "allowPrivateNetwork": true, "models": ["%s"]}""";
        return "{\"version\": 1, \"providers\": ["
                + one.formatted("stored", server.uri("/v1"), "\"one\"", wildcard) + ","
                + one.formatted("variable", server.uri("/v1"), "{\"env\": \"PROVIDER_KEY\"}", wildcard) + "]}";
    }

    /// The authorization of each request, in order.
    public List<String> authorizations() {
        return server.requests().stream()
                .map(request -> request.lines()
                        .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("authorization: "))
                        .map(line -> line.substring("authorization: ".length()))
                        .findFirst()
                        .orElse(""))
                .toList();
    }

    /// Every request that came, head and body.
    public List<String> requests() {
        return server.requests();
    }

    /// Returns when the client has closed a connection.
    void awaitClosed() throws InterruptedException {
        closed.await();
    }

    @Override
    public void close() {
        server.close();
    }
}
