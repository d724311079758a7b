package dev.sluice.cli.endtoend;

import static dev.sluice.cli.endtoend.Provider.STREAM_HEAD;
import static dev.sluice.cli.endtoend.Provider.TEXT;
import static dev.sluice.cli.endtoend.Provider.answer;
import static dev.sluice.cli.endtoend.Provider.chunk;
import static dev.sluice.cli.endtoend.Provider.json;

import dev.sluice.testkit.http.ScriptedPeer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;

/// What providers do wrong, and what a client must then see.
enum Misbehaviour {
    HTML_WITH_200(Seen.REFUSED, (peer, _) -> peer.send(answer("200 OK", "text/html", Provider.PAGE))),
    HTML_WITH_502(Seen.REFUSED, (peer, _) -> peer.send(answer("502 Bad Gateway", "text/html", Provider.PAGE))),
    HTML_CALLED_JSON_WITH_503(
            Seen.REFUSED, (peer, _) -> peer.send(answer("503 Service Unavailable", "application/json", Provider.PAGE))),
    NO_BODY_WITH_500(Seen.REFUSED, (peer, _) -> peer.send(answer("500 Oops", "application/json", ""))),
    EMPTY_JSON_200(Seen.REFUSED, (peer, _) -> peer.send(json(""))),
    EMPTY_STREAM_200(Seen.REFUSED, (peer, _) -> peer.send(STREAM_HEAD + "0\r\n\r\n")),
    NO_CONTENT_204(Seen.REFUSED, (peer, _) -> peer.send("HTTP/1.1 204 No Content\r\n\r\n")),
    EMPTY_OBJECT(Seen.REFUSED, (peer, _) -> peer.send(json("{}"))),
    OTHER_JSON(Seen.REFUSED, (peer, _) -> peer.send(json("[1,2,3]"))),
    WRONG_TYPES_IN_JSON(
            Seen.REFUSED, (peer, talk) -> peer.send(json(talk.answer("x").replaceAll("\\[\\{.*?\\}\\]", "\"no\"")))),
    JSON_CUT_IN_A_CHARACTER(Seen.REFUSED, (peer, talk) -> {
        String whole = talk.answer("x\u00e2\u0082");
        peer.send(json(whole.substring(0, whole.indexOf('\u0082') + 1)));
    }),
    DEEP_JSON(Seen.REFUSED, (peer, _) -> peer.send(json("{\"choices\":" + "[".repeat(100_000)))),
    DEEP_EVENTS(Seen.REFUSED, (peer, _) -> stream(peer, "data: {\"choices\":" + "[".repeat(100_000) + "\n\n")),
    JSON_ALWAYS(Seen.ANSWERED, (peer, talk) -> peer.send(json(talk.answer(TEXT)))),
    SSE_ALWAYS(Seen.ANSWERED, (peer, talk) -> stream(peer, talk.stream(TEXT))),
    GARBAGE_EVENTS(Seen.REFUSED, (peer, _) -> stream(peer, "data: {{{{\n\ndata: ]]\n\n\u0000\u00ff\u00fe\n\n")),
    GARBAGE_BYTES(Seen.REFUSED, (peer, _) -> stream(peer, "\u0000\u0001\u00ff".repeat(10_000))),
    GARBAGE_AFTER_CONTENT(
            Seen.BROKEN_OFF,
            (peer, talk) -> stream(peer, begun(talk) + "data: {\"x\":\u0000\u00ff\n\nevent: x\ndata: ]\n\n")),
    ENDS_IN_HALF_A_CHARACTER(
            Seen.BROKEN_OFF,
            (peer, talk) -> stream(peer, begun(talk) + cutAfter(talk.content("x\u00e2\u0082"), '\u0082'))),
    NO_TERMINAL_EVENT(Seen.BROKEN_OFF, (peer, talk) -> stream(peer, begun(talk))),
    CUT_IN_AN_EVENT(
            Seen.BROKEN_OFF,
            (peer, talk) -> stream(peer, begun(talk) + talk.content("cut").substring(0, 60))),
    CUT_IN_THE_NAME_OF_A_FIELD(Seen.BROKEN_OFF, (peer, talk) -> stream(peer, begun(talk) + "ev")),
    CUT_IN_THE_NAME_OF_AN_EVENT(Seen.BROKEN_OFF, (peer, talk) -> stream(peer, begun(talk) + "event: message_")),
    NO_BLANK_LINE_AFTER_THE_LAST_EVENT(
            Seen.BROKEN_OFF,
            (peer, talk) -> stream(peer, talk.opening(5) + talk.content("begun").strip())),
    CUT_IN_A_CHUNK(Seen.BROKEN_OFF, (peer, talk) -> {
        peer.send(STREAM_HEAD + chunk(begun(talk)) + "fff\r\ndata: {");
        peer.close();
    }),
    CUT_BETWEEN_CHUNKS(Seen.BROKEN_OFF, (peer, talk) -> {
        peer.send(STREAM_HEAD + chunk(begun(talk)));
        peer.close();
    }),
    CLOSED_WITHOUT_LENGTH(Seen.BROKEN_OFF, (peer, talk) -> {
        peer.send("HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n\r\n" + begun(talk));
        peer.close();
    }),
    BAD_CHUNK_SIZE(Seen.FAILED, (peer, talk) -> {
        peer.send(STREAM_HEAD + chunk(begun(talk)) + "zz\r\nwhat\r\n");
        peer.close();
    }),
    LENGTH_TOO_LONG(Seen.BROKEN_OFF, (peer, talk) -> {
        peer.send(streamOfLength(begun(talk), 10_000));
        peer.close();
    }),
    LENGTH_TOO_SHORT(Seen.BROKEN_OFF, (peer, talk) -> {
        peer.send(streamOfLength(
                begun(talk) + talk.closing(5, 2) + talk.terminal(), begun(talk).length()));
        peer.close();
    }),
    JSON_CUT(Seen.REFUSED, (peer, talk) -> {
        String whole = json(talk.answer(TEXT));
        peer.send(whole.substring(0, whole.length() - 20));
        peer.close();
    }),
    JSON_CHUNKS_CUT(Seen.REFUSED, (peer, talk) -> {
        peer.send("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n"
                + chunk(talk.answer(TEXT)));
        peer.close();
    }),
    ERROR_EVENT_FIRST(Seen.REFUSED, (peer, talk) -> stream(peer, talk.errorEvent())),
    ERROR_EVENT_AFTER_THE_OPENING(Seen.REFUSED, (peer, talk) -> stream(peer, talk.opening(5) + talk.errorEvent())),
    ERROR_EVENT_IN_THE_MIDDLE(
            Seen.BROKEN_OFF, (peer, talk) -> stream(peer, begun(talk) + talk.errorEvent() + talk.terminal())),
    EVENTS_AFTER_THE_TERMINAL_ONE(
            Seen.ANSWERED,
            (peer, talk) ->
                    stream(peer, talk.stream(TEXT) + talk.content("afterwards") + talk.errorEvent() + "\u0000")),
    GZIPPED_STREAM(Seen.ANSWERED, (peer, talk) -> zipped(peer, "text/event-stream", talk.stream(TEXT), 0)),
    GZIPPED_JSON(Seen.ANSWERED, (peer, talk) -> zipped(peer, "application/json", talk.answer(TEXT), 0)),
    GZIPPED_STREAM_CUT(Seen.BROKEN_OFF, (peer, talk) -> zipped(peer, "text/event-stream", begun(talk), 4)),
    GZIPPED_JSON_CUT(Seen.REFUSED, (peer, talk) -> zipped(peer, "application/json", talk.answer(TEXT), 4)),
    CALLED_GZIP(
            Seen.REFUSED,
            (peer, talk) -> peer.send(
                    json(talk.answer(TEXT)).replace("content-length", "content-encoding: gzip\r\ncontent-length"))),
    CALLED_BROTLI(
            Seen.REFUSED,
            (peer, talk) -> peer.send(
                    json(talk.answer(TEXT)).replace("content-length", "content-encoding: br\r\ncontent-length"))),
    BYTE_BY_BYTE(Seen.ANSWERED, (peer, talk) -> {
        peer.sendByteByByte(STREAM_HEAD + chunk(talk.stream(TEXT)) + "0\r\n\r\n");
    }),
    CRLF(Seen.ANSWERED, (peer, talk) -> stream(peer, talk.stream(TEXT).replace("\n", "\r\n"))),
    COMMENTS_BETWEEN(
            Seen.ANSWERED,
            (peer, talk) -> stream(peer, ": hi\n\n" + talk.stream(TEXT).replace("\n\n", "\n\n: x\n\n"))),
    EARLY_HINTS_FIRST(Seen.ANSWERED, (peer, talk) -> {
        peer.send("HTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\nHTTP/1.1 100 Continue\r\n\r\n");
        stream(peer, talk.stream(TEXT));
    }),
    SWITCHING_PROTOCOLS(Seen.REFUSED, (peer, talk) -> {
        peer.send(
                "HTTP/1.1 101 Switching Protocols\r\nupgrade: h2c\r\nconnection: upgrade\r\n\r\n" + talk.answer(TEXT));
        peer.close();
    }),
    NO_HTTP(Seen.REFUSED, (peer, _) -> {
        peer.send("SSH-2.0-OpenSSH_9.9\r\n");
        peer.close();
    }),
    HANGS_UP(Seen.REFUSED, (peer, _) -> peer.close()),
    RESETS_AT_ONCE(Seen.REFUSED, (peer, _) -> peer.reset()),
    GROWN_HEADERS(
            Seen.REFUSED,
            (peer, talk) -> peer.send(
                    json(talk.answer(TEXT)).replace("content-type", "x: " + "y".repeat(400_000) + "\r\ncontent-type")));

