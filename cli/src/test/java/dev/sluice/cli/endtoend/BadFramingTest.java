package dev.sluice.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cli.front.FrontLimits;
import dev.sluice.model.Json;
import dev.sluice.protocol.json.JsonText;
import dev.sluice.testkit.http.ScriptedServer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Requests whose end nobody can tell: refused, the connection closed, no provider asked, and others are served.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadFramingTest {
    /// For the tests of what is not sent; the others send all they have, and a slow machine may take its time over it.
    private static final Duration SHORT = Duration.ofMillis(300);

    private static final Duration PATIENT = Duration.ofSeconds(30);

    private ScriptedServer provider;
    private RunningGateway gateway;
    private RunningGateway impatient;

    @BeforeAll
    void start() throws IOException {
        provider = Provider.playing(_ -> null);
        gateway = RunningGateway.before(provider.port(), "", limits(PATIENT));
        impatient = RunningGateway.before(provider.port(), "", limits(SHORT));
    }

    private static FrontLimits limits(Duration wait) {
        FrontLimits usual = FrontLimits.DEFAULT;
        return new FrontLimits(
                usual.idle(), wait, wait, usual.write(), wait, usual.requestLine(), usual.headers(), usual.fields());
    }

    @AfterAll
    void stop() {
        impatient.close();
        gateway.close();
        provider.close();
    }

    private static Stream<Arguments> malformedBodies() {
        String body = Talk.CHAT.request("chat/m", "hi", false);
        String piece = Provider.chunk(body);
        return Stream.of(
                        Arguments.of("truncated", piece.substring(0, 30)),
                        Arguments.of("cut between chunks", piece),
                        Arguments.of("no size", "zz\r\n" + body),
                        Arguments.of("negative size", "-5\r\n" + body),
                        Arguments.of("huge size", "fffffffffffffffff\r\n" + body),
                        Arguments.of("hexadecimal prefix", "0x5\r\n" + body),
                        Arguments.of("longer than its size", "5\r\n" + body + "\r\n0\r\n\r\n"),
                        Arguments.of("line feeds only", piece.replace("\r\n", "\n") + "0\n\n"),
                        Arguments.of("endless extension", "5;" + "x".repeat(5000) + "\r\nhello\r\n0\r\n\r\n"),
                        Arguments.of("endless trailers", piece + "0\r\n" + "a: b\r\n".repeat(100) + "\r\n"))
                .flatMap(bad -> Stream.of(Talk.values()).map(talk -> Arguments.of(talk, bad.get()[0], bad.get()[1])));
    }

    /// The head was good, so the answer is the dialect's own.
    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("malformedBodies")
    void a_malformed_chunked_body_is_a_400_in_the_dialect(Talk talk, String name, String body) throws Exception {
        try (Client client = gateway.client()) {
            client.send(talk.headWithout("POST") + "transfer-encoding: chunked\r\n\r\n" + body);
            Reply reply = client.finishSending().reply();
            assertThat(reply.status()).as(name).isEqualTo(400);
            Json.Obj error = JsonText.objectOrNull(reply.body());
            assertThat(error != null && talk.isError(error)).as(reply.body()).isTrue();
            assertThat(gateway.entry(reply).outcome()).isEqualTo("refused");
            assertThat(client.isClosed()).isTrue();
        }
        expectOthersServed();
    }

    @ParameterizedTest
    @EnumSource(Talk.class)
    void a_body_shorter_than_announced_is_a_400_in_the_dialect(Talk talk) throws Exception {
        try (Client client = gateway.client()) {
            Reply reply = client.send(talk.headWithout("POST") + "content-length: 500\r\n\r\n{}")
                    .finishSending()
                    .reply();
            assertThat(reply.status()).isEqualTo(400);
            assertThat(gateway.entry(reply).outcome()).isEqualTo("refused");
            assertThat(client.isClosed()).isTrue();
        }
        expectOthersServed();
    }

    private static Stream<Arguments> malformedHeads() {
        String line = "POST /v1/chat/completions HTTP/1.1\r\n";
        String start = line + "host: x\r\nauthorization: Bearer " + RunningGateway.KEY + "\r\n";
        return Stream.of(
                Arguments.of(
                        400, start + "content-length: 2\r\ntransfer-encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n"),
                Arguments.of(400, start + "transfer-encoding: chunked\r\ncontent-length: 2\r\n\r\n{}"),
                Arguments.of(400, start + "content-length: 2\r\ncontent-length: 3\r\n\r\n{}"),
                Arguments.of(400, start + "transfer-encoding: chunked\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n"),
                Arguments.of(501, start + "transfer-encoding: gzip, chunked\r\n\r\n0\r\n\r\n"),
                Arguments.of(400, start + "content-length : 2\r\n\r\n{}"),
                Arguments.of(400, start + "x: a\u0000b\r\n\r\n"),
                Arguments.of(400, line + "\r\n"),
                Arguments.of(417, start + "expect: the-unexpected\r\ncontent-length: 2\r\n\r\n{}"),
                Arguments.of(431, start + "x-bomb: " + "b".repeat(200_000) + "\r\n\r\n"),
                Arguments.of(431, start + "x-many: 1\r\n".repeat(500) + "\r\n"),
                Arguments.of(414, "GET /" + "a".repeat(100_000) + " HTTP/1.1\r\nhost: x\r\n\r\n"),
                Arguments.of(505, "GET / HTTP/2.0\r\nhost: x\r\n\r\n"),
                Arguments.of(400, "\u0016\u0003\u0001\u0002\u0000 not TLS here\r\n\r\n"));
    }

    /// Not a request of any dialect: answered plainly.
    @ParameterizedTest
    @MethodSource("malformedHeads")
    void what_is_no_http_is_refused_and_the_connection_closed(int status, String request) throws Exception {
        int asked = provider.requests().size();
        try (Client client = gateway.client()) {
            Reply reply = client.exchange(request);
            assertThat(reply.status()).isEqualTo(status);
            assertThat(reply.header("connection")).isEqualTo("close");
            assertThat(client.isClosed()).isTrue();
        }
        assertThat(provider.requests()).hasSize(asked);
        expectOthersServed();
    }

    private static Stream<String> halves() {
        return Stream.of(
                "POST /v1/chat/comp",
                Talk.CHAT.headWithout("POST"),
                Talk.CHAT.headWithout("POST") + "content-length: 100\r\n\r\n{\"model\":",
                Talk.CHAT.headWithout("POST") + "transfer-encoding: chunked\r\n\r\n5\r\n{");
    }

    @ParameterizedTest
    @MethodSource("halves")
    void a_client_that_stops_in_mid_request_is_a_408(String half) throws Exception {
        int asked = provider.requests().size();
        try (Client client = impatient.client()) {
            assertThat(client.exchange(half).status()).isEqualTo(408);
            assertThat(client.isClosed()).isTrue();
        }
        assertThat(provider.requests()).hasSize(asked);
        expectOthersServed();
    }

    private void expectOthersServed() throws Exception {
        for (RunningGateway each : List.of(gateway, impatient)) {
            try (Client other = each.client()) {
                Reply reply = other.exchange(Lane.CHAT_TO_CHAT.post("hi", false));
                assertThat(reply.status()).isEqualTo(200);
                assertThat(reply.body()).contains(Provider.TEXT);
            }
        }
    }
}
