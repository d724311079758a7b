package dev.sluice.core.gateway;

import static dev.sluice.testkit.ScriptedUpstream.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.core.ports.Upstream;
import dev.sluice.model.Headers;
import dev.sluice.testkit.RecordingResponse;
import dev.sluice.testkit.RecordingSigning;
import dev.sluice.testkit.ScriptedUpstream.Step;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Bedrock behind the whole request path: signed requests, binary streams, its errors in the clients' dialects.
class BedrockGatewayTest {
    private static final Path STREAMS = Path.of("..", "protocol", "src", "test", "resources", "golden", "streams");
    private static final String HOST = "https://bedrock-runtime.eu-west-1.amazonaws.com";
    private static final String MODEL = "eu.anthropic.claude-x-v1:0";
    private static final String MESSAGES = "{\"model\":\"aws/" + MODEL
            + "\",\"max_tokens\":100,\"stream\":%s,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";
    private static final String CHAT =
            "{\"model\":\"aws/" + MODEL + "\",\"stream\":%s,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";
    private static final String ANSWER =
            "{\"output\":{\"message\":{\"role\":\"assistant\",\"content\":[{\"text\":\"hello\"}]}},\"stopReason\":\"end_turn\","
                    + "\"usage\":{\"inputTokens\":5,\"outputTokens\":2,\"totalTokens\":107,\"cacheReadInputTokens\":100}}";

    private static final String SIGNED = "\"credential\": \"aws\", \"auth\": {\"type\": \"sigv4\"},";

    private final GatewayFixture g = new GatewayFixture(config(SIGNED));

    private static String config(String auth) {
        return "{\"version\": 1, \"retries\": {\"attempts\": 1}, \"providers\": [{\"id\": \"aws\", " + auth
                + " \"endpoints\": {\"bedrock-converse\": \"" + HOST + "\"}, \"models\": [\"*\"]}]}";
    }

