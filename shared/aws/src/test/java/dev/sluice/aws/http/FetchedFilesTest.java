package dev.sluice.aws.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.core.media.MediaFetch;
import dev.sluice.core.media.MediaFetch.Fetched;
import dev.sluice.core.media.MediaFetch.Refused;
import dev.sluice.core.ports.Time;
import dev.sluice.core.resilience.Deadline;
import dev.sluice.testkit.HostileInput;
import dev.sluice.testkit.http.ScriptedServer;
import dev.sluice.testkit.http.ScriptedServer.Script;
import java.io.IOException;
import java.net.InetAddress;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Files that requests link to, over the real client: TLS, redirects, and nothing inside.
class FetchedFilesTest {
    private static final String PNG = "\u0089PNG\r\n\u001a\nrest";
    private static final Duration WAIT = Duration.ofSeconds(20);

    private static final Time CLOCK = new Time() {
        @Override
        public long nanos() {
            return System.nanoTime();
        }

        @Override
        public Instant now() {
            return Instant.EPOCH;
        }

        @Override
        public void sleep(Duration duration) {
            throw new IllegalStateException("nothing is to be slept for");
        }
    };

    private static Fetched fetch(HttpUpstream upstream, String address) {
        return new MediaFetch(upstream, CLOCK)
                .of(address, Long.MAX_VALUE, Duration.ofSeconds(5), Deadline.of(System.nanoTime(), WAIT));
    }

    private static Script answer(String answer) {
        return peer -> {
            while (!peer.readRequest().isEmpty()) {
                peer.send(answer);
            }
        };
    }

    /// Takes 127.0.0.1 for a public address, and nothing else that is not.
    private static HttpUpstream takingLoopbackForPublic(SelfSigned identity) throws GeneralSecurityException {
        PrivateNetworks networks = new PrivateNetworks(host -> host.equals("127.0.0.1")
                ? new InetAddress[] {InetAddress.ofLiteral("1.1.1.1")}
                : InetAddress.getAllByName(host));
        return new HttpUpstream(networks, new ClientPool(identity.client()));
    }

    private static ScriptedServer server(SelfSigned identity, Script... scripts)
            throws GeneralSecurityException, IOException {
        return ScriptedServer.over(identity.server().getServerSocketFactory(), scripts);
    }

    @Test
    void a_file_is_fetched_over_tls_by_a_bare_request() throws Exception {
        SelfSigned identity = SelfSigned.make();
        String answer = "HTTP/1.1 200 OK\r\ncontent-type: text/html\r\nset-cookie: a=b\r\ncontent-length: "
                + PNG.length() + "\r\n\r\n" + PNG;
        try (ScriptedServer files = server(identity, answer(answer));
                HttpUpstream upstream = takingLoopbackForPublic(identity)) {
            String address = "https://127.0.0.1:" + files.port() + "/a.png?b=c#d";

            assertThat(fetch(upstream, address)).isInstanceOfSatisfying(MediaFetch.Found.class, found -> {
                assertThat(found.type()).isEqualTo("image/png");
                assertThat(found.bytes()).hasSize(PNG.length());
            });
            fetch(upstream, address);
            assertThat(files.requests())
                    .hasSize(2)
                    .allSatisfy(request -> assertThat(request)
                            .startsWith("GET /a.png?b=c HTTP/1.1\r\n")
                            .doesNotContainIgnoringCase("cookie:", "authorization:", "referer:"));
        }
    }

    @Test
    void a_redirect_to_the_inside_is_not_followed() throws Exception {
        SelfSigned identity = SelfSigned.make();
        try (ScriptedServer inside = server(identity, answer("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n"))) {
            for (String host : List.of("localhost", "[::1]", "[::ffff:7f00:1]", "169.254.169.254", "10.0.0.1")) {
                String away = "HTTP/1.1 302 Away\r\nlocation: https://" + host + ":" + inside.port()
                        + "/latest/meta-data/\r\ncontent-length: 0\r\n\r\n";
                try (ScriptedServer files = server(identity, answer(away));
                        HttpUpstream upstream = takingLoopbackForPublic(identity)) {
                    assertThat(fetch(upstream, "https://127.0.0.1:" + files.port() + "/"))
                            .as(host)
                            .isEqualTo(new Refused("its address is in a private network"));
                    assertThat(files.requests()).hasSize(1);
                }
            }
            assertThat(inside.connections()).isZero();
        }
    }

    @Test
    void a_file_without_end_is_let_go_of() throws Exception {
        SelfSigned identity = SelfSigned.make();
        String head = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n8\r\n\u0089PNG\r\n\u001a\n\r\n";
        Script endless = peer -> {
            peer.readRequest();
            peer.send(head);
            String chunk = "10000\r\n" + "x".repeat(0x10000) + "\r\n";
            for (int sent = 0; sent < 1_000; sent++) {
                peer.send(chunk);
            }
        };
        try (ScriptedServer files = server(identity, endless);
                HttpUpstream upstream = takingLoopbackForPublic(identity)) {
            assertThat(fetch(upstream, "https://127.0.0.1:" + files.port() + "/"))
                    .isEqualTo(new Refused("it is larger than is fetched"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "localhost",
                "localhost.",
                "127.1",
                "2130706433",
                "0x7f000001",
                "0177.0.0.1",
                "0.0.0.0",
                "[::1]",
                "[::]",
                "[::ffff:127.0.0.1]",
                "[64:ff9b::7f00:1]",
                "[2002:7f00:1::]",
                "user@127.0.0.1",
                "1.1.1.1@127.0.0.1",
                "1.1.1.1%40127.0.0.1",
                "127.0.0.1%2f.public.test",
                "127.0.0.1\\@1.1.1.1",
                "\uff11\uff12\uff17.0.0.1"
            })
    void no_spelling_of_this_machine_is_connected_to(String authority) throws Exception {
        SelfSigned identity = SelfSigned.make();
        try (ScriptedServer inside = server(identity, answer("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n"));
                HttpUpstream upstream =
                        new HttpUpstream(PrivateNetworks.ofSystem(), new ClientPool(identity.client()))) {
            for (String scheme : List.of("https", "HTTPS", "http")) {
                String address = scheme + "://" + authority + ":" + inside.port() + "/#@1.1.1.1/";
                assertThat(fetch(upstream, address)).as(address).isInstanceOf(Refused.class);
            }
            assertThat(inside.connections()).isZero();
        }
    }

    @Test
    void no_hostile_host_is_connected_to_or_breaks_anything() throws Exception {
        SelfSigned identity = SelfSigned.make();
        try (HttpUpstream upstream = new HttpUpstream(
                new PrivateNetworks(_ -> new InetAddress[] {InetAddress.ofLiteral("10.0.0.1")}),
                new ClientPool(identity.client()))) {
            for (String host : HostileInput.hosts()) {
                assertThat(fetch(upstream, "https://" + host + "/")).as(host).isInstanceOf(Refused.class);
            }
        }
    }
}
