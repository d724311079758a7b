package dev.sluice.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.core.gateway.Endpoint;
import dev.sluice.core.gateway.GatewayFixture;
import dev.sluice.core.gateway.Match;
import dev.sluice.core.ports.Upstream;
import dev.sluice.model.Headers;
import dev.sluice.testkit.HostileInput;
import dev.sluice.testkit.RecordingResponse;
import dev.sluice.testkit.ScriptedUpstream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Nothing is open that is not in a list here, and what a request's own words say moves nothing: not whom it asks, not
/// with what credential, not which origins may read.
class ClosedByDefaultTest {
    /// Every kind of match there is, with a request that is one.
    private static final Map<Class<?>, String> REQUESTS = new LinkedHashMap<>();

    static {
        REQUESTS.put(Match.Chat.class, "POST /v1/messages");
        REQUESTS.put(Match.DetectDialect.class, "POST /route");
        REQUESTS.put(Match.Explain.class, "GET /sluice/explain");
        REQUESTS.put(Match.CountTokens.class, "POST /v1/messages/count_tokens");
        REQUESTS.put(Match.ListModels.class, "GET /v1/models");
        REQUESTS.put(Match.OneModel.class, "GET /v1/models/m");
        REQUESTS.put(Match.ShowModel.class, "POST /api/show");
        REQUESTS.put(Match.RunningModels.class, "GET /api/ps");
        REQUESTS.put(Match.OllamaVersion.class, "GET /api/version");
        REQUESTS.put(Match.Protocol.class, "GET /protocol");
        REQUESTS.put(Match.Health.class, "GET /health");
        REQUESTS.put(Match.Hello.class, "GET /api/hello");
        REQUESTS.put(Match.Preflight.class, "OPTIONS /v1/messages");
        REQUESTS.put(Match.WebSocketUpgrade.class, "GET /v1/responses");
        REQUESTS.put(Match.Stored.class, "GET /v1/responses/resp_1");
        REQUESTS.put(Match.Later.class, "POST /v1/responses/compact");
        REQUESTS.put(Match.MethodNotAllowed.class, "DELETE /v1/messages");
        REQUESTS.put(Match.NotFound.class, "GET /admin/keys");
    }

    private final GatewayFixture g = new GatewayFixture(GatewayFixture.TWO_ACCOUNTS);

    private static String method(String request) {
        return request.substring(0, request.indexOf(' '));
    }

    private static String path(String request) {
        return request.substring(request.indexOf(' ') + 1);
    }

    /// CVE-2026-35029 (an administration route that asked for no role): a new kind of request has to be named here.
    @Test
    void whatever_can_be_asked_for_needs_a_key_but_what_is_named_here() {
        assertThat(REQUESTS.keySet()).isEqualTo(Set.of(Match.class.getPermittedSubclasses()));
        REQUESTS.forEach((kind, request) -> {
            Match match = Endpoint.match(method(request), path(request), "", Headers.NONE);
            assertThat(match).isInstanceOf(kind);
            RecordingResponse answer = g.send(method(request), path(request), "{}");
            assertThat(answer.status()).as(request).isEqualTo(HostileInput.statusWithoutKey(match));
        });
        assertThat(g.upstream.calls()).isEmpty();
    }

    /// CVE-2026-49468, Envoy CVE-2026-73553 and CVE-2026-73511: one check saw another path than the one that was served.
    @ParameterizedTest
    @MethodSource("dev.sluice.testkit.HostileInput#paths")
    void no_way_to_write_a_path_leads_past_the_key(String path) {
        for (String method : List.of("GET", "POST", "HEAD", "DELETE", "PUT", "get", "POST ")) {
            Match match = Endpoint.match(method, path, "", Headers.NONE);
            for (String query : List.of("", "/health", "x=/../health", "key=x")) {
                String target = query.isEmpty() ? path : path + "?" + query;
                RecordingResponse answer = g.send(method, target, "{}");
                assertThat(answer.status()).as(method + " " + target).isEqualTo(HostileInput.statusWithoutKey(match));
            }
        }
        assertThat(g.upstream.calls()).isEmpty();
    }

    /// CVE-2026-49468: the route was read out of a URL that the Host header was part of.
    @ParameterizedTest
    @MethodSource("dev.sluice.testkit.HostileInput#hosts")
    void no_host_opens_a_route_or_moves_one(String host) {
        String[] names = {
            "host", "x-forwarded-host", "x-original-url", "x-rewrite-url", "forwarded", "x-forwarded-prefix"
        };
        for (String name : names) {
            for (String value : List.of(host, "/health", "host=" + host)) {
                assertThat(g.send("POST", "/v1/messages", "{}", name, value).status())
                        .isEqualTo(401);
                assertThat(g.send("GET", "/health", "", name, value).status()).isEqualTo(200);
                assertThat(g.send("POST", "/v1/messages", "{}", name, value, "x-http-method-override", "OPTIONS")
                                .status())
                        .isEqualTo(401);
            }
        }
        assertThat(g.upstream.calls()).isEmpty();
    }

