package dev.sluice.aws.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.core.ports.Upstream.Answer;
import dev.sluice.core.ports.Upstream.Breakage;
import dev.sluice.core.ports.Upstream.Call;
import dev.sluice.core.ports.Upstream.Pending;
import dev.sluice.model.Headers;
import dev.sluice.testkit.http.NobodyThere;
import dev.sluice.testkit.http.ScriptedPeer;
import dev.sluice.testkit.http.ScriptedServer;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpConnectTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BreakagesTest {
    private static final String WHOLE = "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok";
    private static final Duration SHORT = Duration.ofMillis(50);

    private final HttpUpstream upstream = new HttpUpstream(PrivateNetworks.ofSystem());

    @AfterEach
    void close() {
        upstream.close();
    }

    @Test
    void a_refused_connect_never_reached_the_provider() {
        try (NobodyThere nobody = new NobodyThere()) {
            Calls.to(nobody.uri()).expectBroken(upstream, Breakage.CONNECT);
        }
    }

    @Test
    void a_connect_that_takes_too_long_is_told_from_a_refused_one() {
        URI uri = URI.create("https://p.test/");
        Duration second = Duration.ofSeconds(1);
        Exchange exchange = new Exchange(
                new Call(uri, Headers.NONE, new byte[0], false, second, second, second, false), "p.test:443");
        assertThat(Breakages.judge(new HttpConnectTimeoutException("timed out"), exchange, false)
                        .breakage())
                .isEqualTo(Breakage.CONNECT_TIMEOUT);
        assertThat(Breakages.judge(new ConnectException("refused"), exchange, false)
                        .breakage())
                .isEqualTo(Breakage.CONNECT);
    }

    @Test
    void a_failed_handshake_never_reached_the_provider_whenever_it_is_told() {
        Duration second = Duration.ofSeconds(1);
        Exchange exchange = new Exchange(
                new Call(
                        URI.create("https://p.test/"), Headers.NONE, new byte[0], false, second, second, second, false),
                "p.test:443");
        exchange.enter(Exchange.Phase.SENT);
        assertThat(List.of(
                        new SSLHandshakeException("no common protocol"),
                        new SSLException("Unsupported or unrecognized SSL message"),
                        new IOException(
                                "HTTP/1.1 header parser received no bytes", new SSLHandshakeException("closed"))))
                .allSatisfy(failed -> assertThat(
                                Breakages.judge(failed, exchange, true).breakage())
                        .isEqualTo(Breakage.CONNECT));
    }

    @Test
    void an_unknown_name_never_reached_the_provider() {
        Calls.to(URI.create("http://nowhere.invalid:80/")).expectBroken(upstream, Breakage.CONNECT);
        Calls.to(URI.create("http://nowhere.invalid:80/")).publicOnly().expectBroken(upstream, Breakage.CONNECT);
    }

    @Test
    void tls_to_a_plain_port_is_no_answer() throws IOException {
        try (ScriptedServer server = ScriptedServer.playing(peer -> {
            peer.send("HTTP/1.1 400 Bad Request\r\n\r\n");
            peer.awaitClose(); // closing with something unread would be a reset, and hide what was said
        })) {
            Answer answer = Calls.to(URI.create("https://127.0.0.1:" + server.port() + "/"))
                    .answer(upstream);
            // at times the client says no more of it than that nothing came
            assertThat(answer)
                    .isInstanceOfSatisfying(
                            Answer.Broken.class,
                            broken -> assertThat(broken.breakage()).isIn(Breakage.CONNECT, Breakage.RESET));
        }
    }

    @Test
    void a_private_address_is_not_even_connected_to() throws IOException {
        try (ScriptedServer server = ScriptedServer.answering(WHOLE)) {
            Calls.to(server.uri("/")).publicOnly().expectBroken(upstream, Breakage.PRIVATE_ADDRESS);
            Calls.to(URI.create("http://localhost:" + server.port() + "/"))
                    .publicOnly()
                    .expectBroken(upstream, Breakage.PRIVATE_ADDRESS);
            Calls.to(URI.create("http://[::ffff:127.0.0.1]:" + server.port() + "/"))
                    .publicOnly()
                    .expectBroken(upstream, Breakage.PRIVATE_ADDRESS);
            assertThat(server.connections()).isZero();
        }
    }

    @Test
    void a_connection_lost_before_the_answer_is_a_reset_at_a_new_origin() throws IOException {
        try (ScriptedServer server = ScriptedServer.playing(
                peer -> {
                    peer.readRequest();
                    peer.reset();
                },
                peer -> peer.readRequest())) {
            Calls.to(server.uri("/")).expectBroken(upstream, Breakage.RESET);
            Calls.to(server.uri("/")).streaming().expectBroken(upstream, Breakage.RESET);
            assertThat(server.requests()).as("nothing is sent again").hasSize(2);
        }
    }

    @Test
    void a_dead_kept_connection_is_stale_and_the_request_is_not_repeated() throws Exception {
        CountDownLatch second = new CountDownLatch(1);
        try (ScriptedServer server = ScriptedServer.playing(
                peer -> {
                    peer.readRequest();
                    peer.send(WHOLE);
                    peer.readRequest();
                    second.countDown();
                },
                peer -> {
                    peer.readRequest();
                    peer.send(WHOLE);
                    peer.awaitClose();
                })) {
            Calls.to(server.uri("/")).answer(upstream);
            Calls.to(server.uri("/")).expectBroken(upstream, Breakage.STALE);
            second.await();
            assertThat(server.requests()).hasSize(2);
            assertThat(Calls.to(server.uri("/")).answer(upstream)).isInstanceOf(Answer.Complete.class);
        }
    }

    @Test
    void a_cut_within_the_headers_is_a_reset_even_at_a_known_origin() throws IOException {
        try (ScriptedServer server = ScriptedServer.playing(peer -> {
            peer.readRequest();
            peer.send(WHOLE);
            peer.readRequest();
            peer.send("HTTP/1.1 200 OK\r\nset-cookie: secr");
        })) {
            Calls.to(server.uri("/")).answer(upstream);
            Answer.Broken broken = Calls.to(server.uri("/")).expectBroken(upstream, Breakage.RESET);
            assertThat(broken.message()).doesNotContain("secr", "cookie");
        }
    }

    @Test
    void a_whole_answer_that_is_cut_is_a_reset() throws IOException {
        try (ScriptedServer server = ScriptedServer.playing(peer -> {
            peer.readRequest();
            peer.send("HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nhal");
        })) {
            Calls.to(server.uri("/")).expectBroken(upstream, Breakage.RESET);
        }
    }

    @Test
    void what_is_not_http_is_malformed() throws IOException {
        try (ScriptedServer server = ScriptedServer.playing(peer -> {
            peer.readRequest();
            peer.send("<html><body>welcome</body></html>\r\n\r\n");
            peer.awaitClose();
        })) {
            Calls.to(server.uri("/")).expectBroken(upstream, Breakage.MALFORMED);
        }
    }

    @Test
    void headers_without_end_are_malformed() throws IOException {
        try (ScriptedServer server = ScriptedServer.playing(peer -> {
            peer.readRequest();
            peer.send("HTTP/1.1 200 OK\r\n");
            for (int i = 0; i < 3000; i++) {
                peer.send("x-" + i + ": " + "y".repeat(1000) + "\r\n");
            }
            peer.awaitClose();
        })) {
            Calls.to(server.uri("/")).expectBroken(upstream, Breakage.MALFORMED);
        }
    }

    @Test
    void silence_is_a_first_byte_timeout_for_streams_and_a_total_timeout_for_whole_answers() throws Exception {
        Patience patience = new Patience("");
        try (ScriptedServer server = ScriptedServer.playing(patience)) {
            Calls call = Calls.to(server.uri("/"));
            assertThat(patience.endsWith(wait -> call.within(wait, Calls.LONG).streaming()))
                    .isEqualTo(Breakage.FIRST_BYTE_TIMEOUT);
            assertThat(patience.endsWith(wait -> call.within(Calls.LONG, wait))).isEqualTo(Breakage.TOTAL_TIMEOUT);
            patience.awaitClosed(2);
        }
    }

    @Test
    void a_whole_answer_that_stalls_is_a_total_timeout() throws Exception {
        Patience patience = new Patience("HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nhal");
        try (ScriptedServer server = ScriptedServer.playing(patience)) {
            Calls call = Calls.to(server.uri("/"));
            assertThat(patience.endsWith(wait -> call.within(wait, wait))).isEqualTo(Breakage.TOTAL_TIMEOUT);
            patience.awaitClosed(1);
        }
    }

    /// A server that never answers whole, and calls to it that wait ever longer until one has arrived before its time was
    /// over: a machine under load may be late to connect.
    private final class Patience implements ScriptedServer.Script {
        private final String start;
        private final Semaphore arrived = new Semaphore(0);
        private final Semaphore closed = new Semaphore(0);

        /// @param start of its answers
        Patience(String start) {
            this.start = start;
        }

        @Override
        public void play(ScriptedPeer peer) throws IOException {
            if (!peer.readRequest().isEmpty()) {
                peer.send(start);
                arrived.release();
                peer.awaitClose();
                closed.release();
            }
        }

        Breakage endsWith(Function<Duration, Calls> calls) {
            for (Duration wait = SHORT; ; wait = wait.multipliedBy(2)) {
                Answer.Broken broken = (Answer.Broken) calls.apply(wait).answer(upstream);
                if (broken.breakage() != Breakage.CONNECT_TIMEOUT && arrived.tryAcquire()) {
                    return broken.breakage();
                }
            }
        }

        void awaitClosed(int connections) throws InterruptedException {
            closed.acquire(connections);
        }
    }

    @Test
    void waits_in_steps_and_answers_null_between() throws IOException {
        CountDownLatch asked = new CountDownLatch(1);
        try (ScriptedServer server = ScriptedServer.playing(peer -> {
            peer.readRequest();
            asked.await();
            peer.send(WHOLE);
            peer.awaitClose();
        })) {
            Pending pending = Calls.to(server.uri("/")).send(upstream);
            assertThat(pending.await(Duration.ofMillis(1))).isNull();
            asked.countDown();
            assertThat(pending.await(Calls.LONG)).isInstanceOf(Answer.Complete.class);
        }
    }

    @Test
    void cancel_closes_the_connection() throws Exception {
        CountDownLatch arrived = new CountDownLatch(1);
        CountDownLatch gone = new CountDownLatch(1);
        try (ScriptedServer server = ScriptedServer.playing(peer -> {
            peer.readRequest();
            arrived.countDown();
            peer.awaitClose();
            gone.countDown();
        })) {
            Pending pending = Calls.to(server.uri("/")).send(upstream);
            arrived.await();
            pending.cancel();
            gone.await();
            assertThat(pending.await(Calls.LONG))
                    .isInstanceOfSatisfying(
                            Answer.Broken.class,
                            broken -> assertThat(broken.breakage()).isEqualTo(Breakage.CANCELLED));
        }
    }

    @Test
    void an_interrupted_waiter_cancels() throws Exception {
        CountDownLatch gone = new CountDownLatch(1);
        try (ScriptedServer server = ScriptedServer.playing(peer -> {
            peer.readRequest();
            peer.awaitClose();
            gone.countDown();
        })) {
            Thread.currentThread().interrupt();
            Answer answer = Calls.to(server.uri("/")).send(upstream).await(Calls.LONG);
            assertThat(Thread.interrupted()).isTrue();
            assertThat(answer)
                    .isInstanceOfSatisfying(
                            Answer.Broken.class,
                            broken -> assertThat(broken.breakage()).isEqualTo(Breakage.CANCELLED));
        }
    }

    @Test
    void a_header_that_cannot_be_sent_breaks_the_call_only() throws IOException {
        try (ScriptedServer server = ScriptedServer.answering(WHOLE)) {
            Calls.to(server.uri("/"))
                    .headers(Headers.of("x-bad", "a\r\nb: c"))
                    .expectBroken(upstream, Breakage.CONNECT);
            assertThat(server.connections()).isZero();
        }
    }
}
