package dev.sluice.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.aws.http.HttpUpstream;
import dev.sluice.aws.http.PrivateNetworks;
import dev.sluice.aws.http.PrivateNetworks.Verdict;
import dev.sluice.core.ports.Upstream;
import dev.sluice.core.ports.Upstream.Answer;
import dev.sluice.core.ports.Upstream.Breakage;
import dev.sluice.model.Headers;
import dev.sluice.testkit.http.ScriptedServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Server-side requests to where nobody may ask: CVE-2024-6587, PYSEC-2026-4070 (LiteLLM), CVE-2025-66405, CVE-2026-110719
/// (Portkey), GO-2025-4154, GO-2026-5652 (new-api: 0.0.0.0), CVE-2026-55245 (Bifrost: CGNAT, 6to4, NAT64, fec0).
class SsrfTest {
    private static final Duration WAIT = Duration.ofSeconds(20);
    private static final String ANSWER = "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "0.1.2.3",
                "10.0.0.1",
                "10.255.255.255",
                "100.64.0.1",
                "100.100.100.200",
                "100.127.255.254",
                "127.0.0.1",
                "127.255.255.254",
                "169.254.0.1",
                "169.254.169.254",
                "169.254.170.2",
                "169.254.170.23",
                "172.16.0.1",
                "172.31.255.255",
                "192.0.0.1",
                "192.0.0.192",
                "192.0.2.1",
                "192.88.99.1",
                "192.168.0.1",
                "198.18.0.1",
                "198.19.255.255",
                "198.51.100.1",
                "203.0.113.1",
                "224.0.0.1",
                "239.255.255.250",
                "240.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "0:0:0:0:0:0:0:1",
                "::127.0.0.1",
                "::ffff:127.0.0.1",
                "::ffff:7f00:1",
                "0:0:0:0:0:ffff:a9fe:a9fe",
                "::ffff:0:127.0.0.1",
                "64:ff9b::127.0.0.1",
                "64:ff9b::a9fe:a9fe",
                "64:ff9b::10.0.0.1",
                "64:ff9b:1::1",
                "64:ff9b:1:ffff::808:808",
                "100::1",
                "2001::1",
                "2001:0:4136:e378:8000:63bf:3fff:fdd2",
                "2001:2::1",
                "2001:10::1",
                "2001:20::1",
                "2001:db8::1",
                "2002:7f00:1::",
                "2002:a9fe:a9fe::1",
                "2002:c0a8:101::1",
                "2002:808:808::1",
                "3fff::1",
                "3fff:fff::1",
                "5f00::1",
                "fc00::1",
                "fd00:ec2::254",
                "fd12:3456:789a::1",
                "fe80::1",
                "fe80::1%1",
                "fec0::1",
                "feff::1",
                "ff02::1",
                "ff0e::1"
            })
    void no_special_address_is_taken_for_a_public_one(String address) {
        assertThat(PrivateNetworks.ofSystem().judge(address)).isEqualTo(Verdict.PRIVATE);
        if (address.indexOf(':') >= 0) {
            assertThat(PrivateNetworks.ofSystem().judge("[" + address + "]")).isEqualTo(Verdict.PRIVATE);
        }
    }

    /// As `inet_aton` reads them, and as browsers do.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "2130706433",
                "0x7f000001",
                "017700000001",
                "0",
                "127.1",
                "127.0.1",
                "0x7f.0.0.1",
                "0x7f.1",
                "0177.0.0.1",
                "0177.0.0.01",
                "127.0.0.01",
                "127.0.0.1.",
                "127.000.000.001",
                "00.00.00.00",
                "0x0",
                "localhost",
                "LOCALHOST",
                "localhost.",
                "\uff11\uff12\uff17.0.0.1",
                "\u2460\u2461\u2466.0.0.1",
                "127\u30020\u30020\u30021",
                "0xa9fea9fe",
                "2852039166",
                "0251.0376.0251.0376",
                "::ffff:127.1",
                "1.1.1.1/",
                "1.1.1.1:80",
                "",
                " ",
                "%31%32%37.0.0.1"
            })
    void no_other_spelling_of_an_address_is_public(String host) {
        assertThat(PrivateNetworks.ofSystem().judge(host)).isNotEqualTo(Verdict.PUBLIC);
    }

    @Test
    void what_a_url_hides_its_host_behind_is_not_connected_to() throws Exception {
        try (ScriptedServer inside = ScriptedServer.answering(ANSWER);
                HttpUpstream upstream = new HttpUpstream(PrivateNetworks.ofSystem())) {
            for (String authority : List.of(
                    "127.0.0.1",
                    "localhost",
                    "127.1",
                    "2130706433",
                    "0.0.0.0",
                    "[::1]",
                    "[::ffff:127.0.0.1]",
                    "[::ffff:7f00:1]",
                    "[0:0:0:0:0:ffff:7f00:1]",
                    "user@127.0.0.1",
                    "1.1.1.1@127.0.0.1",
                    "public.example:443@127.0.0.1",
                    "localhost.")) {
                URI uri = URI.create("http://" + authority + ":" + inside.port() + "/v1/chat/completions#@1.1.1.1/");
                assertThat(ask(upstream, uri)).as(uri.toString()).isInstanceOf(Answer.Broken.class);
            }
            assertThat(inside.connections()).isZero();
        }
    }

    @Test
    void one_private_address_among_public_ones_is_enough_in_any_place() throws UnknownHostException {
        InetAddress open = InetAddress.ofLiteral("1.1.1.1");
        for (String hidden : List.of("169.254.169.254", "::ffff:10.0.0.1", "64:ff9b::a00:1", "2002:a00:1::")) {
            InetAddress inside = InetAddress.ofLiteral(hidden);
            for (InetAddress[] answer :
                    new InetAddress[][] {{inside}, {open, inside}, {inside, open}, {open, open, inside}}) {
                assertThat(new PrivateNetworks(_ -> answer).judge("rebind.test"))
                        .isEqualTo(Verdict.PRIVATE);
            }
        }
    }

    /// DNS rebinding: the name is public when it is looked at, and this machine when it is connected to. Both look through
    /// one cache of the JVM: what was judged is what is used. The address that is judged is one that nobody has.
    @Test
    void a_name_that_turns_private_after_it_was_judged_is_not_followed() throws Exception {
        RebindingResolver.ASKED.set(0);
        try (ScriptedServer inside = ScriptedServer.answering(ANSWER);
                HttpUpstream upstream = new HttpUpstream(PrivateNetworks.ofSystem())) {
            URI uri = URI.create("http://" + RebindingResolver.NAME + ":" + inside.port() + "/");
            assertThat(ask(upstream, uri)).isInstanceOf(Answer.Broken.class);
            assertThat(RebindingResolver.ASKED).hasValue(1);
            assertThat(inside.connections()).isZero();
        }
    }

    /// Each call is judged anew: a name that has turned private in the meantime is refused.
    @Test
    void a_name_is_judged_before_every_call() {
        AtomicInteger asked = new AtomicInteger();
        List<Verdict> verdicts = new ArrayList<>();
        PrivateNetworks networks = new PrivateNetworks(
                _ -> new InetAddress[] {InetAddress.ofLiteral(asked.getAndIncrement() == 0 ? "1.1.1.1" : "127.0.0.1")});
        verdicts.add(networks.judge("rebind.test"));
        verdicts.add(networks.judge("rebind.test"));
        assertThat(verdicts).containsExactly(Verdict.PUBLIC, Verdict.PRIVATE);
    }

    @ParameterizedTest
    @ValueSource(ints = {300, 301, 302, 303, 307, 308})
    void a_redirect_to_the_inside_is_not_followed(int status) throws IOException {
        try (ScriptedServer inside = ScriptedServer.answering(ANSWER);
                ScriptedServer provider = ScriptedServer.answering("HTTP/1.1 " + status + " Away\r\nlocation: "
                        + inside.uri("/latest/meta-data/") + "\r\ncontent-length: 0\r\n\r\n");
                HttpUpstream upstream = new HttpUpstream(PrivateNetworks.ofSystem())) {
            for (boolean streaming : new boolean[] {true, false}) {
                Answer answer = upstream.send(call(provider.uri("/"), streaming, WAIT, true))
                        .await(WAIT.plus(WAIT));
                assertThat(answer).isInstanceOf(Answer.Complete.class);
                assertThat(((Answer.Complete) answer).status()).isEqualTo(status);
            }
            assertThat(inside.connections()).isZero();
        }
    }

    private static Answer ask(HttpUpstream upstream, URI uri) {
        // where nobody may be reached, nobody is waited for
        Upstream.Call call = call(uri, false, Duration.ofMillis(300), false);
        Answer answer = upstream.send(call).await(WAIT.plus(WAIT));
        if (answer instanceof Answer.Broken(Breakage breakage, String message)) {
            assertThat(breakage)
                    .as(message)
                    .isIn(Breakage.PRIVATE_ADDRESS, Breakage.CONNECT, Breakage.CONNECT_TIMEOUT, Breakage.TOTAL_TIMEOUT);
        }
        return answer;
    }

    private static Upstream.Call call(URI uri, boolean streaming, Duration connect, boolean allowed) {
        return new Upstream.Call(uri, Headers.NONE, new byte[] {'{', '}'}, streaming, connect, WAIT, WAIT, allowed);
    }
}
