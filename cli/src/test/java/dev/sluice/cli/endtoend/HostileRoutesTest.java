package dev.sluice.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.core.gateway.Endpoint;
import dev.sluice.model.Headers;
import dev.sluice.testkit.HostileInput;
import dev.sluice.testkit.http.ScriptedServer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// The corpora of [HostileInput] over real sockets: the HTTP front hands on the path that was on the request line, and
/// no Host, no absolute form and no odd header moves it.
class HostileRoutesTest {
    private static final int KEYS = 300;

    private static String post(String target, String headers) {
        return "POST " + target + " HTTP/1.1\r\n" + headers + "content-length: 2\r\nconnection: close\r\n\r\n{}";
    }

    private static int status(RunningGateway gateway, String request) throws Exception {
        try (Client client = gateway.client()) {
            return client.exchange(request).status();
        }
    }

    /// CVE-2026-49468, Envoy CVE-2026-73553 and CVE-2026-73511.
    @Test
    void no_way_to_write_a_target_leads_past_the_key() throws Exception {
        try (ScriptedServer provider = Provider.playing(_ -> null);
                RunningGateway gateway = RunningGateway.before(provider.port())) {
            for (String path : HostileInput.paths()) {
                int expected = HostileInput.statusWithoutKey(Endpoint.match("POST", path, "", Headers.NONE));
                for (String target : List.of(path, "http://health.example" + path, "HTTPS://x:1" + path + "?/health")) {
                    assertThat(status(gateway, post(target, "host: x\r\n")))
                            .as(target)
                            .isIn(expected, 400);
                }
            }
            assertThat(provider.requests()).isEmpty();
        }
    }

    /// CVE-2026-49468.
    @Test
    void no_host_opens_a_route_or_moves_one() throws Exception {
        try (ScriptedServer provider = Provider.playing(_ -> null);
                RunningGateway gateway = RunningGateway.before(provider.port())) {
            for (String host : HostileInput.hosts()) {
                for (String target : List.of("/v1/messages", "http://" + host.replace(" ", "") + "/v1/messages")) {
                    assertThat(status(gateway, post(target, "host: " + host + "\r\n")))
                            .as(target)
                            .isIn(400, 401, 404, 405);
                    assertThat(status(
                                    gateway,
                                    post(
                                            target,
                                            "host: x\r\nx-original-url: /health\r\nx-forwarded-host: " + host
                                                    + "\r\n")))
                            .as(target)
                            .isIn(400, 401, 404, 405);
                }
                assertThat(status(gateway, post("/v1/messages", "host: x\r\nhost: " + host + "\r\n")))
                        .isIn(400, 401);
            }
            assertThat(provider.requests()).isEmpty();
        }
    }

    /// CVE-2026-42208: as bytes on the wire; what is no HTTP is a 400 or a 431.
    @Test
    void whatever_stands_where_a_key_does_is_a_401_or_no_http() throws Exception {
        SplittableRandom random = new SplittableRandom(20261121);
        List<Integer> statuses = new ArrayList<>();
        try (ScriptedServer provider = Provider.playing(_ -> null);
                RunningGateway gateway = RunningGateway.before(provider.port())) {
            for (int round = 0; round < KEYS; round++) {
                String key =
                        HostileInput.key(random, "slc_a-key-that-is-not-the-gateways", "0123456789abcdef".repeat(4));
                String header = round % 2 == 0 ? "x-api-key: " : "authorization: Bearer ";
                statuses.add(status(
                        gateway,
                        post("/v1/messages", "host: x\r\n" + header + key.repeat(round % 50 == 0 ? 900 : 1) + "\r\n")));
            }
            assertThat(statuses).containsOnly(400, 401, 431);
            assertThat(statuses.stream().filter(status -> status == 401).count())
                    .isGreaterThan(KEYS / 3);
            assertThat(provider.requests()).isEmpty();
        }
    }
}
