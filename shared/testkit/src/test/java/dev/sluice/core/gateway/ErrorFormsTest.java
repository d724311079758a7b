package dev.sluice.core.gateway;

import static dev.sluice.testkit.ScriptedUpstream.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.Failure;
import dev.sluice.model.Json;
import dev.sluice.protocol.json.JsonText;
import dev.sluice.testkit.RecordingResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Errors in the form of each dialect that clients speak (PROTOCOL.md, the table at the end of 2.4).
class ErrorFormsTest {
    /// One provider, spoken to in a dialect that most clients here do not speak themselves.
    private static final String ONE = """
            {"version": 1, "defaultModel": "one/m", "retries": {"attempts": 1}, "providers": [
              {"id": "one", "endpoints": {"openai-chat": "https://one.test/v1"}, "credential": "one",
               "models": [{"id": "m"}]}]}""";

    private final GatewayFixture g = new GatewayFixture(ONE);

    /// The error's parts where its dialect has them.
    private static Json.Obj checked(ClientDialects client, RecordingResponse response, int status, String word) {
        assertThat(response.status()).as(client + " " + response.body()).isEqualTo(status);
        assertThat(response.header("content-type")).startsWith("application/json");
        byte[] bytes = response.body().getBytes(StandardCharsets.UTF_8);
        Json.Obj body = JsonText.objectOrNull(bytes, 0, bytes.length);
        assertThat(body).isNotNull();
        Json.Obj error = client == ClientDialects.OLLAMA ? body : body.object("error");
        assertThat(error).isNotNull();
        switch (client) {
            case CHAT, RESPONSES -> {
                assertThat(error.text("message")).isNotBlank();
                assertThat(List.of(error.text("type", ""), error.text("code", "")))
                        .as(response.body())
                        .contains(word);
            }
            case ANTHROPIC -> {
                assertThat(body.text("type")).isEqualTo("error");
                assertThat(error.text("message")).isNotBlank();
                assertThat(error.text("type")).isEqualTo(word);
            }
            case GEMINI -> {
                assertThat(error.whole("code")).isEqualTo(status);
                assertThat(error.text("message")).isNotBlank();
                assertThat(error.text("status")).isEqualTo(word);
            }
            case OLLAMA -> assertThat(body.text("error")).isNotBlank();
        }
        return body;
    }

    private static String word(ClientDialects client, String openai, String anthropic, String gemini) {
        return switch (client) {
            case CHAT, RESPONSES -> openai;
            case ANTHROPIC -> anthropic;
            case GEMINI -> gemini;
            case OLLAMA -> "";
        };
    }

    @Test
    void an_error_in_the_place_of_an_array_is_an_array() {
        g.upstream.always(json(429, "{\"error\":{\"message\":\"slow down\"}}"));
        String[] key = ClientDialects.GEMINI.key();
        String body = ClientDialects.GEMINI.body("m", "hi", true, false);

        RecordingResponse array = g.post("/v1beta/models/m:streamGenerateContent", body, key);

        assertThat(array.status()).isEqualTo(429);
        assertThat(array.body()).startsWith("[{\"error\":{\"code\":429,").endsWith("}}]");
        assertThat(g.post("/v1beta/models/m:streamGenerateContent", body).body())
                .startsWith("[{\"error\":{\"code\":401,");
        assertThat(g.post(ClientDialects.GEMINI.streamPath("m"), body, key).body())
                .startsWith("{\"error\":");
    }

    @ParameterizedTest
    @EnumSource
    void no_key_is_a_401(ClientDialects client) {
        RecordingResponse response = g.post(client.path("m"), client.body("m", "hi", false, false));

        checked(client, response, 401, word(client, "invalid_api_key", "authentication_error", "UNAUTHENTICATED"));
    }

    @ParameterizedTest
    @EnumSource
    void another_method_is_a_405_with_allow(ClientDialects client) {
        RecordingResponse response = g.send("PUT", client.path("m"), "", client.key());

        checked(
                client,
                response,
                405,
                word(client, "invalid_request_error", "invalid_request_error", "INVALID_ARGUMENT"));
        assertThat(response.header("allow")).contains("POST");
    }

    @ParameterizedTest
    @EnumSource
    void a_body_over_the_limit_is_a_413(ClientDialects client) {
        InboundRequest whole = GatewayFixture.request("POST", client.path("m"), "", client.key());
        RecordingResponse response = new RecordingResponse();
        g.gateway.handle(
                new InboundRequest(
                        whole.method(),
                        whole.path(),
                        whole.query(),
                        whole.headers(),
                        whole.body(),
                        Failure.Refused.of(Failure.Kind.TOO_LARGE, "too large"),
                        "127.0.0.1"),
                response);

        checked(client, response, 413, word(client, "invalid_request_error", "request_too_large", "INVALID_ARGUMENT"));
    }

