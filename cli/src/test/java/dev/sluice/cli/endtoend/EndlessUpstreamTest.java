package dev.sluice.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cli.front.FrontLimits;
import dev.sluice.model.Json;
import dev.sluice.protocol.json.JsonText;
import dev.sluice.testkit.http.ScriptedPeer;
import dev.sluice.testkit.http.ScriptedServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Providers that never end, break in mid-answer, fall silent, point elsewhere, or tell too much.
class EndlessUpstreamTest {
    private static final long SSE_BOUND = 16 << 20;
    private static final long JSON_BOUND = 64 << 20;
    private static final String JSON_HEAD =
            "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n";

    private static Stream<Arguments> endless() {
        return Stream.of(
                Arguments.of(Lane.CHAT_TO_CHAT, true, Provider.STREAM_HEAD, "data: {\"x\":\"", SSE_BOUND),
                Arguments.of(Lane.CHAT_TO_MESSAGES, true, Provider.STREAM_HEAD, "data: {\"x\":\"", SSE_BOUND),
                Arguments.of(Lane.MESSAGES_TO_CHAT, true, JSON_HEAD, "{\"x\":\"", SSE_BOUND),
                Arguments.of(Lane.MESSAGES_TO_MESSAGES, false, JSON_HEAD, "{\"x\":\"", JSON_BOUND));
    }

    @ParameterizedTest
    @MethodSource("endless")
    void what_has_no_end_is_given_up_at_the_bound(Lane lane, boolean stream, String head, String start, long bound)
            throws Exception {
        AtomicLong sent = new AtomicLong();
        CountDownLatch letGo = new CountDownLatch(1);
        try (ScriptedServer provider = Provider.playing(request -> request.contains("endless")
                        ? (peer, _) -> pour(peer, head + Provider.chunk(start), sent, letGo)
                        : null);
                RunningGateway gateway = RunningGateway.before(provider.port());
                Client client = gateway.client()) {
            Reply reply = client.exchange(lane.post("endless", stream));
            expectError(reply, lane);
            letGo.await();
            assertThat(sent.get()).isBetween(bound - (1 << 20), bound + (24 << 20));
            expectServed(client, lane, stream);
        }
    }

    /// Sends until the gateway closes the connection.
    private static void pour(ScriptedPeer peer, String start, AtomicLong sent, CountDownLatch letGo)
            throws IOException {
        byte[] piece = Provider.chunk("x".repeat(1 << 16)).getBytes(StandardCharsets.US_ASCII);
        try {
            peer.send(start);
            for (; ; ) {
                peer.send(piece);
                sent.addAndGet(1 << 16);
            }
        } finally {
            letGo.countDown();
        }
    }

    @ParameterizedTest
    @EnumSource(Lane.class)
    void an_endless_line_in_mid_stream_ends_in_the_dialects_error(Lane lane) throws Exception {
        AtomicLong sent = new AtomicLong();
        CountDownLatch letGo = new CountDownLatch(1);
        try (ScriptedServer provider = Provider.playing(request -> request.contains("endless")
                        ? (peer, talk) -> pour(
                                peer,
                                Provider.STREAM_HEAD
                                        + Provider.chunk(talk.opening(5) + talk.content("begun") + "data: "),
                                sent,
                                letGo)
                        : null);
                RunningGateway gateway = RunningGateway.before(provider.port());
                Client client = gateway.client()) {
            Reply reply = client.exchange(lane.post("endless", true));
            expectBrokenOff(reply, lane);
            letGo.await();
            assertThat(sent.get()).isLessThan(SSE_BOUND + (24 << 20));
            expectServed(client, lane, true);
        }
    }

    @ParameterizedTest
    @EnumSource(Lane.class)
    void a_reset_in_mid_stream_ends_in_the_dialects_error(Lane lane) throws Exception {
        CountDownLatch seen = new CountDownLatch(1);
        try (ScriptedServer provider = Provider.playing(request -> request.contains("resets")
                        ? (peer, talk) -> {
                            peer.send(Provider.STREAM_HEAD + Provider.chunk(talk.opening(5) + talk.content("begun")));
                            seen.await();
                            peer.reset();
                        }
                        : null);
                RunningGateway gateway = RunningGateway.before(provider.port());
                Client client = gateway.client()) {
            Reply reply = client.hearing(piece -> {
                        if (piece.contains("begun")) {
                            seen.countDown();
                        }
                    })
                    .exchange(lane.post("resets", true));
            expectBrokenOff(reply, lane);
            expectServed(client, lane, true);
        }
    }

