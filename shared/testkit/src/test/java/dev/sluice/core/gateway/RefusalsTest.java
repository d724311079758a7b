package dev.sluice.core.gateway;

import static dev.sluice.core.gateway.Wire.*;
import static dev.sluice.testkit.ScriptedUpstream.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.Failure;
import dev.sluice.testkit.RecordingResponse;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Bad input and bad keys: the right status in the caller's own dialect, and no provider asked.
class RefusalsTest {
    private final GatewayFixture g = new GatewayFixture(GatewayFixture.TWO_ACCOUNTS);

    @Test
    void no_key_is_a_401_in_the_callers_dialect() {
        RecordingResponse chat = g.post("/v1/chat/completions", CHAT_REQUEST);
        RecordingResponse messages = g.post("/v1/messages", MESSAGES_REQUEST);

        assertThat(chat.status()).isEqualTo(401);
        assertThat(chat.body()).contains("invalid_api_key");
        assertThat(messages.status()).isEqualTo(401);
        assertThat(messages.body()).contains("authentication_error");
        assertThat(g.upstream.calls()).isEmpty();
    }

    @Test
    void a_wrong_key_is_a_401_and_is_not_repeated_in_the_answer() {
        RecordingResponse client =
                g.post("/v1/messages", MESSAGES_REQUEST, "x-api-key", "slc_wrong-key-0000000000000000");

        assertThat(client.status()).isEqualTo(401);
        assertThat(client.body()).doesNotContain("slc_wrong");
    }

    @Test
    void a_failing_key_store_is_a_503_and_never_a_401() {
        g.post("/v1/messages", MESSAGES_REQUEST); // the configuration is known, the key is not
        g.registry.silent(true);

        RecordingResponse client = g.messages(MESSAGES_REQUEST);

        assertThat(client.status()).isEqualTo(503);
        assertThat(client.header("retry-after")).isEqualTo("1");
    }