    @ParameterizedTest
    @EnumSource
    void another_media_type_is_a_415(ClientDialects client) {
        String[] key = client.key();
        RecordingResponse response = g.post(client.path("m"), "x=y", key[0], key[1], "content-type", "text/plain");

        checked(
                client,
                response,
                415,
                word(client, "invalid_request_error", "invalid_request_error", "INVALID_ARGUMENT"));
    }

    @ParameterizedTest
    @EnumSource
    void what_curl_calls_a_body_by_itself_is_taken_from_clients_of_ollama_alone(ClientDialects client) {
        String[] key = client.key();
        String body = client.body("demo", "hi", false, false);
        String type = "application/x-www-form-urlencoded";
        RecordingResponse response = g.post(client.path("demo"), body, key[0], key[1], "content-type", type);

        assertThat(response.status() == 415).isEqualTo(client != ClientDialects.OLLAMA);
    }

    @ParameterizedTest
    @EnumSource
    void a_body_that_is_no_json_is_a_400(ClientDialects client) {
        RecordingResponse response = g.post(client.path("m"), "{\"model\":", client.key());

        checked(
                client,
                response,
                400,
                word(client, "invalid_request_error", "invalid_request_error", "INVALID_ARGUMENT"));
    }

    @ParameterizedTest
    @EnumSource
    void a_model_that_is_not_there_is_a_404(ClientDialects client) {
        checked(client, client.ask(g, "nobody"), 404, word(client, "model_not_found", "not_found_error", "NOT_FOUND"));
    }

    /// What a provider answers, and what becomes of it.
    ///
    /// @param statuses of Chat and Responses, Anthropic, Gemini, Ollama
    /// @param retry whether a time is named (true), a repeat is forbidden (false), or nothing is said (null)
    private record Case(
            String name, int status, String code, List<Integer> statuses, List<String> words, Boolean retry) {
        int status(ClientDialects client) {
            return statuses.get(
                    switch (client) {
                        case CHAT, RESPONSES -> 0;
                        case ANTHROPIC -> 1;
                        case GEMINI -> 2;
                        case OLLAMA -> 3;
                    });
        }
    }

    private static final List<Case> CASES = List.of(
            new Case(
                    "context",
                    400,
                    "context_length_exceeded",
                    List.of(400, 400, 400, 400),
                    List.of("context_length_exceeded", "invalid_request_error", "INVALID_ARGUMENT"),
                    null),
            new Case(
                    "rate limit",
                    429,
                    "rate_limit_exceeded",
                    List.of(429, 429, 429, 429),
                    List.of("rate_limit_exceeded", "rate_limit_error", "RESOURCE_EXHAUSTED"),
                    true),
            new Case(
                    "quota",
                    429,
                    "insufficient_quota",
                    List.of(429, 402, 429, 402),
                    List.of("insufficient_quota", "billing_error", "RESOURCE_EXHAUSTED"),
                    false),
            new Case(
                    "the owner's key",
                    401,
                    "invalid_api_key",
                    List.of(502, 502, 502, 502),
                    List.of("upstream_auth_failed", "api_error", "INTERNAL"),
                    false),
            new Case(
                    "overload",
                    503,
                    "overloaded",
                    List.of(503, 529, 503, 503),
                    List.of("server_error", "overloaded_error", "UNAVAILABLE"),
                    null),
            new Case(
                    "timeout",
                    504,
                    "timeout",
                    List.of(504, 504, 504, 504),
                    List.of("server_error", "timeout_error", "DEADLINE_EXCEEDED"),
                    null));

    @TestFactory
    Stream<DynamicTest> what_a_provider_answers_is_told_in_the_callers_form() {
        return ClientDialects.present().stream()
                .flatMap(client -> CASES.stream()
                        .map(one -> DynamicTest.dynamicTest(client + ": " + one.name(), () -> told(client, one))));
    }

    private static void told(ClientDialects client, Case one) {
        GatewayFixture gateway = new GatewayFixture(ONE);
        String error = "{\"error\":{\"message\":\"no\",\"type\":\"server_error\",\"param\":null,\"code\":\""
                + one.code() + "\"}}";
        gateway.upstream.always(json(one.status(), error));

        RecordingResponse response = client.ask(gateway, "m");

        List<String> words = one.words();
        checked(client, response, one.status(client), word(client, words.get(0), words.get(1), words.get(2)));
        if (Boolean.TRUE.equals(one.retry())) {
            assertThat(Long.parseLong(response.header("retry-after"))).isPositive();
        } else if (Boolean.FALSE.equals(one.retry())) {
            assertThat(response.header("x-should-retry")).isEqualTo("false");
            assertThat(response.header("retry-after")).isEmpty();
        }
        assertThat(response.body()).doesNotContain("upstream-secret");
    }
}
