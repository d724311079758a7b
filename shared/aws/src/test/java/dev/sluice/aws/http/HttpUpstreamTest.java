package dev.sluice.aws.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.core.ports.ByteStream;
import dev.sluice.core.ports.Upstream.Answer;
import dev.sluice.core.ports.Upstream.Breakage;
import dev.sluice.model.Headers;
import dev.sluice.testkit.http.ScriptedServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpUpstreamTest {
    private static final String STREAM_HEAD =
            "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n";
    private static final String WHOLE = "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok";

    private final HttpUpstream upstream = new HttpUpstream(PrivateNetworks.ofSystem());

    @AfterEach
    void close() {
        upstream.close();
    }

    @Test
    void sends_what_it_was_given_and_reads_a_whole_answer() throws IOException {
        try (ScriptedServer server = ScriptedServer.answering(WHOLE)) {
            Calls call = Calls.to(server.uri("/v1/x?y=z"))
                    .headers(Headers.of("x-one", "1", "host", "elsewhere", "content-length", "123456", "x-one", "2"));

            assertThat(call.answer(upstream)).isInstanceOfSatisfying(Answer.Complete.class, answer -> {
                assertThat(answer.status()).isEqualTo(200);
                assertThat(answer.body()).asString().isEqualTo("ok");
            });
            assertThat(server.requests())
                    .singleElement()
                    .asString()
                    .satisfies(request -> assertThat(request)
                            .startsWith("POST /v1/x?y=z HTTP/1.1\r\n")
                            .contains("x-one: 1\r\n", "x-one: 2\r\n", "Host: 127.0.0.1:", "accept-encoding: identity")
                            .doesNotContain("elsewhere", "123456", "Upgrade")
                            .endsWith("\r\n\r\n{}"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "DELETE"})
    void what_is_only_asked_for_or_deleted_has_no_body(String method) throws IOException {
        try (ScriptedServer server = ScriptedServer.answering(WHOLE)) {
            Answer answer = Calls.to(server.uri("/v1/x")).send(upstream, method).await(Calls.LONG);

            assertThat(answer)
                    .isInstanceOfSatisfying(
                            Answer.Complete.class,
                            whole -> assertThat(whole.body()).asString().isEqualTo("ok"));
            assertThat(server.requests())
                    .singleElement()
                    .asString()
                    .startsWith(method + " /v1/x HTTP/1.1\r\n")
                    .endsWith("\r\n\r\n");
        }
    }

    @Test
    void uses_a_connection_again_after_whole_and_streamed_answers() throws IOException {
        try (ScriptedServer server = ScriptedServer.playing(peer -> {
            peer.readRequest();
            peer.send(WHOLE);
            peer.readRequest();
            peer.send(STREAM_HEAD + "3\r\nabc\r\n0\r\n\r\n");
            peer.readRequest();
            peer.send(WHOLE);
            peer.awaitClose();
        })) {
            Calls.to(server.uri("/")).answer(upstream);
            assertThat(Calls.to(server.uri("/")).streamed(upstream)).isEqualTo("abc|end");
            assertThat(Calls.to(server.uri("/")).answer(upstream)).isInstanceOf(Answer.Complete.class);
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @Test
    void hands_over_a_stream_as_soon_as_its_headers_are_here() throws IOException {
        CountDownLatch answered = new CountDownLatch(1);
        try (ScriptedServer server = ScriptedServer.playing(peer -> {
            peer.readRequest();
            peer.send(STREAM_HEAD);
            answered.await();
            peer.send("2\r\nhi\r\n0\r\n\r\n");
            peer.awaitClose();
        })) {
            ByteStream body = Calls.to(server.uri("/")).stream(upstream);
            assertThat(body.read(Duration.ofMillis(1))).isEqualTo(ByteStream.Read.QUIET);
            answered.countDown();
            assertThat(Calls.drain(body)).isEqualTo("hi|end");
        }
    }

    @Test
    void reads_a_stream_that_comes_byte_by_byte() throws IOException {
        try (ScriptedServer server = ScriptedServer.playing(peer -> {
            peer.readRequest();
            peer.sendByteByByte(STREAM_HEAD + "5\r\nhello\r\n1\r\n!\r\n0\r\n\r\n");
            peer.awaitClose();
        })) {
            assertThat(Calls.to(server.uri("/")).streamed(upstream)).isEqualTo("hello!|end");
        }
    }

    @Test
    void merges_the_pieces_that_are_already_here() throws IOException {
        try (ScriptedServer server = ScriptedServer.playing(peer -> {
            peer.readRequest();
            peer.send(STREAM_HEAD + "1\r\na\r\n1\r\nb\r\n1\r\nc\r\n0\r\n\r\n");
            peer.awaitClose();
        })) {
            ByteStream body = Calls.to(server.uri("/")).stream(upstream);
            assertThat(body.read(Calls.LONG))
                    .isInstanceOfSatisfying(
                            ByteStream.Read.Bytes.class,
                            bytes -> assertThat(bytes.to() - bytes.from()).isEqualTo(3));
        }
    }

    @Test
    void holds_only_a_bounded_part_of_an_endless_body_and_lets_go_on_close() throws Exception {
        CountDownLatch gone = new CountDownLatch(1);
        try (ScriptedServer server = ScriptedServer.playing(peer -> {
            peer.readRequest();
            peer.send(STREAM_HEAD);
            byte[] chunk = ("4000\r\n" + "x".repeat(0x4000) + "\r\n").getBytes(StandardCharsets.US_ASCII);
            try {
                for (; ; ) {
                    peer.send(chunk);
                }
            } catch (IOException closed) {
                gone.countDown();
            }
        })) {
            ByteStream body = Calls.to(server.uri("/")).stream(upstream);
            long read = 0;
            while (read < 5_000_000 && body.read(Calls.LONG) instanceof ByteStream.Read.Bytes bytes) {
                read += bytes.to() - bytes.from();
            }
            assertThat(read).isGreaterThanOrEqualTo(5_000_000);
            body.close();
            gone.await();
            assertThat(body.read(Calls.LONG)).isInstanceOf(ByteStream.Read.Reset.class);
        }
    }

    @Test
    void a_stream_cut_in_a_chunk_between_chunks_or_by_reset_is_reset() throws IOException {
        try (ScriptedServer server = ScriptedServer.playing(
                peer -> {
                    peer.readRequest();
                    peer.send(STREAM_HEAD + "5\r\nhel");
                },
                peer -> {
                    peer.readRequest();
                    peer.send(STREAM_HEAD + "3\r\nhel\r\n");
                },
                peer -> {
                    peer.readRequest();
                    peer.send("HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nhel");
                })) {
            for (int i = 0; i < 3; i++) {
                assertThat(Calls.to(server.uri("/")).streamed(upstream)).isEqualTo("hel|reset");
            }
        }
    }

    @Test
    void a_reset_in_mid_stream_names_the_origin_only() throws IOException {
        CountDownLatch reading = new CountDownLatch(1);
        try (ScriptedServer server = ScriptedServer.playing(peer -> {
            peer.readRequest();
            peer.send(STREAM_HEAD + "3\r\nabc\r\n");
            reading.await();
            peer.reset();
        })) {
            ByteStream body = Calls.to(server.uri("/")).stream(upstream);
            assertThat(body.read(Calls.LONG)).isInstanceOf(ByteStream.Read.Bytes.class);
            reading.countDown();
            assertThat(body.read(Calls.LONG))
                    .isInstanceOfSatisfying(
                            ByteStream.Read.Reset.class,
                            reset -> assertThat(reset.message()).contains("127.0.0.1:" + server.port()));
        }
    }

    @Test
    void a_body_without_a_length_ends_with_its_connection() throws IOException {
        try (ScriptedServer server = ScriptedServer.playing(peer -> {
            peer.readRequest();
            peer.send("HTTP/1.1 200 OK\r\ncontent-type: text/html\r\n\r\n<html>");
        })) {
            assertThat(Calls.to(server.uri("/")).streamed(upstream)).isEqualTo("<html>|end");
        }
    }

    @Test
    void inflates_gzip_and_deflate_streamed_and_whole() throws IOException {
        byte[] zipped = Zipped.gzip("hello hello hello");
        byte[] deflated = Zipped.deflate("hello hello hello");
        try (ScriptedServer server = ScriptedServer.playing(peer -> {
            for (String request = peer.readRequest(); !request.isEmpty(); request = peer.readRequest()) {
                boolean gzip = request.startsWith("POST /gzip");
                byte[] body = gzip ? zipped : deflated;
                peer.send("HTTP/1.1 200 OK\r\ncontent-encoding: " + (gzip ? "gzip" : "deflate") + "\r\ncontent-length: "
                        + body.length + "\r\n\r\n");
                peer.sendByteByByte(new String(body, StandardCharsets.ISO_8859_1));
            }
        })) {
            for (String path : new String[] {"/gzip", "/deflate"}) {
                assertThat(Calls.to(server.uri(path)).streamed(upstream)).isEqualTo("hello hello hello|end");
                assertThat(Calls.to(server.uri(path)).answer(upstream))
                        .isInstanceOfSatisfying(Answer.Complete.class, whole -> {
                            assertThat(whole.body()).asString().isEqualTo("hello hello hello");
                            assertThat(whole.headers().has("content-encoding")).isFalse();
                            assertThat(whole.headers().has("content-length")).isFalse();
                        });
            }
        }
    }

    @Test
    void refuses_an_encoding_it_does_not_know() throws IOException {
        try (ScriptedServer server =
                ScriptedServer.answering("HTTP/1.1 200 OK\r\ncontent-encoding: br\r\ncontent-length: 2\r\n\r\nxx")) {
            Calls.to(server.uri("/")).expectBroken(upstream, Breakage.MALFORMED);
            Calls.to(server.uri("/")).streaming().expectBroken(upstream, Breakage.MALFORMED);
        }
    }

    @Test
    void reads_errors_whole_also_when_a_stream_was_asked_for() throws IOException {
        try (ScriptedServer server = ScriptedServer.answering(
                "HTTP/1.1 401 Unauthorized\r\nwww-authenticate: Basic realm=\"x\"\r\ncontent-length: 4\r\n\r\nnope")) {
            assertThat(Calls.to(server.uri("/")).streaming().answer(upstream))
                    .isInstanceOfSatisfying(Answer.Complete.class, answer -> {
                        assertThat(answer.status()).isEqualTo(401);
                        assertThat(answer.body()).asString().isEqualTo("nope");
                    });
        }
    }

    @Test
    void an_error_above_its_bound_is_malformed() throws IOException {
        try (ScriptedServer server = ScriptedServer.answering(
                "HTTP/1.1 500 Oops\r\ncontent-length: 1100000\r\n\r\n" + "x".repeat(1_100_000))) {
            Calls.to(server.uri("/")).expectBroken(upstream, Breakage.MALFORMED);
        }
    }

    @Test
    void does_not_follow_redirects() throws IOException {
        try (ScriptedServer server = ScriptedServer.answering(
                "HTTP/1.1 307 Temporary Redirect\r\nlocation: /other\r\ncontent-length: 0\r\n\r\n")) {
            assertThat(Calls.to(server.uri("/")).streaming().answer(upstream))
                    .isInstanceOfSatisfying(
                            Answer.Complete.class,
                            answer -> assertThat(answer.status()).isEqualTo(307));
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void reset_forgets_connections_and_origins() throws IOException {
        try (ScriptedServer server = ScriptedServer.answering(WHOLE)) {
            Calls.to(server.uri("/")).answer(upstream);
            upstream.reset();
            assertThat(Calls.to(server.uri("/")).answer(upstream)).isInstanceOf(Answer.Complete.class);
            assertThat(server.connections()).isEqualTo(2);
        }
    }

    @Test
    void a_header_that_cannot_be_sent_is_not_repeated() throws IOException {
        try (ScriptedServer server = ScriptedServer.answering(WHOLE)) {
            Answer.Broken broken = Calls.to(server.uri("/"))
                    .headers(Headers.of("authorization", "Bearer secret\n"))
                    .expectBroken(upstream, Breakage.CONNECT);
            assertThat(broken.message()).doesNotContain("secret");
        }
    }
}