    @Test
    void without_any_configuration_read_it_is_a_503() {
        g.registry.silent(true);

        assertThat(g.chat(CHAT_REQUEST).status()).isEqualTo(503);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"model\":               | 400",
                "[]                        | 400",
                "{\"model\":5,\"messages\":[]} | 400",
                "{\"model\":\"coding\",\"messages\":\"hi\"} | 400",
                "{\"model\":\"coding\",\"stream\":\"yes\",\"messages\":[]} | 400",
            })
    void a_body_that_is_no_request_is_a_400(String body, int status) {
        assertThat(g.chat(body).status()).isEqualTo(status);
        assertThat(g.messages(body).status()).isEqualTo(status);
        assertThat(g.upstream.calls()).isEmpty();
    }

    @Test
    void an_unknown_model_is_a_404_that_names_the_nearest() {
        RecordingResponse client =
                g.chat("{\"model\":\"codign\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}");

        assertThat(client.status()).isEqualTo(404);
        assertThat(client.body()).contains("coding", "model_not_found");
    }

    @Test
    void another_media_type_is_a_415() {
        RecordingResponse client =
                g.post("/v1/messages", MESSAGES_REQUEST, "x-api-key", GatewayFixture.KEY, "content-type", "text/plain");

        assertThat(client.status()).isEqualTo(415);
    }

    @Test
    void a_body_over_the_limit_is_a_413_in_the_callers_dialect() {
        InboundRequest tooLarge = GatewayFixture.request("POST", "/v1/messages", "", "x-api-key", GatewayFixture.KEY);
        RecordingResponse client = new RecordingResponse();
        g.gateway.handle(
                new InboundRequest(
                        tooLarge.method(),
                        tooLarge.path(),
                        tooLarge.query(),
                        tooLarge.headers(),
                        tooLarge.body(),
                        Failure.Refused.of(Failure.Kind.TOO_LARGE, "too large"),
                        "127.0.0.1"),
                client);

        assertThat(client.status()).isEqualTo(413);
        assertThat(client.body()).contains("request_too_large");
    }

    @Test
    void a_body_over_the_configured_limit_is_a_413_in_the_callers_dialect_whatever_the_front_lets_through() {
        GatewayFixture small = new GatewayFixture(GatewayFixture.TWO_ACCOUNTS.replace(
                "\"version\": 1,", "\"version\": 1, \"limits\": {\"maxRequestBytes\": 1024},"));
        small.upstream.always(json(200, MESSAGES_ANSWER));
        String exact = MESSAGES_REQUEST + " ".repeat(1024 - MESSAGES_REQUEST.length());

        assertThat(small.messages(exact).status()).isEqualTo(200);
        RecordingResponse messages = small.messages(exact + " ");
        RecordingResponse chat = small.chat(CHAT_REQUEST + " ".repeat(1024));

        assertThat(messages.status()).isEqualTo(413);
        assertThat(messages.body()).contains("request_too_large", "larger than the limit of 1024 bytes");
        assertThat(chat.status()).isEqualTo(413);
        assertThat(chat.body()).contains("request_too_large");
        assertThat(small.upstream.calls()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"0", "-1", "-3600"})
    void a_deadline_that_has_passed_is_a_504_in_the_callers_dialect_and_nobody_is_asked(int seconds) {
        g.registry.silent(true); // not even the store is
        RecordingResponse chat = late("/v1/chat/completions", CHAT_REQUEST, seconds);
        RecordingResponse messages = late("/v1/messages", MESSAGES_REQUEST, seconds);

        assertThat(chat.status()).isEqualTo(504);
        assertThat(chat.body()).startsWith("{\"error\":{\"message\":\"No time is left");
        assertThat(messages.status()).isEqualTo(504);
        assertThat(messages.body()).startsWith("{\"type\":\"error\"").contains("timeout_error", "No time is left");
        assertThat(late("/v1/models", "", seconds).status()).isEqualTo(405);
        assertThat(g.upstream.calls()).isEmpty();
    }

    private RecordingResponse late(String path, String body, int seconds) {
        InboundRequest any = GatewayFixture.request("POST", path, body, "x-api-key", GatewayFixture.KEY);
        RecordingResponse client = new RecordingResponse();
        g.gateway.handle(
                new InboundRequest(
                        any.method(),
                        any.path(),
                        any.query(),
                        any.headers(),
                        any.body(),
                        null,
                        any.clientAddress(),
                        Duration.ofSeconds(seconds)),
                client);
        return client;
    }

    @Test
    void another_method_is_a_405_with_allow() {
        RecordingResponse client = g.send("PUT", "/v1/messages", "", "x-api-key", GatewayFixture.KEY);

        assertThat(client.status()).isEqualTo(405);
        assertThat(client.header("allow")).contains("POST");
    }

    @Test
    void the_websocket_upgrade_is_answered_426_at_once() {
        assertThat(g.send("GET", "/v1/responses", "", "upgrade", "websocket").status())
                .isEqualTo(426);
    }

    @Test
    void health_needs_no_key() {
        assertThat(g.send("GET", "/health", "").status()).isEqualTo(200);
    }

    @Test
    void models_are_listed_in_the_callers_shape() {
        RecordingResponse openai = g.send("GET", "/v1/models", "", "authorization", "Bearer " + GatewayFixture.KEY);
        RecordingResponse anthropic =
                g.send("GET", "/v1/models", "", "x-api-key", GatewayFixture.KEY, "anthropic-version", "2023-06-01");

        assertThat(openai.body()).startsWith("{\"object\":\"list\"").contains("\"coding\"", "\"one/m\"");
        assertThat(anthropic.body()).contains("\"has_more\":false", "\"coding\"");
    }

    @Test
    void the_clients_key_cookies_and_address_stay_here() {
        g.upstream.then(json(200, MESSAGES_ANSWER));

        g.post(
                "/v1/messages",
                MESSAGES_REQUEST,
                "x-api-key",
                GatewayFixture.KEY,
                "cookie",
                "a=b",
                "x-forwarded-for",
                "1.2.3.4",
                "anthropic-beta",
                "foo-2099-01-01");

        var sent = g.upstream.calls().getFirst().headers();
        assertThat(sent.first("x-api-key")).contains("upstream-secret");
        assertThat(sent.first("anthropic-beta")).contains("foo-2099-01-01");
        assertThat(sent.has("cookie") || sent.has("x-forwarded-for") || sent.has("authorization"))
                .isFalse();
    }
}