    private static byte[] recorded(String name) {
        try {
            return Files.readAllBytes(STREAMS.resolve(name + ".bedrock-converse.bin"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// In pieces that know nothing of messages.
    private static Upstream.Answer stream(GatewayFixture g, byte[] bytes, int piece) {
        List<Step> steps = new ArrayList<>();
        for (int from = 0; from < bytes.length; from += piece) {
            steps.add(new Step.SendBytes(Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + piece))));
        }
        return new Upstream.Answer.Streaming(
                200, Headers.of("content-type", "application/vnd.amazon.eventstream"), g.upstream.body(steps));
    }

    @Test
    void a_binary_stream_becomes_the_clients_own() {
        g.upstream.then(stream(g, recorded("thinking-text-tools"), 50));

        RecordingResponse client = g.messages(MESSAGES.formatted(true));

        assertThat(client.status()).isEqualTo(200);
        assertThat(client.header("content-type")).startsWith("text/event-stream");
        assertThat(client.body())
                .contains("\"model\":\"aws/" + MODEL + "\"", "\"signature\":\"EqoBCkgIARABGAIiQL8mS1gna3R1cmU=\"")
                .contains("\"partial_json\":\"{\\\"path\\\":\\\"b.txt\\\"}\"", "\"stop_reason\":\"tool_use\"")
                .endsWith("event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n");
        assertThat(g.log).singleElement().satisfies(entry -> {
            assertThat(entry.outcome()).isEqualTo("ok");
            assertThat(entry.usage().inputUncached()).isEqualTo(412);
            assertThat(entry.usage().cacheRead()).isEqualTo(8000);
            assertThat(entry.usage().cacheWrite5m()).isEqualTo(400);
            assertThat(entry.usage().cacheWrite1h()).isEqualTo(600);
            assertThat(entry.usage().output()).isEqualTo(96);
        });
    }

    @Test
    void requests_are_signed_as_they_are_sent() {
        g.upstream.then(stream(g, recorded("redacted-cited"), 1000));

        g.chat(CHAT.formatted(true));

        Upstream.Call call = g.upstream.calls().getFirst();
        assertThat(call.uri()).hasToString(HOST + "/model/eu.anthropic.claude-x-v1%3A0/converse-stream");
        assertThat(call.headers().first("authorization")).hasValue(RecordingSigning.SIGNATURE);
        assertThat(call.headers().first("x-amz-security-token")).hasValue(RecordingSigning.TOKEN);
        assertThat(call.headers().first("accept")).hasValue("application/vnd.amazon.eventstream");
        assertThat(g.signing.keys()).containsExactly("upstream-secret");
        assertThat(g.signing.requests()).singleElement().satisfies(signed -> {
            assertThat(signed.uri()).isEqualTo(call.uri());
            assertThat(signed.body()).isEqualTo(call.body());
            assertThat(signed.service()).isEqualTo("bedrock");
            signed.headers()
                    .fields()
                    .forEach(field ->
                            assertThat(call.headers().all(field.name())).containsExactly(field.value()));
        });
        assertThat(g.upstream.lastBody()).doesNotContain("stream", MODEL);
    }

    @Test
    void without_a_credential_the_process_signs_with_its_own_identity() {
        GatewayFixture own = new GatewayFixture(config(""));
        own.upstream.then(json(200, ANSWER));

        assertThat(own.messages(MESSAGES.formatted(false)).status()).isEqualTo(200);
        assertThat(own.signing.keys()).containsExactly("own");
    }

    @Test
    void an_api_key_goes_as_a_bearer_token() {
        GatewayFixture key = new GatewayFixture(config("\"credential\": \"aws\", \"auth\": {\"type\": \"bearer\"},"));
        key.upstream.then(json(200, ANSWER));

        key.messages(MESSAGES.formatted(false));

        assertThat(key.upstream.calls().getFirst().headers().first("authorization"))
                .hasValue("Bearer upstream-secret");
        assertThat(key.signing.requests()).isEmpty();
    }

    @Test
    void a_whole_answer_is_metered_too() {
        g.upstream.then(json(200, ANSWER));

        RecordingResponse client = g.chat(CHAT.formatted(false));

        assertThat(client.status()).isEqualTo(200);
        assertThat(client.body()).contains("\"content\":\"hello\"", "\"prompt_tokens\":105", "\"cached_tokens\":100");
        assertThat(g.upstream.calls().getFirst().headers().first("accept")).hasValue("application/json");
        assertThat(g.log)
                .singleElement()
                .satisfies(entry -> assertThat(entry.usage().prompt()).isEqualTo(105));
    }

    @Test
    void the_wrong_form_of_answer_is_put_right() {
        g.upstream
                .then(new Upstream.Answer.Streaming(
                        200,
                        Headers.of("content-type", "application/json"),
                        g.upstream.body(List.of(new Step.Send(ANSWER)))))
                .then(new Upstream.Answer.Complete(
                        200,
                        Headers.of("content-type", "application/vnd.amazon.eventstream"),
                        recorded("redacted-cited")));

        assertThat(g.chat(CHAT.formatted(true)).body())
                .contains("\"content\":\"hello\"")
                .endsWith("data: [DONE]\n\n");
        assertThat(g.chat(CHAT.formatted(false)).body()).contains("By the report, sales rose.");
    }

    @Test
    void an_exception_in_the_stream_ends_it_in_the_clients_dialect() {
        g.upstream.always(stream(g, recorded("throttled-in-the-middle"), 7));

        RecordingResponse client = g.chat(CHAT.formatted(true));

        assertThat(client.status()).isEqualTo(200);
        assertThat(client.body())
                .contains("Half an ")
                .contains("data: {\"error\":{\"message\":\"Too many tokens, please wait before trying again.\"")
                .doesNotContain("[DONE]");
        assertThat(g.log)
                .singleElement()
                .satisfies(entry -> assertThat(entry.outcome()).isNotEqualTo("ok"));
    }

    @Test
    void an_exception_before_any_word_is_a_status() {
        byte[] bytes = recorded("throttled-in-the-middle");
        int exception = new String(bytes, StandardCharsets.ISO_8859_1).indexOf(":exception-type") - 13;
        g.upstream.always(stream(g, Arrays.copyOfRange(bytes, exception, bytes.length), 1000));

        assertThat(g.messages(MESSAGES.formatted(true))).satisfies(client -> {
            assertThat(client.status()).isEqualTo(429);
            assertThat(client.body()).contains("rate_limit_error");
        });
    }

    @Test
    void a_stream_cut_or_damaged_anywhere_is_never_a_clean_end() {
        byte[] whole = recorded("redacted-cited");
        int stop = new String(whole, StandardCharsets.ISO_8859_1).indexOf("messageStop");
        for (int cut = 0; cut < stop; cut += 11) {
            byte[] damaged = whole.clone();
            damaged[cut] ^= 4;
            for (byte[] bytes : List.of(Arrays.copyOf(whole, cut), damaged)) {
                GatewayFixture one = new GatewayFixture(config(SIGNED));
                one.upstream.always(stream(one, bytes, 100));
                RecordingResponse client = one.messages(MESSAGES.formatted(true));
                assertThat(client.ended()).as("byte " + cut).isTrue();
                assertThat(client.body()).as("byte " + cut).doesNotContain("message_stop");
                assertThat(client.body().split("\"type\":\"error\"", -1))
                        .as("byte " + cut)
                        .hasSize(2);
            }
        }
    }

    @Test
    void secrets_are_in_no_error_and_in_no_log() {
        String said = "{\"message\":\"no: upstream-secret, " + RecordingSigning.TOKEN + "\"}";
        for (int status : new int[] {400, 403, 500}) {
            g.upstream.clear().always(json(status, said, "x-amzn-errortype", "ValidationException"));

            RecordingResponse client = g.messages(MESSAGES.formatted(false));

            assertThat(client.body()).doesNotContain("upstream-secret", RecordingSigning.TOKEN);
        }
        assertThat(g.log.toString()).doesNotContain("upstream-secret", RecordingSigning.TOKEN);
    }

    @Test
    void what_cannot_be_signed_is_not_sent_and_the_remedy_told() {
        g.signing.refuse("no identity; give it a role");

        RecordingResponse client = g.messages(MESSAGES.formatted(true));

        assertThat(client.status()).isEqualTo(502);
        assertThat(client.body()).contains("Provider aws cannot be used: no identity; give it a role.");
        assertThat(g.upstream.calls()).isEmpty();
    }

    @Test
    void an_identity_that_has_run_out_is_renewed_once_and_at_once() {
        GatewayFixture own = new GatewayFixture(config(""));
        Upstream.Answer expired = json(
                403,
                "{\"message\":\"The security token included in the request is expired\"}",
                "x-amzn-errortype",
                "ExpiredTokenException");
        own.upstream.then(expired).then(json(200, ANSWER));

        assertThat(own.messages(MESSAGES.formatted(false)).status()).isEqualTo(200);
        assertThat(own.signing.renewals()).isOne();
        assertThat(own.upstream.calls()).hasSize(2);
        own.upstream.clear().then(expired).then(expired);

        assertThat(own.messages(MESSAGES.formatted(false)).status()).isEqualTo(502);
        assertThat(own.signing.renewals()).isEqualTo(2);
    }

    @Test
    void a_given_key_that_has_run_out_is_not_renewed() {
        g.upstream.then(json(403, "{}", "x-amzn-errortype", "ExpiredTokenException"));

        assertThat(g.messages(MESSAGES.formatted(false)).status()).isEqualTo(502);
        assertThat(g.upstream.calls()).hasSize(1);
        assertThat(g.signing.renewals()).isZero();
    }

    @Test
    void a_refused_identity_names_what_to_mend() {
        GatewayFixture own = new GatewayFixture(config(""));
        own.upstream.always(json(
                403,
                "{\"message\":\"The security token included in the request is invalid.\"}",
                "x-amzn-errortype",
                "UnrecognizedClientException"));

        assertThat(own.messages(MESSAGES.formatted(false)).body()).contains("the AWS identity that Sluice runs with");
    }
}