    @Test
    void silence_is_kept_alive_and_then_ends_in_the_dialects_error() throws Exception {
        String impatient = "\"timeouts\": {\"idleMs\": 1000, \"keepAliveMs\": 50},";
        try (ScriptedServer provider = Provider.playing(request -> request.contains("silent")
                        ? (peer, talk) -> {
                            peer.send(Provider.STREAM_HEAD + Provider.chunk(talk.opening(5) + talk.content("begun")));
                            peer.awaitClose();
                        }
                        : null);
                RunningGateway gateway = RunningGateway.before(provider.port(), impatient, FrontLimits.DEFAULT)) {
            Map<Lane, Reply> replies = together(gateway, true);
            for (Lane lane : Lane.values()) {
                Reply reply = replies.get(lane);
                expectBrokenOff(reply, lane);
                assertThat(reply.body()).contains(lane.client() == Talk.CHAT ? ": keep-alive\n\n" : "event: ping\n");
                assertThat(gateway.entry(reply).outcome()).isEqualTo("truncated");
            }
        }
    }

    @Test
    void no_answer_in_time_is_a_504_to_a_plain_request_and_an_event_after_keep_alives() throws Exception {
        String impatient = "\"timeouts\": {\"firstByteMs\": 1000, \"totalMs\": 1500, \"keepAliveMs\": 50},";
        try (ScriptedServer provider = Provider.playing(
                        request -> request.contains("silent") ? (peer, _) -> peer.awaitClose() : null);
                RunningGateway gateway = RunningGateway.before(provider.port(), impatient, FrontLimits.DEFAULT)) {
            together(gateway, false).forEach((lane, reply) -> {
                assertThat(reply.status()).as(reply.body()).isEqualTo(504);
                expectError(reply, lane);
            });
            together(gateway, true).forEach((lane, reply) -> {
                assertThat(reply.status()).as(reply.body()).isEqualTo(200);
                assertThat(reply.body()).contains("\"error\"").doesNotContain("[DONE]", "message_stop");
            });
        }
    }

    /// A request on every lane at once: waiting takes the time of one.
    private static Map<Lane, Reply> together(RunningGateway gateway, boolean stream) throws IOException {
        Map<Lane, Client> clients = new EnumMap<>(Lane.class);
        Map<Lane, Reply> replies = new EnumMap<>(Lane.class);
        for (Lane lane : Lane.values()) {
            clients.put(lane, gateway.client().send(lane.post("silent", stream)));
        }
        for (Map.Entry<Lane, Client> each : clients.entrySet()) {
            try (Client client = each.getValue()) {
                replies.put(each.getKey(), client.reply());
            }
        }
        return replies;
    }

    @ParameterizedTest
    @EnumSource(Lane.class)
    void a_redirect_is_neither_followed_nor_told(Lane lane) throws Exception {
        try (ScriptedServer elsewhere = Provider.playing(_ -> null);
                ScriptedServer provider = Provider.playing(request -> request.contains("redirects")
                        ? (peer, _) -> peer.send("HTTP/1.1 "
                                + (request.contains("-302") ? "302 Found" : "307 Temporary") + "\r\nlocation: "
                                + elsewhere.uri("/secret-place") + "\r\ncontent-length: 12\r\n\r\nsecret-place")
                        : null);
                RunningGateway gateway = RunningGateway.before(provider.port());
                Client client = gateway.client()) {
            for (String kind : new String[] {"redirects-302", "redirects-307"}) {
                for (boolean stream : new boolean[] {true, false}) {
                    Reply reply = client.exchange(lane.post(kind, stream));
                    expectError(reply, lane);
                    assertThat(reply.head() + reply.body())
                            .doesNotContain("secret-place", "location:", ":" + elsewhere.port());
                }
            }
            assertThat(elsewhere.connections()).isZero();
            expectServed(client, lane, true);
        }
    }

