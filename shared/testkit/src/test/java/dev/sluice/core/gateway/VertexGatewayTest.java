package dev.sluice.core.gateway;

import static dev.sluice.testkit.ScriptedUpstream.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.core.ports.Upstream;
import dev.sluice.protocol.json.JsonText;
import dev.sluice.testkit.FakeServiceAccount;
import dev.sluice.testkit.RecordingResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Vertex AI behind the whole request path: with a service account's key file in the place of a key.
class VertexGatewayTest {
    private static final FakeServiceAccount ACCOUNT = FakeServiceAccount.create();
    private static final String PLACE = "https://aiplatform.googleapis.com/v1/projects/p/locations/global";
    private static final String CONFIG = """
            {"version": 1, "retries": {"attempts": 1}, "providers": [
              {"id": "vertex", "credential": "google", "auth": {"type": "google-service-account"},
               "endpoints": {"gemini": "PLACE/publishers/google", "openai-chat": "PLACE/endpoints/openapi"},
               "models": ["*"]},
              {"id": "claude", "credential": "google", "auth": {"type": "google-service-account"},
               "endpoints": {"anthropic": "PLACE/publishers/anthropic"}, "models": ["*"]}]}
            """.replace("PLACE", PLACE);
    private static final String GEMINI =
            "{\"candidates\":[{\"content\":{\"role\":\"model\",\"parts\":[{\"text\":\"hello\"}]},"
                    + "\"finishReason\":\"STOP\"}],\"usageMetadata\":{\"promptTokenCount\":5,\"candidatesTokenCount\":2,"
                    + "\"totalTokenCount\":7}}";
    private static final String MESSAGE =
            "{\"id\":\"msg_1\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"claude-x\","
                    + "\"content\":[{\"type\":\"text\",\"text\":\"hello\"}],\"stop_reason\":\"end_turn\",\"stop_sequence\":null,"
                    + "\"usage\":{\"input_tokens\":5,\"output_tokens\":2}}";
    private static final String UNAUTHENTICATED =
            "{\"error\":{\"code\":401,\"message\":\"Request had invalid authentication"
                    + " credentials.\",\"status\":\"UNAUTHENTICATED\"}}";
    private static final String QUESTION =
            "{\"model\":\"%s\",\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";

    private final GatewayFixture g = new GatewayFixture(CONFIG);

    @BeforeEach
    void account() {
        g.secret = ACCOUNT.keyFile();
    }

    private static String token(Upstream.Call call) {
        return call.headers().first("authorization").orElse("").replace("Bearer ", "");
    }

    private Upstream.Call lastCall() {
        return g.upstream.calls().getLast();
    }

    private static String sent(Upstream.Call call) {
        return new String(call.body(), StandardCharsets.UTF_8);
    }

    @Test
    void a_translated_request_reaches_a_gemini_model_with_a_token_of_the_account() {
        g.upstream.then(json(200, GEMINI));

        RecordingResponse client = g.messages(QUESTION.formatted("vertex/gemini-x"));

        assertThat(client.status()).isEqualTo(200);
        assertThat(client.body()).contains("hello");
        Upstream.Call call = lastCall();
        assertThat(call.uri()).hasToString(PLACE + "/publishers/google/models/gemini-x:generateContent");
        assertThat(ACCOUNT.claims(token(call)).text("scope"))
                .isEqualTo("https://www.googleapis.com/auth/cloud-platform");
        assertThat(call.headers().has("x-goog-api-key")).isFalse();
        assertThat(call.allowPrivateNetwork()).isFalse();
    }

    @Test
    void a_gemini_clients_own_bytes_reach_it() {
        String said = "{\"contents\": [ {\"role\":\"user\",\"parts\":[{\"text\":\"hi\"}]} ]}";
        g.upstream.then(json(200, GEMINI));

        RecordingResponse client = g.post(
                "/v1beta/models/vertex%2Fgoogle%2Fgemini-x:generateContent",
                said, "x-goog-api-key", GatewayFixture.KEY);

        assertThat(client.status()).isEqualTo(200);
        assertThat(lastCall().uri()).hasToString(PLACE + "/publishers/google/models/gemini-x:generateContent");
        assertThat(sent(lastCall())).isEqualTo(said);
    }

    @Test
    void a_tier_that_a_client_of_another_dialect_wants_is_a_header() {
        GatewayFixture gemini =
                new GatewayFixture(CONFIG.replace(", \"openai-chat\": \"" + PLACE + "/endpoints/openapi\"", ""));
        gemini.secret = ACCOUNT.keyFile();
        gemini.upstream.then(json(200, GEMINI));

        RecordingResponse client = gemini.chat(QUESTION.formatted("vertex/gemini-x")
                .replace("\"max_tokens\"", "\"service_tier\":\"priority\",\"max_tokens\""));

        assertThat(client.status()).isEqualTo(200);
        Upstream.Call call = gemini.upstream.calls().getLast();
        assertThat(call.headers().first("x-vertex-ai-llm-shared-request-type")).contains("priority");
        assertThat(sent(call)).doesNotContain("serviceTier");
    }

