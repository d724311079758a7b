package dev.sluice.cli.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cli.front.RawClient;
import dev.sluice.model.Json;
import dev.sluice.protocol.json.JsonText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What no sound client, and no sound service, would send to the gateway's function. One environment takes it all.
class GatewayBadInputTest {
    private static final String CHAT =
            "{\"model\":\"m\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]}";
    private static final int MOST = EngineLimits.DEFAULT.payload();

    private static GatewayAccount account;
    private static Engine engine;

    @BeforeAll
    static void open() throws IOException {
        account = GatewayAccount.withRequests(1);
        engine = account.engine(account.usual(1));
    }

    @AfterAll
    static void close() {
        engine.close();
        account.close();
    }

    @AfterEach
    void the_environment_lives_on_and_the_service_refuses_nothing() throws Exception {
        assertThat(GatewayAccount.exchange(engine, GatewayAccount.chat(GatewayAccount.KEY, "hello"))
                        .body())
                .endsWith("data: [DONE]\n\n");
        assertThat(engine.all(EngineEvent.Started.class)).hasSize(1);
        assertThat(engine.all(EngineEvent.Refused.class)).isEmpty();
    }

    /// A sound event; what a test wants to be different is replaced in it.
    private static String event(String headers, String body, boolean base64) {
        return "{\"version\":\"2.0\",\"routeKey\":\"$default\",\"rawPath\":\"/v1/chat/completions\","
                + "\"rawQueryString\":\"\",\"headers\":{\"x-api-key\":\"" + GatewayAccount.KEY
                + "\",\"content-type\":\"application/json\"" + headers
                + "},\"requestContext\":{\"http\":{\"method\":\"POST\",\"path\":\"/v1/chat/completions\","
                + "\"sourceIp\":\"192.0.2.1\"}},\"body\":" + JsonText.print(Json.of(body)) + ",\"isBase64Encoded\":"
                + base64 + "}";
    }