    @ParameterizedTest
    @EnumSource(Lane.class)
    void cookies_and_the_owners_organisation_stay_here(Lane lane) throws Exception {
        String telling = String.join(
                "\r\n",
                "set-cookie: session=cookie-of-the-owner; path=/",
                "openai-organization: the-owners-organisation",
                "anthropic-organization-id: the-owners-organisation",
                "openai-project: the-owners-project",
                "server: the-servers-name",
                "via: 1.1 the-proxy",
                "cf-ray: the-ray",
                "x-ratelimit-limit-requests: 7",
                "x-request-id: req-of-the-provider",
                "request-id: req-of-the-provider",
                "");
        try (ScriptedServer provider = Provider.playing(request -> (peer, talk) -> {
                    String answer = request.contains("\"stream\":true")
                            ? Provider.STREAM_HEAD + Provider.chunk(talk.stream(Provider.TEXT)) + "0\r\n\r\n"
                            : request.contains("fails")
                                    ? Provider.answer(
                                            "429 Too Many",
                                            "application/json",
                                            "{\"type\":\"error\",\"error\":{\"type\":\"rate_limit_error\",\"message\":\"slow\",\"param\":null,\"code\":null}}")
                                    : Provider.json(talk.answer(Provider.TEXT));
                    peer.send(answer.replaceFirst("\r\n", "\r\n" + telling));
                });
                RunningGateway gateway = RunningGateway.before(provider.port());
                Client client = gateway.client()) {
            for (Reply reply : new Reply[] {
                client.exchange(lane.post("hi", true)),
                client.exchange(lane.post("hi", false)),
                client.exchange(lane.post("fails", false))
            }) {
                assertThat(reply.head().toLowerCase(Locale.ROOT))
                        .doesNotContain("cookie", "the-owners", "organization", "the-servers", "the-proxy", "the-ray");
                assertThat(reply.header("x-ratelimit-limit-requests")).isEqualTo(lane.isIdentity() ? "7" : "");
            }
        }
    }

    /// The client is gone in mid-stream: the provider's connection is let go, which ends what is paid for.
    @Test
    void a_client_that_leaves_takes_the_providers_stream_with_it() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch letGo = new CountDownLatch(1);
        try (ScriptedServer provider = Provider.playing(request -> request.contains("leaves")
                        ? (peer, talk) -> {
                            peer.send(Provider.STREAM_HEAD + Provider.chunk(talk.opening(5)));
                            begun.countDown();
                            try {
                                for (; ; ) {
                                    peer.send(Provider.chunk(talk.content("x".repeat(1000))));
                                }
                            } finally {
                                letGo.countDown();
                            }
                        }
                        : null);
                RunningGateway gateway = RunningGateway.before(provider.port())) {
            try (Client client = gateway.client()) {
                client.send(Lane.CHAT_TO_CHAT.post("leaves", true));
                begun.await();
            }
            letGo.await();
            try (Client client = gateway.client()) {
                expectServed(client, Lane.CHAT_TO_CHAT, true);
            }
        }
    }

    private static void expectError(Reply reply, Lane lane) {
        assertThat(reply.status()).as(reply.body()).isBetween(500, 599);
        Json.Obj error = JsonText.objectOrNull(reply.body());
        assertThat(error).as(reply.body()).isNotNull();
        assertThat(lane.client().isError(error)).as(reply.body()).isTrue();
    }

    private static void expectBrokenOff(Reply reply, Lane lane) {
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        assertThat(reply.whole()).isTrue();
        String last = reply.body()
                .substring(reply.body().stripTrailing().lastIndexOf("\n\n") + 2)
                .strip();
        assertThat(last).matches(lane.client()::isWellFormed, "a whole event");
        Json.Obj error = JsonText.objectOrNull(last.substring(last.indexOf('{')));
        assertThat(error).isNotNull();
        assertThat(lane.client().isError(error)).as(last).isTrue();
        assertThat(reply.body()).contains("begun").doesNotContain("[DONE]", "message_stop", "\"stop\"", "end_turn");
    }

    private static void expectServed(Client client, Lane lane, boolean stream) throws IOException {
        Reply next = client.exchange(lane.post("please", stream));
        assertThat(next.status()).as(next.body()).isEqualTo(200);
        assertThat(next.body()).contains(Provider.TEXT);
    }
}
