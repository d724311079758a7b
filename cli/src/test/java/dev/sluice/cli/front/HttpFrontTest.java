package dev.sluice.cli.front;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cli.front.RawClient.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpFrontTest {
    private static final String NEXT = "GET /next HTTP/1.1\r\nHost: x\r\n\r\n";
    private static final int BOUND = 1000;

    private HttpFront front;

    @BeforeEach
    void open() throws IOException {
        front = HttpFront.open(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), new EchoHandler(), () -> BOUND, patient());
    }

    /// A refused client sends what it has left however long that takes, before the connection is closed.
    private static FrontLimits patient() {
        FrontLimits usual = FrontLimits.DEFAULT;
        return new FrontLimits(
                usual.idle(),
                usual.head(),
                usual.body(),
                usual.write(),
                Duration.ofSeconds(30),
                usual.requestLine(),
                usual.headers(),
                usual.fields());
    }

    @AfterEach
    void stop() {
        front.stop(Duration.ofSeconds(5));
    }

    @Test
    void serves_one_request_after_the_other_on_a_connection() throws IOException {
        try (RawClient client = client()) {
            assertThat(client.exchange(post("/a?x=1&y", "hello")).body()).isEqualTo("POST /a?x=1&y hello");
            assertThat(client.exchange(chunked("3\r\nabc\r\n2;ext=\"1\"\r\nde\r\n0\r\nx-trailer: t\r\n\r\n"))
                            .body())
                    .isEqualTo("POST /c? abcde");
            assertThat(client.exchange(NEXT).body()).isEqualTo("GET /next? ");
        }
    }

    @Test
    void serves_pipelined_requests_in_order() throws IOException {
        try (RawClient client = client()) {
            client.send(post("/1", "one") + NEXT + post("/3", "three"));
            assertThat(client.response(false).body()).isEqualTo("POST /1? one");
            assertThat(client.response(false).body()).isEqualTo("GET /next? ");
            assertThat(client.response(false).body()).isEqualTo("POST /3? three");
        }
    }

    @Test
    void reads_requests_that_come_byte_by_byte() throws IOException {
        try (RawClient client = client()) {
            for (char c : (post("/slow", "hi") + chunked("2\r\nhi\r\n0\r\n\r\n")).toCharArray()) {
                client.send(String.valueOf(c));
            }
            assertThat(client.response(false).body()).isEqualTo("POST /slow? hi");
            assertThat(client.response(false).body()).isEqualTo("POST /c? hi");
        }
    }

    @Test
    void keeps_a_connection_by_the_words_of_each_version() throws IOException {
        assertClosedAfter("GET / HTTP/1.1\r\nHost: x\r\nConnection: foo, Close\r\n\r\n");
        assertClosedAfter("GET / HTTP/1.0\r\n\r\n");
        try (RawClient client = client()) {
            Response kept = client.exchange("GET / HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n");
            assertThat(kept.head()).contains("connection: keep-alive");
            assertThat(client.exchange(NEXT).status()).isEqualTo(200);
        }
    }

    @Test
    void answers_head_without_a_body() throws IOException {
        try (RawClient client = client()) {
            Response head = client.send("HEAD /h HTTP/1.1\r\nHost: x\r\n\r\n").response(true);
            assertThat(head.head()).contains("content-length: 9");
            assertThat(client.exchange(NEXT).body()).isEqualTo("GET /next? ");
        }
    }

    @Test
    void invites_a_body_that_waits_and_refuses_one_that_is_too_large_before_it_comes() throws IOException {
        String head = "POST /e HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: ";
        try (RawClient client = client()) {
            assertThat(client.exchange(head + "2\r\n\r\n").status()).isEqualTo(100);
            assertThat(client.exchange("hi").body()).isEqualTo("POST /e? hi");
            Response refused = client.exchange(head + (BOUND + 1) + "\r\n\r\n");
            assertThat(refused.status()).isEqualTo(413);
            assertThat(client.rest()).isEmpty();
        }
    }

    @Test
    void hands_a_body_above_the_limit_to_the_handler_and_serves_the_next_request() throws IOException {
        try (RawClient client = client()) {
            Response refused = client.exchange(post("/big", "x".repeat(BOUND + 1)));
            assertThat(refused.status()).isEqualTo(413);
            assertThat(refused.body()).startsWith("TOO_LARGE").contains("1000 bytes");
            assertThat(client.exchange(NEXT).status()).isEqualTo(200);
        }
    }

    @Test
    void a_huge_body_is_refused_and_the_client_gets_to_read_it() throws IOException {
        try (RawClient client = client()) {
            client.send(post("/big", "x".repeat(4_000_000)));
            assertThat(client.response(false).status()).isEqualTo(413);
            assertThat(client.rest()).isEmpty();
        }
        try (RawClient client = client()) {
            client.send(chunked("3d0900\r\n" + "x".repeat(4_000_000) + "\r\n0\r\n\r\n"));
            assertThat(client.response(false).status()).isEqualTo(413);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"x\r\nabc\r\n0\r\n\r\n", "3\r\nabcd\r\n0\r\n\r\n", "3\nabc\r\n0\r\n\r\n", "-1\r\n\r\n"})
    void malformed_chunks_are_a_problem_for_the_handler_and_end_the_connection(String body) throws IOException {
        try (RawClient client = client()) {
            Response refused = client.exchange(chunked(body));
            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.body()).startsWith("INVALID_REQUEST");
            assertThat(refused.head()).contains("connection: close");
            assertThat(client.rest()).isEmpty();
        }
    }

    @Test
    void a_cut_body_is_a_problem_for_the_handler() throws IOException {
        for (String request :
                new String[] {chunked("5\r\nab"), "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nab"}) {
            try (RawClient client = client()) {
                client.send(request).shutdownOutput();
                assertThat(client.response(false).body())
                        .startsWith("INVALID_REQUEST")
                        .contains("ended");
            }
        }
    }

    @Test
    void a_length_that_is_no_number_is_a_problem_for_the_handler() throws IOException {
        try (RawClient client = client()) {
            Response refused = client.exchange("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: +5\r\n\r\nhello");
            assertThat(refused.body()).startsWith("INVALID_REQUEST");
            assertThat(client.rest()).isEmpty();
        }
    }

    @Test
    void inflates_gzip_bodies_within_the_limit() throws IOException {
        try (RawClient client = client()) {
            client.send(encoded("gzip", gzip("hello")));
            assertThat(client.response(false).body()).isEqualTo("POST /z? hello");
            client.send(encoded("gzip", gzip("0".repeat(100_000))));
            assertThat(client.response(false).status()).isEqualTo(413);
            client.send(encoded("gzip", new byte[] {1, 2, 3}));
            assertThat(client.response(false).status()).isEqualTo(400);
            client.send(encoded("br", new byte[] {1, 2, 3}));
            assertThat(client.response(false).status()).isEqualTo(415);
            assertThat(client.exchange(NEXT).status()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'POST / HTTP/1.1|Host: x|Content-Length: 3|Transfer-Encoding: chunked||', 400",
        "'POST / HTTP/1.1|Host: x|Content-Length: 3|Content-Length: 3||abc', 400",
        "'POST / HTTP/1.1|Host: x|Transfer-Encoding: chunked|Transfer-Encoding: chunked||', 400",
        "'POST / HTTP/1.1|Host: x|Transfer-Encoding: gzip, chunked||', 501",
        "'POST / HTTP/1.0|Transfer-Encoding: chunked||', 400",
        "'GET / HTTP/1.1|Host : x||', 400",
        "'GET / HTTP/1.1|Host: x| folded||', 400",
        "'GET / HTTP/1.1|Host: x|noColon||', 400",
        "'GET / HTTP/1.1|Host: x|: empty||', 400",
        "'GET / HTTP/1.1|Host: x|a: b^c||', 400",
        "'GET / HTTP/1.1||', 400",
        "'GET / HTTP/1.1|Host: x|Host: y||', 400",
        "'GET  / HTTP/1.1|Host: x||', 400",
        "'GET /a b HTTP/1.1|Host: x||', 400",
        "'GET nowhere HTTP/1.1|Host: x||', 400",
        "'G@T / HTTP/1.1|Host: x||', 400",
        "'GET /|', 400",
        "'GET / HTTP/2.0|Host: x||', 505",
        "'|||||||||||', 400",
        "'GET / HTTP/1.1|Host: x|Expect: magic||', 417"
    })
    void what_two_readers_could_read_in_two_ways_is_refused_and_the_connection_closed(String request, int status)
            throws IOException {
        try (RawClient client = client()) {
            Response refused = client.exchange(request.replace("|", "\r\n").replace('^', '\u0001'));
            assertThat(refused.status()).isEqualTo(status);
            assertThat(refused.head()).contains("connection: close");
            client.shutdownOutput();
            assertThat(client.rest()).isEmpty();
        }
    }

    @Test
    void bare_line_feeds_and_carriage_returns_are_refused() throws IOException {
        for (String request : new String[] {
            "GET / HTTP/1.1\nHost: x\n\n",
            "GET / HTTP/1.1\r\nHost: x\r\na: b\rc: d\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: x\r\na: b\n\r\n"
        }) {
            try (RawClient client = client()) {
                assertThat(client.exchange(request).status()).isEqualTo(400);
            }
        }
    }

    @Test
    void bounds_request_line_and_headers() throws IOException {
        try (RawClient client = client()) {
            assertThat(client.exchange("GET /" + "a".repeat(20_000) + " HTTP/1.1\r\n")
                            .status())
                    .isEqualTo(414);
        }
        try (RawClient client = client()) {
            assertThat(client.exchange("GET / HTTP/1.1\r\nHost: x\r\na: " + "b".repeat(70_000) + "\r\n\r\n")
                            .status())
                    .isEqualTo(431);
        }
        try (RawClient client = client()) {
            assertThat(client.exchange("GET / HTTP/1.1\r\nHost: x\r\n" + "a: b\r\n".repeat(201) + "\r\n")
                            .status())
                    .isEqualTo(431);
        }
    }

    @Test
    void takes_whole_urls_and_the_asterisk() throws IOException {
        try (RawClient client = client()) {
            assertThat(client.exchange("GET http://x:80/p?q HTTP/1.1\r\nHost: x\r\n\r\n")
                            .body())
                    .isEqualTo("GET /p?q ");
            assertThat(client.exchange("GET http://x HTTP/1.1\r\nHost: x\r\n\r\n")
                            .body())
                    .isEqualTo("GET /? ");
            assertThat(client.exchange("OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n").body())
                    .isEqualTo("OPTIONS *? ");
        }
    }

    private void assertClosedAfter(String request) throws IOException {
        try (RawClient client = client()) {
            assertThat(client.exchange(request).head()).contains("connection: close");
            assertThat(client.rest()).isEmpty();
        }
    }

    private RawClient client() throws IOException {
        return new RawClient(front.address());
    }

    private static String post(String target, String body) {
        return "POST " + target + " HTTP/1.1\r\nHost: x\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
    }

    private static String chunked(String body) {
        return "POST /c HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n" + body;
    }

    private static byte[] encoded(String encoding, byte[] body) {
        String head = "POST /z HTTP/1.1\r\nHost: x\r\nContent-Encoding: " + encoding + "\r\nContent-Length: "
                + body.length + "\r\n\r\n";
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(head.getBytes(StandardCharsets.ISO_8859_1));
        all.writeBytes(body);
        return all.toByteArray();
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }
}
