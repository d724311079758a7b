package dev.sluice.cli.front;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.core.ports.ClientResponse;
import dev.sluice.core.ports.ClientResponse.ClientGone;
import dev.sluice.model.Headers;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class FrontStreamTest {
    private static final String GET = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";
    private static final Headers SSE = Headers.of("content-type", "text/event-stream", "x-evil", "a\r\nb: c\u010a");
    private static final Duration PATIENT = Duration.ofSeconds(20);

    /// What a test does with a response; may find that the client has gone.
    @FunctionalInterface
    private interface Play {
        void on(ClientResponse response) throws ClientGone, InterruptedException;
    }

    private static HttpFront front(FrontLimits limits, Play play) throws IOException {
        InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        return HttpFront.open(
                any,
                (request, response) -> {
                    try {
                        play.on(response);
                    } catch (ClientGone | InterruptedException over) {
                        response.abort();
                    }
                },
                () -> 1000,
                limits);
    }

    private static HttpFront front(Play play) throws IOException {
        return front(FrontLimits.DEFAULT, play);
    }

    private static FrontLimits limits(Duration head, Duration body, Duration write) {
        return new FrontLimits(PATIENT, head, body, write, PATIENT, 16_384, 65_536, 200);
    }

    private static void write(ClientResponse response, String text) throws ClientGone {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        response.write(bytes, 0, bytes.length);
    }

    @Test
    void streams_in_chunks_and_serves_the_next_request() throws IOException {
        try (HttpFront front = front(response -> {
                    response.start(200, SSE, -1);
                    write(response, "one ");
                    byte[] last = "two".getBytes(StandardCharsets.UTF_8);
                    response.endWith(last, 0, last.length);
                });
                RawClient client = new RawClient(front.address())) {
            for (int i = 0; i < 2; i++) {
                RawClient.Response streamed = client.exchange(GET);
                assertThat(streamed.body()).isEqualTo("one two");
                assertThat(streamed.head()).contains("\r\nx-evil: a??b: c?\r\n").doesNotContain("connection:");
            }
        }
    }

    @Test
    void each_write_is_sent_at_once() throws Exception {
        CountDownLatch seen = new CountDownLatch(1);
        try (HttpFront front = front(response -> {
                    response.start(200, SSE, -1);
                    write(response, "first");
                    seen.await();
                    response.end();
                });
                RawClient client = new RawClient(front.address())) {
            client.send("GET / HTTP/1.0\r\n\r\n");
            assertThat(client.until("first")).endsWith("first");
            seen.countDown();
            assertThat(client.rest()).isEmpty();
        }
    }

    @Test
    void an_aborted_or_abandoned_or_failed_answer_never_looks_complete() throws IOException {
        Play[] plays = {
            response -> {
                response.start(200, SSE, -1);
                write(response, "half");
                response.abort();
            },
            response -> {
                response.start(200, SSE, -1);
                write(response, "half");
            },
            response -> {
                response.start(200, SSE, -1);
                write(response, "half");
                throw new IllegalStateException("a fault of ours, on purpose");
            },
            response -> {
                response.start(200, SSE, 10);
                write(response, "half");
                response.end();
            }
        };
        for (Play play : plays) {
            try (HttpFront front = front(play);
                    RawClient client = new RawClient(front.address())) {
                client.send(GET);
                String all = client.rest();
                assertThat(all).contains("half").doesNotContain("\r\n0\r\n");
            }
        }
    }

    @Test
    void an_abort_without_chunks_is_a_reset() throws IOException {
        try (HttpFront front = front(response -> {
                    response.start(200, SSE, -1);
                    write(response, "half");
                    response.abort();
                });
                RawClient client = new RawClient(front.address())) {
            client.send("GET / HTTP/1.0\r\n\r\n");
            assertThatThrownBy(client::rest).isInstanceOf(IOException.class);
        }
    }

    @Test
    void a_handler_that_fails_before_it_starts_is_a_500() throws IOException {
        try (HttpFront front = front(response -> {
                    throw new IllegalStateException("a fault of ours, on purpose");
                });
                RawClient client = new RawClient(front.address())) {
            assertThat(client.exchange(GET).status()).isEqualTo(500);
        }
    }

    @Test
    void a_write_to_a_client_that_left_fails() throws Exception {
        CompletableFuture<String> told = new CompletableFuture<>();
        try (HttpFront front = front(response -> {
            response.start(200, SSE, -1);
            try {
                for (; ; ) {
                    write(response, "x".repeat(10_000));
                }
            } catch (ClientGone gone) {
                told.complete(gone.getMessage());
                throw gone;
            }
        })) {
            RawClient client = new RawClient(front.address());
            client.send(GET);
            client.close();
            assertThat(told.get()).contains("closed");
        }
    }

    @Test
    void a_client_that_takes_nothing_is_let_go() throws Exception {
        CountDownLatch freed = new CountDownLatch(1);
        try (HttpFront front = front(limits(PATIENT, PATIENT, Duration.ofMillis(100)), response -> {
                    response.start(200, SSE, -1);
                    try {
                        for (; ; ) {
                            write(response, "x".repeat(100_000));
                        }
                    } catch (ClientGone gone) {
                        freed.countDown();
                        throw gone;
                    }
                });
                RawClient client = new RawClient(front.address(), 4096)) {
            client.send(GET);
            freed.await();
        }
    }

    @Test
    void slow_heads_and_bodies_time_out() throws IOException {
        Duration soon = Duration.ofMillis(50);
        try (HttpFront front = front(limits(soon, soon, PATIENT), response -> {
            response.start(200, SSE, 0);
            response.end();
        })) {
            for (String unfinished : new String[] {
                "GET / HT",
                "GET / HTTP/1.1\r\nHost: x\r\nA",
                "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nab"
            }) {
                try (RawClient client = new RawClient(front.address())) {
                    assertThat(client.exchange(unfinished).status()).isEqualTo(408);
                    client.shutdownOutput();
                    assertThat(client.rest()).isEmpty();
                }
            }
        }
    }

    @Test
    void an_idle_connection_is_closed_without_a_word() throws IOException {
        FrontLimits impatient =
                new FrontLimits(Duration.ofMillis(50), PATIENT, PATIENT, PATIENT, PATIENT, 16_384, 65_536, 200);
        try (HttpFront front = front(impatient, response -> {
            response.start(200, SSE, 0);
            response.end();
        })) {
            try (RawClient silent = new RawClient(front.address())) {
                assertThat(silent.rest()).isEmpty();
            }
            String said = "";
            while (said.isEmpty()) { // a client that asks too late is idle before it has asked
                said = answered(front);
            }
            assertThat(said).startsWith("HTTP/1.1 200").endsWith("\r\n\r\n").containsOnlyOnce("HTTP/1.1");
        }
    }

    /// All that comes for one request; empty when the connection was closed before it.
    private static String answered(HttpFront front) {
        try (RawClient client = new RawClient(front.address())) {
            return client.send(GET).rest();
        } catch (IOException closedBefore) {
            return "";
        }
    }

    @Test
    void stop_closes_idle_connections_and_lets_streams_finish() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        HttpFront front = front(response -> {
            response.start(200, SSE, -1);
            write(response, "first ");
            started.countDown();
            go.await();
            write(response, "last");
            response.end();
        });
        try (RawClient idle = new RawClient(front.address());
                RawClient busy = new RawClient(front.address())) {
            busy.send(GET);
            started.await();
            CompletableFuture<Boolean> stopping = CompletableFuture.supplyAsync(() -> front.stop(PATIENT));
            assertThat(idle.rest()).isEmpty();
            assertThat(stopping).isNotDone();
            go.countDown();
            assertThat(busy.response(false).body()).isEqualTo("first last");
            assertThat(busy.rest()).isEmpty();
            assertThat(stopping.get()).isTrue();
        }
    }

    @Test
    void stop_ends_what_outlives_its_grace() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        HttpFront front = front(response -> {
            response.start(200, SSE, -1);
            write(response, "first ");
            started.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException asked) {
                interrupted.countDown();
                throw asked;
            }
        });
        try (RawClient client = new RawClient(front.address())) {
            client.send(GET);
            started.await();
            assertThat(front.stop(Duration.ofMillis(20))).isFalse();
            interrupted.await();
        }
    }
}