    private static String answer(String event) throws InterruptedException {
        Invoked invoked = engine.invoke(event);
        String text = new String(invoked.payload(), StandardCharsets.UTF_8);
        assertThat(invoked.failure()).as(text).isEmpty();
        assertThat(invoked.hasPrelude()).isTrue();
        return text;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"version\":\"2.0\" | \"version\":\"3.0\"         | 400 | payload format 2.0",
                "\"version\":\"2.0\" | \"version\":1               | 400 | version",
                "\"version\":\"2.0\",|                             | 400 | payload format 2.0",
                "\"method\":\"POST\",|                             | 400 | method",
                "\"rawPath\":        | \"rawpath\":                | 400 | rawPath",
                "\"headers\":        | \"headerz\":                | 401 | error",
                "\"headers\":        | \"headers\":7,\"h\":        | 400 | headers",
                "\"body\":           | \"body\":7,\"b\":           | 400 | body",
                "\"body\":           | \"b\":                      | 400 | error",
                "/v1/chat/completions\",\"rawQ | /v1/nowhere\",\"rawQ | 404 | error"
            })
    void answers_an_event_that_is_not_what_it_should_be(String sound, String broken, int status, String words)
            throws Exception {
        String text = event("", CHAT, false);
        assertThat(text).contains(sound);

        String answer = answer(text.replace(sound, broken == null ? "" : broken));

        assertThat(answer).startsWith("{\"statusCode\":" + status + ",").contains(words);
    }

    @ParameterizedTest
    @CsvSource({"'{\"hello\":true}'", "'[1,2]'", "'\"text\"'", "'{\"version\"'", "'{}'"})
    void says_of_what_is_no_request_that_it_is_none(String event) throws Exception {
        Invoked invoked = engine.invoke(event);

        String text = new String(invoked.payload(), StandardCharsets.UTF_8);
        if (event.startsWith("{") && event.endsWith("}")) {
            assertThat(invoked.failure().orElseThrow().type()).isEqualTo("Function.Failed");
            assertThat(text).contains("HTTP requests only");
        } else {
            assertThat(text).startsWith("{\"statusCode\":400,").contains("not one JSON object");
        }
    }

    @ParameterizedTest
    @CsvSource({"'!!!!'", "'eyJtb2Rl*'", "'e'"})
    void refuses_broken_base64_in_the_callers_dialect(String body) throws Exception {
        assertThat(answer(event("", body, true)))
                .startsWith("{\"statusCode\":400,")
                .contains("base64", "invalid_request_error");
    }

    @Test
    void takes_a_body_that_fills_the_event_and_no_byte_more() throws Exception {
        String text = event("", CHAT.replace("hello", "@"), false);
        String full = text.replace("@", "x".repeat(MOST - text.length() + 1));
        assertThat(full).hasSize(MOST);

        assertThat(answer(full)).startsWith("{\"statusCode\":200,").endsWith("data: [DONE]\n\n");

        InvocationFailure failure =
                engine.invoke(full.replace("xxx", "xxxx")).failure().orElseThrow();
        assertThat(failure.kind()).isEqualTo(InvocationFailure.Kind.TOO_LARGE);
    }

    @Test
    void the_url_refuses_a_body_over_six_megabytes_before_the_function_sees_it() throws Exception {
        int before = engine.all(EngineEvent.Delivered.class).size();

        RawClient.Response refused = GatewayAccount.exchange(
                engine, GatewayAccount.request("/v1/chat/completions", GatewayAccount.KEY, "x".repeat(MOST + 1)));

        assertThat(refused.status()).isEqualTo(413);
        assertThat(engine.all(EngineEvent.Delivered.class)).hasSize(before);
    }

    @Test
    void takes_a_hundred_headers_and_cookies_with_equals_signs() throws Exception {
        StringBuilder headers = new StringBuilder("Cookie: a=b=c==; theme=\"x=y\"; bare\r\nCookie: second=1\r\n");
        for (int i = 0; i < 90; i++) {
            headers.append("x-header-").append(i).append(": value=").append(i).append("\r\n");
        }

        RawClient.Response answer = GatewayAccount.exchange(
                engine, GatewayAccount.request("/v1/chat/completions", GatewayAccount.KEY, CHAT, headers.toString()));

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body()).endsWith("data: [DONE]\n\n");
    }

    @ParameterizedTest
    @CsvSource({"1", "3"})
    void a_runtime_api_that_fails_and_delays_is_asked_again(int failures) throws Exception {
        Faults faults = Faults.NONE.withFailedNexts(failures).withNextDelay(Duration.ofMillis(20));
        try (Engine broken = account.engine(account.usual(1).with(faults))) {
            assertThat(GatewayAccount.exchange(broken, GatewayAccount.chat(GatewayAccount.KEY, "hello"))
                            .body())
                    .endsWith("data: [DONE]\n\n");
            assertThat(broken.all(EngineEvent.Started.class)).hasSize(1);
        }
    }

    @Test
    void an_invocation_that_comes_twice_is_answered_once() throws Exception {
        try (Engine repeating = account.engine(account.usual(1).with(Faults.NONE.withRepeatedIds()))) {
            RawClient.Response first =
                    GatewayAccount.exchange(repeating, GatewayAccount.chat(GatewayAccount.KEY, "hello"));
            RawClient.Response second =
                    GatewayAccount.exchange(repeating, GatewayAccount.chat(GatewayAccount.KEY, "hello"));
            RawClient.Response third =
                    GatewayAccount.exchange(repeating, GatewayAccount.chat(GatewayAccount.KEY, "hello"));

            assertThat(first.status()).isEqualTo(200);
            assertThat(second.status()).isEqualTo(502);
            assertThat(repeating
                            .await(
                                    EngineEvent.Answered.class,
                                    one -> one.failure().isPresent())
                            .failure()
                            .orElseThrow()
                            .type())
                    .isEqualTo("Runtime.RepeatedInvocation");
            assertThat(third.body()).endsWith("data: [DONE]\n\n");
            assertThat(repeating.all(EngineEvent.Started.class)).hasSize(1);
        }
    }

    @Test
    void an_answer_that_the_service_refuses_is_given_again() throws Exception {
        try (Engine refusing = account.engine(account.usual(1).with(Faults.NONE.withForbiddenAnswers(1)))) {
            RawClient.Response answer =
                    GatewayAccount.exchange(refusing, GatewayAccount.chat(GatewayAccount.KEY, "hello"));

            assertThat(answer.body()).endsWith("data: [DONE]\n\n");
            assertThat(refusing.all(EngineEvent.Refused.class)).hasSize(1);
            assertThat(refusing.all(EngineEvent.Delivered.class)).hasSize(1);
        }
    }

    @Test
    void an_answer_that_the_service_cuts_ends_without_an_end_and_the_environment_lives_on() throws Exception {
        try (Engine cutting = account.engine(account.usual(1).with(Faults.NONE.withCutAfter(700)))) {
            for (int i = 0; i < 2; i++) {
                try (RawClient client = cutting.client()) {
                    client.send(GatewayAccount.chat(GatewayAccount.KEY, "hello"));
                    assertThat(client.response(true).status()).isEqualTo(200);
                    assertThat(client.rest()).doesNotContain("[DONE]", "\r\n0\r\n");
                }
            }
            assertThat(cutting.all(EngineEvent.Started.class)).hasSize(1);
            cutting.awaitCount(EngineEvent.Answered.class, 2); // told a moment after the client is cut
            assertThat(cutting.all(EngineEvent.Answered.class))
                    .hasSize(2)
                    .allMatch(answered -> answered.failure().orElseThrow().kind() == InvocationFailure.Kind.TRUNCATED);
        }
    }

    @Test
    void an_event_padded_to_the_last_byte_is_taken() throws Exception {
        try (Engine huge = account.engine(account.usual(1).with(Faults.NONE.withEventBytes(MOST)))) {
            assertThat(GatewayAccount.exchange(huge, GatewayAccount.chat(GatewayAccount.KEY, "hello"))
                            .body())
                    .endsWith("data: [DONE]\n\n");
        }
    }
}
