package dev.sluice.cli.lambda;

import dev.sluice.testkit.http.ScriptedPeer;
import dev.sluice.testkit.http.ScriptedServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/// A provider on loopback that is told by the prompt what becomes of the answer; a streamed answer repeats its own prompt,
/// and nothing else, in every event.
final class PromptedProvider implements AutoCloseable {
    static final int PIECES = 40;
    private static final String HEAD =
            "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n";

    private final CountDownLatch together;
    private final CountDownLatch gate = new CountDownLatch(1);
    private final ScriptedServer server;

    /// @param together so many streams of the prompt `together...` must be open before any goes on
    PromptedProvider(int together) throws IOException {
        this.together = new CountDownLatch(together);
        this.server = ScriptedServer.playing(this::serve);
    }

    private void serve(ScriptedPeer peer) throws IOException, InterruptedException {
        for (String request = peer.readRequest(); !request.isEmpty(); request = peer.readRequest()) {
            String prompt = between(request, "\"content\":\"", "\"");
            switch (prompt) {
                case "hang" -> peer.awaitClose();
                case "reset" -> peer.reset();
                case "stall", "break" -> {
                    peer.send(HEAD + chunk(event(prompt)));
                    if (prompt.equals("break")) {
                        peer.reset();
                    }
                    peer.awaitClose();
                }
                case "gate" -> {
                    peer.send(HEAD + chunk(event(prompt)));
                    gate.await();
                    peer.send(chunk(rest(prompt)) + "0\r\n\r\n");
                }
                default -> streamed(peer, prompt);
            }
        }
    }

    private void streamed(ScriptedPeer peer, String prompt) throws IOException, InterruptedException {
        peer.send(HEAD + chunk(event(prompt)));
        if (prompt.startsWith("together")) {
            together.countDown();
            together.await();
        }
        for (int i = 1; i < PIECES; i++) {
            peer.send(chunk(event(prompt)));
        }
        peer.send(chunk(end()) + "0\r\n\r\n");
    }

    private static String event(String word) {
        return "data: {\"id\":\"chatcmpl-up\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\","
                + "\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"" + word
                + "\"},\"finish_reason\":null}]}\n\n";
    }

    private static String end() {
        return "data: {\"id\":\"chatcmpl-up\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\","
                + "\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}],"
                + "\"usage\":{\"prompt_tokens\":5,\"completion_tokens\":3,\"total_tokens\":8}}\n\ndata: [DONE]\n\n";
    }

    private static String rest(String word) {
        return event(word).repeat(PIECES - 1) + end();
    }

    /// All that a client gets of the stream of such a prompt.
    static String stream(String prompt) {
        return event(prompt).repeat(PIECES) + end();
    }

    private static String chunk(String text) {
        return Integer.toHexString(text.getBytes(StandardCharsets.UTF_8).length) + "\r\n" + text + "\r\n";
    }

    private static String between(String text, String before, String after) {
        int from = text.indexOf(before) + before.length();
        return text.substring(from, text.indexOf(after, from));
    }

    /// Lets the streams of the prompt `gate` go on.
    void openGate() {
        gate.countDown();
    }

    /// As a configuration.
    String config() {
        return "{\"version\":1,\"timeouts\":{\"keepAliveMs\":60000},\"providers\":[{\"id\":\"up\",\"endpoints\":{"
                + "\"openai-chat\":\"" + server.uri("/v1")
                + "\"},\"credential\":\"one\",\"allowPrivateNetwork\":true,\"models\":[\"m\"]}]}";
    }

    List<String> requests() {
        return server.requests();
    }

    @Override
    public void close() {
        gate.countDown();
        server.close();
    }
}