    private final Seen seen;

    @SuppressWarnings("ImmutableEnumChecker") // the plays hold nothing
    private final Provider.Play play;

    /// What the client gets.
    enum Seen {
        /// A whole answer, in the form that was asked for.
        ANSWERED,
        /// An HTTP error of the dialect.
        REFUSED,
        /// To a stream: content, then the dialect's error and no terminal event. To a plain request: an HTTP error.
        BROKEN_OFF,
        /// One or the other: the HTTP client may throw away what stands before the damage.
        FAILED
    }

    Misbehaviour(Seen seen, Provider.Play play) {
        this.seen = seen;
        this.play = play;
    }

    Seen seen() {
        return seen;
    }

    /// On the identity lane what stands in an answer is between the client and its provider.
    boolean concerns(Lane lane) {
        return this != WRONG_TYPES_IN_JSON && this != GARBAGE_AFTER_CONTENT || !lane.isIdentity();
    }

    Provider.Play play() {
        return play;
    }

    private static String begun(Talk talk) {
        return talk.opening(5) + talk.content("begun");
    }

    private static String cutAfter(String text, char last) {
        return text.substring(0, text.indexOf(last) + 1);
    }

    private static void stream(ScriptedPeer peer, String events) throws IOException {
        peer.send(STREAM_HEAD + chunk(events) + "0\r\n\r\n");
    }

    private static String streamOfLength(String events, int length) {
        return "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ncontent-length: " + length + "\r\n\r\n" + events;
    }

    private static void zipped(ScriptedPeer peer, String type, String text, int missing) throws IOException {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
            out.write(text.getBytes(StandardCharsets.ISO_8859_1));
        }
        String bytes = zipped.toString(StandardCharsets.ISO_8859_1);
        peer.send(answer("200 OK", type + "\r\ncontent-encoding: gzip", bytes.substring(0, bytes.length() - missing)));
    }
}
