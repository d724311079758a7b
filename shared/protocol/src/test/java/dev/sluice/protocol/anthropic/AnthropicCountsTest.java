package dev.sluice.protocol.anthropic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.ChatRequest;
import dev.sluice.model.Dialect;
import dev.sluice.model.Failure;
import dev.sluice.model.Headers;
import dev.sluice.model.Json;
import dev.sluice.model.Policies;
import dev.sluice.protocol.CountCodec;
import dev.sluice.protocol.EncodedRequest;
import dev.sluice.protocol.Outcome;
import dev.sluice.protocol.Outline;
import dev.sluice.protocol.RequestHead;
import dev.sluice.protocol.TargetProfile;
import dev.sluice.protocol.json.JsonText;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnthropicCountsTest {
    private static final CountCodec COUNTS = Messages.CODEC.counts().orElseThrow();
    private static final TargetProfile OTHER =
            new TargetProfile(Dialect.ANTHROPIC, "other", Messages.CAPS, Policies.DEFAULT);
    private static final String QUESTION = """
            {"model":"m","max_tokens":5,"stream":true,"temperature":1,"metadata":{"user_id":"u"},
             "system":"be brief","tools":[{"name":"t","input_schema":{"type":"object"}}],
             "messages":[{"role":"user","content":"hi"}]}""";

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Outcome<Outline> outlined(String body, Map<String, String> query, Headers headers) {
        return COUNTS.outline(bytes(body), new RequestHead("/v1/messages/count_tokens", query, headers));
    }

    @Test
    void the_same_dialect_gets_the_clients_bytes_at_the_counting_path() {
        Outline outline =
                Messages.ok(outlined(QUESTION, Map.of("beta", "true"), Headers.of("anthropic-version", "2026-10-21")));

        EncodedRequest sent = COUNTS.splice(outline, OTHER);

        assertThat(sent.path()).isEqualTo("/v1/messages/count_tokens?beta=true");
        assertThat(sent.stream()).isFalse();
        assertThat(sent.headers().first("anthropic-version")).contains("2026-10-21");
        assertThat(new String(sent.body(), StandardCharsets.UTF_8))
                .isEqualTo(QUESTION.replace("\"model\":\"m\"", "\"model\":\"other\""));
    }

    @Test
    void another_dialects_request_is_sent_without_what_only_an_answer_needs() {
        Outline outline = Messages.ok(outlined(QUESTION, Map.of(), Headers.NONE));
        ChatRequest request = Messages.ok(COUNTS.decode(outline));

        EncodedRequest sent = Messages.ok(COUNTS.encode(request, OTHER));

        Json.Obj body = JsonText.objectOrNull(sent.body(), 0, sent.body().length);
        assertThat(sent.path()).isEqualTo("/v1/messages/count_tokens");
        assertThat(sent.stream()).isFalse();
        assertThat(body.fields()).containsOnlyKeys("model", "system", "tools", "messages");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"messages\":[]}",
                "{\"model\":\"m\"}",
                "{\"model\":\"m\",\"messages\":[ ]}",
                "[]",
                "{\"messages\":1}"
            })
    void a_question_without_messages_is_refused(String body) {
        assertThat(outlined(body, Map.of(), Headers.NONE))
                .isInstanceOfSatisfying(
                        Outcome.Bad.class,
                        bad -> assertThat(bad.failure().kind()).isEqualTo(Failure.Kind.INVALID_REQUEST));
    }

    @Test
    void reads_and_writes_the_number() {
        assertThat(COUNTS.decode(bytes("{\"input_tokens\":11,\"context_management\":null}")))
                .isEqualTo(Outcome.ok(11L));
        assertThat(new String(COUNTS.encode(11), StandardCharsets.UTF_8)).isEqualTo("{\"input_tokens\":11}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "<html>",
                "{\"input_tokens\":null}",
                "{\"input_tokens\":-1}",
                "{\"input_tokens\":\"x\"}"
            })
    void an_answer_without_a_number_is_no_count(String body) {
        assertThat(COUNTS.decode(bytes(body))).isInstanceOf(Outcome.Bad.class);
    }

    @Test
    void every_header_of_the_vendors_own_goes_on_whatever_it_is_called() {
        Headers client = Headers.of(
                "anthropic-beta", "a,b",
                "anthropic-workspace-id", "w",
                "anthropic-of-tomorrow", "x",
                "x-claude-code-agent-id", "y",
                "authorization", "secret");

        assertThat(Messages.CODEC.forwarded(client).fields())
                .extracting(Headers.Field::name)
                .containsExactly(
                        "anthropic-beta", "anthropic-workspace-id", "anthropic-of-tomorrow", "x-claude-code-agent-id");
    }
}
