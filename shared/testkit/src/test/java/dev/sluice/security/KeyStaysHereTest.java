package dev.sluice.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.core.access.Edge;
import dev.sluice.core.gateway.GatewayFixture;
import dev.sluice.core.gateway.InboundRequest;
import dev.sluice.core.ports.Upstream;
import dev.sluice.model.Headers;
import dev.sluice.testkit.RecordingResponse;
import dev.sluice.testkit.ScriptedUpstream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// LiteLLM #32202, #38114, #29609, langwatch #781: a caller's key that went on to the provider in a header nobody had
/// thought of. Here it is sent in every place that a key may stand in, on every route, to a provider of every dialect.
class KeyStaysHereTest {
    private static final String KEY = GatewayFixture.KEY;
    private static final String PROOF = "origin-proof-0123456789abcdef";
    private static final List<String> PROVIDERS =
            List.of("openai-chat", "openai-responses", "anthropic", "gemini", "bedrock-converse", "ollama-chat");
    private static final List<String> ROUTES = List.of(
            "/v1/chat/completions",
            "/v1/messages",
            "/v1/responses",
            "/v1beta/models/MODEL:generateContent",
            "/v1beta/models/MODEL:streamGenerateContent",
            "/api/chat",
            "/api/generate",
            "/route",
            "/v1/messages/count_tokens",
            "/v1/responses/input_tokens",
            "/v1beta/models/MODEL:countTokens");

    private static Stream<Arguments> everyRouteToEveryProvider() {
        return ROUTES.stream().flatMap(route -> PROVIDERS.stream().map(provider -> Arguments.of(route, provider)));
    }

    /// Each holds the key in places of its own; the first three letters tell how it is asked for.
    private static List<Headers> carriers() {
        return List.of(
                Headers.of("Authorization", "Bearer " + KEY),
                Headers.of("authorization", "bearer   " + KEY + " "),
                Headers.of("X-Api-Key", KEY),
                Headers.of("x-goog-api-key", KEY),
                Headers.of("API-Key", KEY),
                Headers.of("authorization", "Bearer " + KEY, "x-api-key", KEY, "x-goog-api-key", KEY, "api-key", KEY),
                Headers.of("authorization", "Bearer of-the-tools-own-login", "x-api-key", KEY),
                Headers.of("x-api-key", KEY, "cookie", "key=" + KEY, "proxy-authorization", "Bearer " + KEY),
                Headers.of("x-api-key", KEY, "x-forwarded-for", "192.0.2.9", "forwarded", "for=192.0.2.9"));
    }

    @ParameterizedTest
    @MethodSource("everyRouteToEveryProvider")
    void a_key_in_any_place_reaches_no_provider(String route, String provider) {
        GatewayFixture g = new GatewayFixture(config(), Edge.provedBy(PROOF));
        g.upstream.always(ScriptedUpstream.json(500, "{\"error\":{\"message\":\"no\"}}"));
        String path = route.replace("MODEL", provider + "%2Fm");
        int before = 0;
        for (Headers carrier : carriers()) {
            for (String query : List.of("", "key=" + KEY, "%6bey=" + KEY + "&beta=true")) {
                RecordingResponse answer = send(g, path, query, carrier, provider);
                assertThat(answer.headers() + answer.body()).doesNotContain(KEY, PROOF);
            }
        }
        for (Upstream.Call call : g.upstream.calls()) {
            assertNothingOfOurs(call);
            before++;
        }
        assertThat(before).as("calls to " + provider).isGreaterThanOrEqualTo(isCounting(route) ? 0 : 27);
    }

    private static boolean isCounting(String route) {
        return route.contains("ount") || route.endsWith("input_tokens");
    }

    private static void assertNothingOfOurs(Upstream.Call call) {
        String uri = call.uri() + URLDecoder.decode(call.uri().toString(), StandardCharsets.UTF_8);
        String all = uri + call.headers() + new String(call.body(), StandardCharsets.ISO_8859_1);
        assertThat(all)
                .doesNotContain(KEY, PROOF, "of-the-tools-own-login", "192.0.2.9", "198.51.100.7")
                .contains("upstream-secret");
        assertThat(call.headers().fields())
                .extracting(Headers.Field::name)
                .doesNotContain(
                        "cookie",
                        "proxy-authorization",
                        "x-forwarded-for",
                        "forwarded",
                        "host",
                        Edge.PROOF,
                        Edge.VIEWER);
        assertThat(call.uri().getHost()).endsWith(".provider.test");
    }

    @Test
    void gemini_clients_may_give_it_in_the_query_and_it_goes_no_further() {
        GatewayFixture g = new GatewayFixture(config(), Edge.provedBy(PROOF));
        g.upstream.always(ScriptedUpstream.json(500, "{}"));
        for (String provider : PROVIDERS) {
            for (String query :
                    List.of("key=" + KEY, "alt=sse&key=" + KEY, "%6b%65%79=" + KEY, "key=" + KEY + "&key=" + KEY)) {
                send(g, "/v1beta/models/" + provider + "%2Fm:generateContent", query, Headers.NONE, provider);
            }
        }
        assertThat(g.upstream.calls()).hasSizeGreaterThanOrEqualTo(4 * PROVIDERS.size());
        g.upstream.calls().forEach(KeyStaysHereTest::assertNothingOfOurs);
    }

    private static RecordingResponse send(
            GatewayFixture g, String path, String query, Headers carrier, String provider) {
        List<Headers.Field> fields = new ArrayList<>(carrier.fields());
        fields.add(new Headers.Field("content-type", "application/json"));
        fields.add(new Headers.Field(Edge.PROOF, PROOF));
        fields.add(new Headers.Field(Edge.VIEWER, "198.51.100.7:443"));
        RecordingResponse response = new RecordingResponse();
        g.gateway.handle(
                new InboundRequest(
                        "POST",
                        path,
                        query,
                        new Headers(fields),
                        body(path, provider).getBytes(StandardCharsets.UTF_8),
                        null,
                        "203.0.113.1"),
                response);
        return response;
    }

    private static String body(String path, String provider) {
        String model = "\"model\":\"" + provider + "/m\",";
        if (path.startsWith("/v1beta")) {
            return "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"hi\"}]}]}";
        }
        if (path.startsWith("/v1/responses")) {
            return "{" + model + "\"input\":\"hi\"}";
        }
        return path.equals("/api/generate")
                ? "{" + model + "\"prompt\":\"hi\",\"stream\":false}"
                : "{" + model
                        + "\"max_tokens\":9,\"stream\":false,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";
    }

    /// A provider of each dialect; nothing stops a call to one that has failed.
    private static String config() {
        StringBuilder providers = new StringBuilder();
        for (String dialect : PROVIDERS) {
            providers
                    .append(providers.isEmpty() ? "" : ",")
                    .append(
                            "{\"id\":\"" + dialect + "\",\"endpoints\":{\"" + dialect + "\":\"https://" + dialect
                                    + ".provider.test\"},\"credential\":\"c\",\"auth\":{\"type\":\"bearer\"},\"models\":[\"m\"]}");
        }
        return """
                {"version": 1, "retries": {"attempts": 1, "baseDelayMs": 0, "maxDelayMs": 0},
                 "loopBreaker": {"repeats": 0}, "breaker": {"failures": 1000, "openMs": 1},
                 "providers": [%s]}""".formatted(providers);
    }
}
