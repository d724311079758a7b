package dev.sluice.cli.endtoend;

import dev.sluice.testkit.http.ScriptedPeer;
import dev.sluice.testkit.http.ScriptedServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// A provider of both dialects that answers as it should, but for requests that name a misbehaviour.
final class Provider {
    static final String TEXT = "all-is-well";
    static final String LEAK = "leaks-of-the-provider";
    static final String PAGE = "<html><body>" + LEAK + "</body></html>";
    static final String STREAM_HEAD =
            "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n";

    private Provider() {}

    /// What a provider does with one request.
    @FunctionalInterface
    interface Play {
        void on(ScriptedPeer peer, Talk talk) throws IOException, InterruptedException;
    }

    /// Who knows what to do with a request; null: it is answered as it should.
    @FunctionalInterface
    interface Plays {
        @Nullable
        Play of(String request);
    }

    static ScriptedServer playing(Plays plays) throws IOException {
        return ScriptedServer.playing(peer -> {
            for (String request = peer.readRequest(); !request.isEmpty(); request = peer.readRequest()) {
                Talk talk = talk(request);
                Play play = plays.of(request);
                if (play != null) {
                    play.on(peer, talk);
                } else {
                    well(peer, talk, request.contains("\"stream\":true"));
                }
            }
        });
    }

    static Talk talk(String request) {
        return request.startsWith("POST /v1/messages") ? Talk.MESSAGES : Talk.CHAT;
    }

    private static void well(ScriptedPeer peer, Talk talk, boolean stream) throws IOException {
        peer.send(stream ? STREAM_HEAD + chunk(talk.stream(TEXT)) + "0\r\n\r\n" : json(talk.answer(TEXT)));
    }

    static String chunk(String text) {
        return Integer.toHexString(text.length()) + "\r\n" + text + "\r\n";
    }

    static String json(String body) {
        return answer("200 OK", "application/json", body);
    }

    static String answer(String status, String type, String body) {
        return "HTTP/1.1 " + status + "\r\ncontent-type: " + type + "\r\ncontent-length: "
                + body.getBytes(StandardCharsets.ISO_8859_1).length + "\r\n\r\n" + body;
    }
}
