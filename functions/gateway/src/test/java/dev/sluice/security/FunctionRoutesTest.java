package dev.sluice.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.core.access.KeyHash;
import dev.sluice.core.gateway.Endpoint;
import dev.sluice.core.gateway.InboundRequest;
import dev.sluice.core.gateway.Match;
import dev.sluice.function.FunctionFixture;
import dev.sluice.function.GatewayFunction;
import dev.sluice.lambda.Event;
import dev.sluice.lambda.FunctionUrl;
import dev.sluice.model.Headers;
import dev.sluice.model.Json;
import dev.sluice.protocol.json.JsonText;
import dev.sluice.testkit.HostileInput;
import dev.sluice.testkit.RecordingResponse;
import java.io.IOException;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The same corpora as [HostileInput] has them, as events of a Function URL and against a real table.
class FunctionRoutesTest {
    private static final int KEYS = 400;
    private FunctionFixture fixture;
    private GatewayFunction function;

    @BeforeEach
    void open() throws IOException {
        fixture = new FunctionFixture();
        function = fixture.function();
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private static Event event(String method, String path, Json.Obj headers) {
        return FunctionUrl.decode(
                JsonText.bytes(Json.object()
                        .put("version", "2.0")
                        .put("rawPath", path)
                        .put("rawQueryString", "x=/health")
                        .put("headers", headers)
                        .put(
                                "requestContext",
                                Json.object()
                                        .put(
                                                "http",
                                                Json.object()
                                                        .put("method", method)
                                                        .put("path", "/health")
                                                        .put("sourceIp", "192.0.2.1")
                                                        .build())
                                        .build())
                        .put("body", "{}")
                        .put("isBase64Encoded", false)
                        .build()),
                null);
    }

    private RecordingResponse answer(InboundRequest request) {
        RecordingResponse response = new RecordingResponse();
        function.handle(request, response);
        return response;
    }

    /// CVE-2026-49468: the event's own `rawPath` is the route, and no other field of it, no Host, no query.
    @Test
    void no_way_to_write_a_path_leads_past_the_key() {
        for (String path : HostileInput.paths()) {
            for (String host : List.of("x/health?", "id.lambda-url.eu-central-1.on.aws")) {
                Json.Obj headers = Json.object()
                        .put("host", host)
                        .put("x-original-url", "/health")
                        .build();
                if (event("POST", path, headers) instanceof Event.Http(InboundRequest request)) {
                    Match match = Endpoint.match("POST", request.path(), "", Headers.NONE);
                    assertThat(answer(request).status()).as(path).isEqualTo(HostileInput.statusWithoutKey(match));
                }
            }
        }
        assertThat(fixture.provider.requests()).isEmpty();
    }

    /// CVE-2026-42208: only its hash looks a key up, whatever it holds; what no header can hold is a 400.
    @Test
    void whatever_stands_where_a_key_does_is_a_401_of_the_table_too() {
        SplittableRandom random = new SplittableRandom(20261121);
        String hash = new KeyHash(FunctionFixture.BITS).of(FunctionFixture.KEY);
        int asked = 0;
        for (int round = 0; round < KEYS; round++) {
            String key = HostileInput.key(random, FunctionFixture.KEY, hash);
            Json.Obj headers = Json.object()
                    .put(round % 2 == 0 ? "x-api-key" : "authorization", round % 2 == 0 ? key : "Bearer " + key)
                    .build();
            switch (event("POST", "/v1/messages", headers)) {
                case Event.Http(InboundRequest request) -> {
                    if (!key.strip().equals(FunctionFixture.KEY)) {
                        assertThat(answer(request).status())
                                .as("round " + round)
                                .isEqualTo(401);
                        asked++;
                    }
                }
                case Event.Malformed(int status, var _) -> assertThat(status).isEqualTo(400);
                case Event.Other _ -> throw new AssertionError("no request: " + key);
            }
        }
        assertThat(asked).isGreaterThan(KEYS / 4);
        assertThat(fixture.lines).noneMatch(line -> line.contains("defect:"));
    }
}