    @ParameterizedTest
    @ValueSource(strings = {"%s", "[%s]"})
    void a_rate_of_google_s_is_no_empty_purse_in_any_dialect(String form) {
        String said =
                "{\"error\":{\"code\":429,\"message\":\"Quota exceeded for tokens per minute.\",\"status\":\"RESOURCE_EXHAUSTED\"}}";
        g.upstream.always(json(429, form.formatted(said)));

        List<RecordingResponse> clients = List.of(
                g.messages(QUESTION.formatted("claude/claude-x")),
                g.chat(QUESTION.formatted("claude/claude-y")),
                g.chat(QUESTION.formatted("vertex/gemini-x")),
                g.messages(QUESTION.formatted("vertex/gemini-y")));

        assertThat(clients).allSatisfy(client -> {
            assertThat(client.status()).isEqualTo(429);
            assertThat(client.body()).contains("Quota exceeded for tokens per minute.");
        });
        assertThat(g.log.toString()).contains("rate_limited").doesNotContain("billing");
    }

    @Test
    void an_openai_client_reaches_the_openai_endpoint() {
        g.upstream.then(json(200, "{\"choices\":[]}"));

        g.chat(QUESTION.formatted("vertex/gemini-x"));

        assertThat(lastCall().uri()).hasToString(PLACE + "/endpoints/openapi/chat/completions");
        assertThat(sent(lastCall())).contains("\"model\":\"google/gemini-x\"");
        assertThat(ACCOUNT.claims(token(lastCall())).text("iss")).isEqualTo(FakeServiceAccount.EMAIL);
    }

    @Test
    void an_anthropic_client_reaches_claude() {
        g.upstream.then(json(200, MESSAGE));

        RecordingResponse client = g.messages(QUESTION.formatted("claude/claude-x@1"));

        assertThat(client.status()).isEqualTo(200);
        assertThat(lastCall().uri()).hasToString(PLACE + "/publishers/anthropic/models/claude-x@1:rawPredict");
        assertThat(sent(lastCall()))
                .isEqualTo("{\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}],"
                        + "\"anthropic_version\":\"vertex-2023-10-16\"}");
        assertThat(lastCall().headers().has("x-api-key")).isFalse();
        assertThat(ACCOUNT.claims(token(lastCall()))).isNotNull();
    }

    @Test
    void a_translated_request_reaches_claude_too() {
        g.upstream.then(json(200, MESSAGE));

        RecordingResponse client = g.chat(QUESTION.formatted("claude/claude-x"));

        assertThat(client.body()).contains("hello");
        assertThat(lastCall().uri()).hasToString(PLACE + "/publishers/anthropic/models/claude-x:rawPredict");
        assertThat(sent(lastCall()))
                .contains("\"anthropic_version\":\"vertex-2023-10-16\"")
                .doesNotContain("\"model\"");
    }

    @Test
    void tokens_are_counted_there() {
        g.upstream.then(json(200, "{\"totalTokens\":11}")).then(json(200, "{\"input_tokens\":12}"));
        String path = "/v1/messages/count_tokens";

        RecordingResponse gemini = g.post(path, QUESTION.formatted("vertex/gemini-x"), "x-api-key", GatewayFixture.KEY);
        RecordingResponse claude = g.post(path, QUESTION.formatted("claude/claude-x"), "x-api-key", GatewayFixture.KEY);

        assertThat(gemini.body()).isEqualTo("{\"input_tokens\":11}");
        assertThat(claude.body()).isEqualTo("{\"input_tokens\":12}");
        List<Upstream.Call> calls = g.upstream.calls();
        assertThat(calls.getFirst().uri()).hasToString(PLACE + "/publishers/google/models/gemini-x:countTokens");
        assertThat(JsonText.objectOrNull(sent(calls.getFirst())))
                .satisfies(body -> assertThat(body.fields()).containsKey("contents"))
                .satisfies(body -> assertThat(body.fields()).doesNotContainKey("generateContentRequest"));
        assertThat(calls.getLast().uri()).hasToString(PLACE + "/publishers/anthropic/models/count-tokens:rawPredict");
    }

    @Test
    void one_token_serves_many_requests_and_is_renewed_before_its_end() {
        g.upstream.always(json(200, GEMINI));

        g.messages(QUESTION.formatted("vertex/gemini-x"));
        g.time.advance(Duration.ofMinutes(54));
        g.messages(QUESTION.formatted("vertex/gemini-x"));
        g.time.advance(Duration.ofMinutes(1));
        g.messages(QUESTION.formatted("vertex/gemini-x"));

        List<String> tokens =
                g.upstream.calls().stream().map(VertexGatewayTest::token).toList();
        assertThat(tokens.get(1)).isEqualTo(tokens.getFirst());
        assertThat(tokens.get(2)).isNotEqualTo(tokens.getFirst());
        assertThat(ACCOUNT.claims(tokens.get(2)).whole("exp"))
                .isEqualTo(g.time.now().getEpochSecond() - 10 + 3600);
    }

