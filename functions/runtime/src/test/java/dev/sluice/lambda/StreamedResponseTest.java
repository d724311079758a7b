package dev.sluice.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.core.ports.ClientResponse.ClientGone;
import dev.sluice.lambda.ScriptedRuntimeApi.Request;
import dev.sluice.model.Headers;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StreamedResponseTest {
    private static final Headers EVENTS = Headers.of("content-type", "text/event-stream");
    private static final String PRELUDE =
            "{\"statusCode\":200,\"headers\":{\"content-type\":\"text/event-stream\"}}\0\0\0\0\0\0\0\0";

    private ScriptedRuntimeApi service;
    private RuntimeApi api;
    private Upload upload;
    private StreamedResponse response;

    @BeforeEach
    void open() throws IOException {
        service = new ScriptedRuntimeApi();
        api = service.client();
        upload = api.respond("id-1");
        response = new StreamedResponse(upload, false);
    }

    @AfterEach
    void close() throws IOException {
        api.close();
        service.close();
    }

    private void write(String text) throws ClientGone {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        response.write(bytes, 0, bytes.length);
    }

    private String prelude(int status, Headers headers) throws ClientGone {
        response.start(status, headers, -1);
        response.end();
        return service.only("response").prelude();
    }

    @Test
    void streams_in_these_bytes() throws ClientGone {
        response.start(200, EVENTS, -1);
        write("data: 1\n\n");
        write("data: [DONE]\n\n");
        response.end();
        assertThat(service.only("response").raw())
                .isEqualTo("POST /2018-06-01/runtime/invocation/id-1/response HTTP/1.1\r\nHost: " + service.address()
                        + "\r\nUser-Agent: sluice\r\n"
                        + "Content-Type: application/vnd.awslambda.http-integration-response\r\n"
                        + "Lambda-Runtime-Function-Response-Mode: streaming\r\n"
                        + "Transfer-Encoding: chunked\r\n"
                        + "Trailer: Lambda-Runtime-Function-Error-Type, Lambda-Runtime-Function-Error-Body\r\n\r\n"
                        + "49\r\n" + PRELUDE + "\r\n9\r\ndata: 1\n\n\r\ne\r\ndata: [DONE]\n\n\r\n0\r\n\r\n");
        assertThat(upload.outcome()).isEqualTo(new Sent.Accepted());
    }

    @Test
    void each_write_leaves_at_once() throws Exception {
        int sofar = ("49\r\n" + PRELUDE + "\r\n9\r\ndata: 1\n\n\r\n").length();
        service.on("response", ScriptedRuntimeApi.after(sofar, ScriptedRuntimeApi.reply(500, "seen")));
        response.start(200, EVENTS, -1);
        write("data: 1\n\n");
        assertThat(service.await("response", 1).getFirst().content()).isEqualTo("data: 1\n\n");
    }

    @Test
    void an_answer_without_a_body_still_has_its_prelude() throws ClientGone {
        response.start(200, EVENTS, -1);
        response.end();
        Request request = service.only("response");
        assertThat(request.body()).isEqualTo(PRELUDE);
        assertThat(request.chunkSizes()).containsExactly(0x49, 0);
    }

    @Test
    void an_empty_write_does_not_end_the_body() throws ClientGone {
        response.start(200, EVENTS, -1);
        write("");
        write("x");
        response.endWith(new byte[0], 0, 0);
        assertThat(service.only("response").content()).isEqualTo("x");
    }

    @ParameterizedTest
    @ValueSource(ints = {204, 304})
    void an_answer_that_has_no_body_gets_none(int status) throws ClientGone {
        response.start(status, Headers.NONE, -1);
        write("x");
        response.endWith(new byte[] {'y'}, 0, 1);
        assertThat(service.only("response").content()).isEmpty();
    }

    @Test
    void a_head_request_gets_no_body() throws ClientGone {
        response = new StreamedResponse(upload, true);
        response.start(200, EVENTS, 5);
        response.endWith("hello".getBytes(StandardCharsets.UTF_8), 0, 5);
        assertThat(service.only("response").content()).isEmpty();
    }

    @Test
    void joins_headers_and_moves_cookies() throws ClientGone {
        assertThat(prelude(
                        401,
                        Headers.of(
                                "vary",
                                "origin",
                                "set-cookie",
                                "a=b; HttpOnly",
                                "vary",
                                "accept",
                                "set-cookie",
                                "c=\"d\"")))
                .isEqualTo("{\"statusCode\":401,\"headers\":{\"vary\":\"origin, accept\"},"
                        + "\"cookies\":[\"a=b; HttpOnly\",\"c=\\\"d\\\"\"]}");
    }

    @Test
    void leaves_the_connections_own_headers_out() throws ClientGone {
        assertThat(prelude(
                        200,
                        Headers.of(
                                "Content-Length",
                                "5",
                                "transfer-encoding",
                                "chunked",
                                "connection",
                                "close",
                                "te",
                                "x",
                                "keep-alive",
                                "x",
                                "proxy-connection",
                                "x",
                                "trailer",
                                "x",
                                "upgrade",
                                "x",
                                "x",
                                "y")))
                .isEqualTo("{\"statusCode\":200,\"headers\":{\"x\":\"y\"}}");
    }

    @Test
    void no_header_can_hold_a_line_end_or_the_delimiter() throws ClientGone {
        assertThat(prelude(200, Headers.of("x", "a\r\nb\0\0\0\0\0\0\0\0\tä")))
                .isEqualTo("{\"statusCode\":200,\"headers\":{\"x\":\"a??b????????\\tÃ¤\"}}");
    }

    @Test
    void large_writes_go_in_pieces() throws ClientGone {
        byte[] bytes = new byte[200_000];
        new Random(1).nextBytes(bytes);
        response.start(200, EVENTS, bytes.length);
        response.endWith(bytes, 0, bytes.length);
        Request request = service.only("response");
        assertThat(request.chunkSizes()).containsExactly(0x49, 65536, 65536, 65536, 200_000 - 3 * 65536, 0);
        assertThat(request.content().getBytes(StandardCharsets.ISO_8859_1)).isEqualTo(bytes);
    }

    @Test
    void any_writes_arrive_as_the_same_bytes() throws Exception {
        Random random = new Random(7);
        for (int round = 0; round < 40; round++) {
            byte[] bytes = new byte[random.nextInt(300_000)];
            random.nextBytes(bytes);
            String id = "round-" + round;
            StreamedResponse one = new StreamedResponse(api.respond(id), false);
            one.start(200, EVENTS, -1);
            int at = 0;
            while (at < bytes.length && random.nextInt(20) > 0) {
                int to = Math.min(bytes.length, at + random.nextInt(1 << random.nextInt(18)));
                one.write(bytes, at, to);
                at = to;
            }
            one.endWith(bytes, at, bytes.length);
            Request request = service.await("response", round + 1).getLast();
            assertThat(request.path()).contains(id);
            assertThat(request.content().getBytes(StandardCharsets.ISO_8859_1)).isEqualTo(bytes);
        }
        assertThat(service.connections()).isEqualTo(1);
    }

    @Test
    void an_aborted_answer_names_its_error_and_is_cut_before_it_is_complete() throws Exception {
        response.start(200, EVENTS, -1);
        write("data: 1\n\n");
        response.abort();
        Request request = service.await("response", 1).getFirst();
        String error = "{\"errorMessage\":\"the answer could not be completed\","
                + "\"errorType\":\"Function.AnswerAborted\",\"stackTrace\":[]}";
        assertThat(request.raw())
                .endsWith("data: 1\n\n\r\n0\r\nLambda-Runtime-Function-Error-Type: Function.AnswerAborted\r\n"
                        + "Lambda-Runtime-Function-Error-Body: "
                        + Base64.getEncoder().encodeToString(error.getBytes(StandardCharsets.UTF_8)) + "\r\n");
        assertThat(request.whole()).isFalse();
        assertThat(upload.outcome()).isInstanceOf(Sent.Broken.class);
        assertThatThrownBy(() -> write("more")).isInstanceOf(ClientGone.class);
    }

    @Test
    void an_answer_aborted_before_its_start_says_nothing() {
        response.abort();
        assertThat(response.isUnanswered()).isTrue();
        assertThat(service.requests()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 403, 413, 500})
    void a_refusal_at_the_end_is_known(int status) throws ClientGone {
        service.on("response", ScriptedRuntimeApi.reply(status, "no"));
        response.start(200, EVENTS, -1);
        response.end();
        assertThat(upload.outcome()).isEqualTo(new Sent.Refused(status, "no"));
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 403, 413, 500})
    void a_refusal_in_the_middle_means_that_the_client_is_gone(int status) throws Exception {
        service.on("response", ScriptedRuntimeApi.after(1, ScriptedRuntimeApi.reply(status, "no")));
        response.start(200, EVENTS, -1);
        writeUntilGone();
        response.abort();
        assertThat(upload.outcome()).isInstanceOf(Sent.Broken.class);
        assertThat(service.requests("response")).hasSize(1);
    }

    @Test
    void a_refusal_in_the_middle_is_told_in_the_services_words() throws Exception {
        service.on("response", new ScriptedRuntimeApi.Reaction() {
            @Override
            public int bodyBytes() {
                return 1;
            }

            @Override
            public boolean play(java.net.Socket socket) throws IOException {
                socket.getOutputStream()
                        .write(ScriptedRuntimeApi.reply(403, "not now").getBytes(StandardCharsets.US_ASCII));
                socket.getInputStream().transferTo(OutputStream.nullOutputStream()); // open until the runtime closes
                return false;
            }
        });
        response.start(200, EVENTS, -1);
        writeUntilGone();
        assertThat(upload.outcome()).isEqualTo(new Sent.Broken("the service answered before the end: 403 not now"));
    }

    @Test
    void a_connection_that_is_cut_means_that_the_client_is_gone() throws Exception {
        service.on("response", ScriptedRuntimeApi.after(10, ""));
        response.start(200, EVENTS, -1);
        writeUntilGone();
        assertThatThrownBy(() -> response.end()).isInstanceOf(ClientGone.class);
        assertThat(service.requests("response")).hasSize(1);
    }

    @Test
    void a_connection_that_is_cut_at_the_end_means_that_the_client_is_gone() {
        service.on("response", ScriptedRuntimeApi.closing());
        response.start(200, EVENTS, -1);
        assertThatThrownBy(() -> response.end()).isInstanceOf(ClientGone.class);
        assertThat(upload.outcome()).isEqualTo(new Sent.Broken("the Runtime API closed the connection"));
    }

    /// The kernel takes some writes before it knows.
    private void writeUntilGone() throws InterruptedException {
        try {
            write("x");
            service.await("response", 1);
            byte[] bytes = new byte[65536];
            while (true) {
                response.write(bytes, 0, bytes.length);
            }
        } catch (ClientGone gone) {
            assertThat(gone).hasMessageContaining("the Runtime API takes no more");
        }
    }

    @Test
    void an_order_that_no_answer_has_is_a_defect() {
        assertThatThrownBy(() -> write("x")).isInstanceOf(IllegalStateException.class);
        response.start(200, EVENTS, -1);
        assertThatThrownBy(() -> response.start(200, EVENTS, -1)).isInstanceOf(IllegalStateException.class);
    }
}
