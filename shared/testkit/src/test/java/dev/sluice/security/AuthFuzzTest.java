package dev.sluice.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.core.access.KeyHash;
import dev.sluice.core.gateway.GatewayFixture;
import dev.sluice.core.gateway.InboundRequest;
import dev.sluice.core.ports.CallLog;
import dev.sluice.model.Failure;
import dev.sluice.model.Headers;
import dev.sluice.testkit.HostileInput;
import dev.sluice.testkit.RecordingResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// CVE-2026-42208 (a key that was made part of a query), CVE-2026-35030 (a cache that knew tokens by their beginning),
/// GHSA-69x8 (a hash that opened what it was the hash of), CVE-2026-59822 (a failed check that fell through to the next):
/// no value in any place of a key opens anything or breaks anything, while a real key is known and in use.
///
/// `-Dauth.fuzz=1000000` makes it a million; the seed is fixed.
class AuthFuzzTest {
    private static final int ROUNDS = Integer.getInteger("auth.fuzz", 20_000);
    private static final byte[] NOTHING = new byte[0];
    private static final List<String> ROUTES = List.of(
            "POST /v1/chat/completions",
            "POST /v1/messages",
            "POST /v1/responses",
            "POST /v1beta/models/m:generateContent",
            "POST /v1beta/models/m:streamGenerateContent",
            "POST /v1beta/models/m:countTokens",
            "POST /v1/messages/count_tokens",
            "POST /v1/responses/input_tokens",
            "POST /v1/responses/compact",
            "POST /api/chat",
            "POST /api/generate",
            "POST /api/show",
            "POST /route",
            "POST /",
            "GET /v1/models",
            "GET /v1/models/m",
            "GET /v1beta/models",
            "GET /api/tags",
            "GET /api/ps",
            "GET /api/version",
            "GET /v1/responses/resp_1",
            "DELETE /v1/responses/resp_1",
            "POST /sluice/explain");
    private static final List<String> PLACES =
            List.of("authorization", "x-api-key", "x-goog-api-key", "api-key", "query", "scheme");
    private static final List<String> SCHEMES = List.of(
            "Bearer ", "bearer ", "BEARER  ", "Basic ", "Digest ", "Token ", "Bearer\t", "Bearer", "", " Bearer ");
    /// None of these is read for a key, whatever it holds.
    private static final List<String> IGNORED = List.of(
            "cookie",
            "proxy-authorization",
            "x-authorization",
            "x-original-authorization",
            "x-forwarded-authorization",
            "www-authenticate",
            "x-amz-security-token",
            "sec-websocket-protocol",
            "x-sluice-key",
            "x-sluice-origin");

    private final GatewayFixture g = new GatewayFixture(GatewayFixture.TWO_ACCOUNTS);
    private final String hash = new KeyHash(new byte[32]).of(GatewayFixture.KEY);
    private final SplittableRandom random = new SplittableRandom(20261121);

    @Test
    @Timeout(value = 30, unit = TimeUnit.MINUTES)
    void whatever_stands_where_a_key_does_is_a_401_and_breaks_nothing() {
        for (int round = 0; round < ROUNDS; round++) {
            if (round % 1_000 == 0) {
                aRealKeyIsKnown();
            }
            InboundRequest request = request();
            RecordingResponse response = new RecordingResponse();
            g.gateway.handle(request, response);
            if (response.status() != 401 || !response.ended() || g.log.size() != 1) {
                throw new AssertionError("round " + round + ": " + response.status() + " to " + request);
            }
            CallLog.Entry entry = g.log.removeLast();
            if (entry.failure() != Failure.Kind.UNAUTHENTICATED
                    || !entry.caller().equals("-")) {
                throw new AssertionError("round " + round + ": " + entry + " of " + request);
            }
        }
        assertThat(g.upstream.calls()).isEmpty();
        assertThat(g.registry.list()).hasSize(1);
    }

    /// So that a cache of keys has something to be confused by.
    private void aRealKeyIsKnown() {
        assertThat(g.send("GET", "/v1/models", "", "x-api-key", GatewayFixture.KEY)
                        .status())
                .isEqualTo(200);
        g.log.clear();
    }

    private InboundRequest request() {
        String route = ROUTES.get(random.nextInt(ROUTES.size()));
        int space = route.indexOf(' ');
        List<Headers.Field> fields = new ArrayList<>();
        StringBuilder query = new StringBuilder(random.nextInt(4) == 0 ? "beta=true" : "");
        for (int places = 1 + random.nextInt(3); places > 0; places--) {
            place(fields, query);
        }
        if (random.nextInt(4) == 0) {
            fields.add(new Headers.Field(IGNORED.get(random.nextInt(IGNORED.size())), "Bearer " + GatewayFixture.KEY));
        }
        return new InboundRequest(
                route.substring(0, space),
                route.substring(space + 1),
                query.toString(),
                new Headers(fields),
                NOTHING,
                null,
                "192.0.2.1");
    }

    private void place(List<Headers.Field> fields, StringBuilder query) {
        String value = foreign();
        switch (PLACES.get(random.nextInt(PLACES.size()))) {
            case "query" -> query.append("&key=").append(value);
            case "scheme" -> {
                String scheme = SCHEMES.get(random.nextInt(SCHEMES.size()));
                boolean isRead = scheme.strip().equalsIgnoreCase("bearer") && scheme.endsWith(" ");
                fields.add(new Headers.Field("Authorization", scheme + (isRead ? value : GatewayFixture.KEY)));
            }
            case "authorization" -> fields.add(new Headers.Field("authorization", "Bearer " + value));
            case String header -> fields.add(new Headers.Field(header, value));
        }
    }

    /// What the gateway reads out of it is not the key itself: space around it does not count.
    private String foreign() {
        while (true) {
            String value = HostileInput.key(random, GatewayFixture.KEY, hash);
            if (!value.strip().equals(GatewayFixture.KEY)) {
                return value;
            }
        }
    }
}