    @Test
    void a_token_that_is_refused_is_made_anew_once_and_at_once() {
        g.upstream.then(json(200, GEMINI));
        g.messages(QUESTION.formatted("vertex/gemini-x"));
        g.time.advance(Duration.ofMinutes(2));
        g.upstream.clear().then(json(401, UNAUTHENTICATED)).then(json(200, GEMINI));

        RecordingResponse client = g.messages(QUESTION.formatted("vertex/gemini-x"));

        assertThat(client.status()).isEqualTo(200);
        List<Upstream.Call> calls = g.upstream.calls();
        assertThat(calls).hasSize(3);
        assertThat(token(calls.get(1))).isEqualTo(token(calls.getFirst()));
        assertThat(token(calls.getLast())).isNotEqualTo(token(calls.getFirst()));
        assertThat(g.log.getLast().outcome()).isEqualTo("ok");
    }

    @Test
    void an_account_that_is_refused_is_named_with_the_remedy() {
        g.upstream.then(json(200, GEMINI));
        g.messages(QUESTION.formatted("vertex/gemini-x"));
        g.time.advance(Duration.ofMinutes(2));
        g.upstream.clear().always(json(401, UNAUTHENTICATED));

        RecordingResponse client = g.messages(QUESTION.formatted("vertex/gemini-x"));

        assertThat(client.status()).isEqualTo(502);
        assertThat(client.body())
                .contains("Provider vertex did not accept the gateway's credential", "sluice credential set google");
        assertThat(g.upstream.calls()).hasSize(3);
    }

    @Test
    void a_token_that_was_just_made_is_not_made_again() {
        g.upstream.always(json(401, UNAUTHENTICATED));

        assertThat(g.messages(QUESTION.formatted("vertex/gemini-x")).status()).isEqualTo(502);

        assertThat(g.upstream.calls()).hasSize(1);
    }

    @Test
    void a_key_as_others_have_it_is_not_made_anew() {
        GatewayFixture key = new GatewayFixture(CONFIG.replace("google-service-account", "bearer"));
        key.upstream.then(json(401, UNAUTHENTICATED)).then(json(200, GEMINI));

        assertThat(key.messages(QUESTION.formatted("vertex/gemini-x")).status()).isEqualTo(502);

        assertThat(key.upstream.calls()).hasSize(1);
        assertThat(token(key.upstream.calls().getFirst())).isEqualTo("upstream-secret");
    }

    @Test
    void a_damaged_key_file_is_not_used_and_the_remedy_told() {
        g.secret = ACCOUNT.keyFile().replace("private_key_id", "other_id");

        RecordingResponse client = g.messages(QUESTION.formatted("vertex/gemini-x"));

        assertThat(client.status()).isEqualTo(502);
        assertThat(client.body())
                .contains(
                        "Provider vertex cannot be used: its credential is no key file of a Google service account: it has"
                                + " no \\\"private_key_id\\\"; set it anew: sluice credential set google --from-file FILE.");
        assertThat(g.upstream.calls()).isEmpty();
        assertThat(g.log.toString()).doesNotContain(ACCOUNT.base64().substring(0, 30));
    }

    @Test
    void a_key_file_itself_is_never_sent() {
        for (String auth : List.of(
                "\"bearer\"", "\"x-api-key\"", "\"header\", \"headerName\": \"x\"", "\"query\", \"name\": \"key\"")) {
            GatewayFixture other = new GatewayFixture(CONFIG.replace("\"google-service-account\"", auth));
            other.secret = JsonText.print(ACCOUNT.json());

            RecordingResponse client = other.messages(QUESTION.formatted("vertex/gemini-x"));

            assertThat(client.status()).isEqualTo(502);
            assertThat(client.body()).contains("key file, which is not sent", "google-service-account");
            assertThat(other.upstream.calls()).isEmpty();
        }
    }

    @Test
    void a_token_is_in_no_error_and_in_no_log() {
        for (int status : new int[] {400, 403, 500}) {
            g.upstream.clear().then(json(200, GEMINI));
            g.messages(QUESTION.formatted("vertex/gemini-x"));
            String token = token(lastCall());
            g.upstream
                    .clear()
                    .always(json(status, "{\"error\":{\"message\":\"you sent " + token + "\",\"status\":\"X\"}}"));

            RecordingResponse client = g.messages(QUESTION.formatted("vertex/gemini-x"));

            assertThat(client.status()).isBetween(400, 599);
            assertThat(client.body()).doesNotContain(token);
            assertThat(g.log.toString()).doesNotContain(token);
            g.time.advance(Duration.ofHours(2));
        }
    }
}