    @Test
    void browsers_of_no_origin_may_read_anything_unless_the_owner_says_so() {
        REQUESTS.values().forEach(request -> {
            for (String origin : List.of("https://evil.example", "null", "http://localhost", "*", "file://")) {
                RecordingResponse answer = g.send(
                        method(request),
                        path(request),
                        "{}",
                        "origin",
                        origin,
                        "x-api-key",
                        GatewayFixture.KEY,
                        "access-control-request-method",
                        "POST");
                assertThat(answer.headers().fields())
                        .as(request)
                        .noneMatch(field -> field.name().startsWith("access-control"));
            }
        });
    }

    /// CVE-2026-117574 (a credential chosen by what the client wrote), LiteLLM #36794 (a body's key that stuck to later callers), CVE-2024-6587 and PYSEC-2026-4070 (`user_config` with an
    /// address in it), CVE-2025-66405 and CVE-2026-110719 (a header that named the provider's host).
    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"api_key\":\"sk-of-the-client\",\"api_base\":\"https://evil.example\"",
                "\"base_url\":\"https://evil.example\",\"organization\":\"x\"",
                "\"user_config\":{\"model_list\":[{\"litellm_params\":{\"api_base\":\"https://evil.example\",\"api_key\":\"sk-of-the-client\"}}]}",
                "\"metadata\":{\"api_base\":\"https://evil.example\"}",
                "\"extra_body\":{\"api_base\":\"https://evil.example\"}",
                "\"extra_headers\":{\"authorization\":\"Bearer sk-of-the-client\"}",
                "\"provider\":{\"base_url\":\"http://169.254.169.254/\"}",
                "\"fallbacks\":[{\"model\":\"x\",\"api_base\":\"https://evil.example\"}]"
            })
    void nothing_in_a_body_says_where_it_goes_or_with_whose_credential(String fields) {
        g.upstream.always(ScriptedUpstream.json(200, "{}"));
        String[] headers = {
            "x-api-key", GatewayFixture.KEY, "x-portkey-custom-host", "https://evil.example",
            "x-base-url", "https://evil.example", "helicone-target-url", "https://evil.example",
            "x-provider-api-key", "sk-of-the-client", "openai-organization", "x"
        };
        for (String path : List.of("/v1/chat/completions", "/v1/messages")) {
            for (String model : List.of("one/m", "two/m")) {
                String start = "{\"model\":\"" + model
                        + "\",\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]";
                g.send("POST", path, start + "," + fields + "}", headers);
                g.send("POST", path, start + "}", "x-api-key", GatewayFixture.KEY);
            }
        }
        assertThat(g.upstream.calls()).hasSizeGreaterThanOrEqualTo(4).allSatisfy(ClosedByDefaultTest::isAsConfigured);
    }

    private static void isAsConfigured(Upstream.Call call) {
        assertThat(call.uri().getHost()).isIn("one.test", "two.test");
        assertThat(call.allowPrivateNetwork()).isFalse();
        assertThat(call.headers().toString())
                .contains("upstream-secret")
                .doesNotContain("sk-of-the-client", "evil.example");
    }

    /// CVE-2026-90898, CVE-2026-86242: what a client names is never fetched here: it goes on as it is, or is refused.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://169.254.169.254/latest/meta-data/",
                "file:///proc/self/environ",
                "http://localhost:2772/x",
                "http://[::ffff:7f00:1]/",
                "gopher://127.0.0.1:6379/_",
                "https://evil.example/a.png"
            })
    void addresses_of_pictures_and_files_are_not_asked_by_the_gateway(String url) {
        g.upstream.always(ScriptedUpstream.json(200, "{}"));
        String chat = "{\"model\":\"MODEL\",\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":["
                + "{\"type\":\"text\",\"text\":\"hi\"},{\"type\":\"image_url\",\"image_url\":{\"url\":\"" + url
                + "\"}}]}]}";
        String messages = "{\"model\":\"MODEL\",\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":["
                + "{\"type\":\"image\",\"source\":{\"type\":\"url\",\"url\":\"" + url + "\"}},"
                + "{\"type\":\"document\",\"source\":{\"type\":\"url\",\"url\":\"" + url + "\"}}]}]}";
        for (String model : List.of("one/m", "two/m")) {
            g.send("POST", "/v1/chat/completions", chat.replace("MODEL", model), "x-api-key", GatewayFixture.KEY);
            g.send("POST", "/v1/messages", messages.replace("MODEL", model), "x-api-key", GatewayFixture.KEY);
        }
        assertThat(g.upstream.calls()).isNotEmpty().allSatisfy(ClosedByDefaultTest::isAsConfigured);
    }

    /// What the corpus is for.
    @Test
    void the_corpus_of_paths_has_ways_into_both_open_and_closed_routes() {
        List<Class<?>> kinds = HostileInput.paths().stream()
                .<Class<?>>map(
                        path -> Endpoint.match("POST", path, "", Headers.NONE).getClass())
                .toList();
        assertThat(kinds).contains(Match.Chat.class, Match.NotFound.class, Match.MethodNotAllowed.class);
    }
}
