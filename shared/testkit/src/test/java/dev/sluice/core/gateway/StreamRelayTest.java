package dev.sluice.core.gateway;

import static dev.sluice.core.gateway.Wire.*;
import static dev.sluice.testkit.ScriptedUpstream.broken;
import static dev.sluice.testkit.ScriptedUpstream.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.core.ports.Upstream.Breakage;
import dev.sluice.testkit.RecordingResponse;
import dev.sluice.testkit.ScriptedUpstream.Step;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The commit point, keep-alives and the one terminal event, over the whole request path.
class StreamRelayTest {
    private final GatewayFixture g = new GatewayFixture(GatewayFixture.TWO_ACCOUNTS);

    private dev.sluice.core.ports.Upstream.Answer wholeMessages() {
        return g.upstream.stream(MESSAGE_START, BLOCK_START, BLOCK_DELTA, BLOCK_STOP, MESSAGE_DELTA, MESSAGE_STOP);
    }

    @Test
    void identity_stream_reaches_the_client_byte_for_byte() {
        g.upstream.then(wholeMessages());

        RecordingResponse client = g.messages(MESSAGES_STREAM_REQUEST);

        assertThat(client.status()).isEqualTo(200);
        assertThat(client.body())
                .isEqualTo(MESSAGE_START + BLOCK_START + BLOCK_DELTA + BLOCK_STOP + MESSAGE_DELTA + MESSAGE_STOP);
        assertThat(client.ended()).isTrue();
        assertThat(client.header("x-sluice-model")).isEqualTo("one/m");
        assertThat(g.upstream.lastBody()).contains("\"model\":\"m\"");
        assertThat(g.log).singleElement().satisfies(entry -> {
            assertThat(entry.outcome()).isEqualTo("ok");
            assertThat(entry.usage().inputUncached()).isEqualTo(5);
            assertThat(entry.usage().output()).isEqualTo(2);
        });
    }

    @Test
    void what_comes_in_one_read_goes_out_in_one_flush() {
        g.upstream.then(g.upstream.stream(
                MESSAGE_START + BLOCK_START + BLOCK_DELTA, BLOCK_DELTA + BLOCK_STOP + MESSAGE_DELTA + MESSAGE_STOP));

        assertThat(g.messages(MESSAGES_STREAM_REQUEST).flushes()).hasSize(2);
    }

    @Test
    void a_failure_before_content_moves_to_the_next_target_unseen() {
        g.upstream.then(g.upstream.stream(MESSAGE_START, OVERLOADED_EVENT))
                .then(g.upstream.stream(MESSAGE_START, OVERLOADED_EVENT))
                .then(wholeMessages());

        RecordingResponse client = g.messages(MESSAGES_STREAM_REQUEST);

        assertThat(client.body()).startsWith(MESSAGE_START).endsWith(MESSAGE_STOP).doesNotContain("overloaded");
        assertThat(client.header("x-sluice-model")).isEqualTo("two/m");
        assertThat(client.header("x-sluice-attempts")).isEqualTo("one/m:529/overloaded, one/m:529/overloaded");
    }

    @Test
    void a_failure_after_content_ends_in_the_dialects_error_and_is_never_retried() {
        g.upstream.then(g.upstream.stream(List.of(
                new Step.Send(MESSAGE_START + BLOCK_START + BLOCK_DELTA), new Step.Reset())));

        RecordingResponse client = g.messages(MESSAGES_STREAM_REQUEST);

        assertThat(client.body())
                .startsWith(MESSAGE_START + BLOCK_START + BLOCK_DELTA)
                .contains("event: error", "Internal server error: ")
                .doesNotContain("message_stop");
        assertThat(client.ended()).isTrue();
        assertThat(g.upstream.calls()).hasSize(1);
        assertThat(g.log.getFirst().outcome()).isEqualTo("truncated");
    }

    @Test
    void a_chat_stream_without_its_end_is_an_error_and_has_no_done() {
        g.upstream.then(g.upstream.stream(CHAT_FIRST, CHAT_CONTENT));

        RecordingResponse client = g.chat(CHAT_STREAM_REQUEST);

        assertThat(client.body()).startsWith(CHAT_FIRST + CHAT_CONTENT).contains("\"error\"").doesNotContain("[DONE]");
    }

    @Test
    void a_chat_stream_that_lacks_only_done_is_mended() {
        g.upstream.then(g.upstream.stream(CHAT_FIRST, CHAT_CONTENT, CHAT_FINISH, CHAT_USAGE));

        assertThat(g.chat(CHAT_STREAM_REQUEST).body())
                .isEqualTo(CHAT_FIRST + CHAT_CONTENT + CHAT_FINISH + CHAT_USAGE + CHAT_DONE);
    }

    @Test
    void usage_that_only_the_gateway_asked_for_is_metered_and_withheld() {
        g.upstream.then(g.upstream.stream(CHAT_FIRST, CHAT_CONTENT, CHAT_FINISH, CHAT_USAGE, CHAT_DONE));

        RecordingResponse client =
                g.chat("{\"model\":\"coding\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}");

        assertThat(client.body()).isEqualTo(CHAT_FIRST + CHAT_CONTENT + CHAT_FINISH + CHAT_DONE);
        assertThat(g.upstream.lastBody()).contains("include_usage");
        assertThat(g.log.getFirst().usage().output()).isEqualTo(2);
    }

    @Test
    void an_anthropic_client_gets_a_chat_providers_stream_in_its_own_dialect() {
        GatewayFixture chatOnly = new GatewayFixture(GatewayFixture.TWO_ACCOUNTS.replace(
                "\"anthropic\": \"https://one.test\"}", "\"openai-responses\": \"https://one.test/v1\"}"));
        chatOnly.upstream.then(chatOnly.upstream.stream(CHAT_FIRST, CHAT_CONTENT, CHAT_FINISH, CHAT_USAGE, CHAT_DONE));

        RecordingResponse client = chatOnly.messages(MESSAGES_STREAM_REQUEST);

        assertThat(client.header("x-sluice-model")).isEqualTo("one/m");
        assertThat(client.header("content-type")).startsWith("text/event-stream");
        assertThat(client.body()).contains("event: message_start", "\"text\":\"hello\"", "event: message_stop");
    }

    @Test
    void keeps_the_client_alive_while_the_provider_thinks() {
        g.upstream.then(Duration.ofSeconds(25), wholeMessages());

        RecordingResponse client = g.messages(MESSAGES_STREAM_REQUEST);

        assertThat(client.flushes().subList(0, 2)).allSatisfy(flush -> assertThat(flush).startsWith("event: ping"));
        assertThat(client.body()).endsWith(MESSAGE_STOP);
    }

    @Test
    void after_a_keep_alive_a_failure_still_moves_on_unseen() {
        g.upstream.then(Duration.ofSeconds(15), broken(Breakage.CONNECT)).always(wholeMessages());

        RecordingResponse client = g.messages(MESSAGES_STREAM_REQUEST);

        assertThat(client.flushes().getFirst()).startsWith("event: ping");
        assertThat(client.body()).endsWith(MESSAGE_STOP).doesNotContain("event: error");
    }

    @Test
    void after_a_keep_alive_the_failure_of_all_is_told_in_the_stream() {
        g.upstream.then(Duration.ofSeconds(15), json(400, error("invalid_request_error", "no such thing")));

        RecordingResponse client = g.messages(MESSAGES_STREAM_REQUEST);

        assertThat(client.status()).isEqualTo(200);
        assertThat(client.body()).contains("event: error", "no such thing").doesNotContain("message_stop");
        assertThat(client.ended()).isTrue();
    }

    @Test
    void silence_in_mid_answer_ends_in_an_error_after_the_idle_time() {
        g.upstream.then(g.upstream.stream(List.of(
                new Step.Send(MESSAGE_START + BLOCK_START + BLOCK_DELTA),
                new Step.Silence(Duration.ofHours(1)))));

        RecordingResponse client = g.messages(MESSAGES_STREAM_REQUEST);

        assertThat(client.body()).contains("event: ping", "event: error", "Request timed out: ");
        assertThat(g.time.elapsed()).isBetween(Duration.ofSeconds(119), Duration.ofSeconds(131));
    }

    @Test
    void json_to_a_streaming_request_becomes_a_stream() {
        g.upstream.then(json(200, CHAT_ANSWER));

        RecordingResponse client = g.chat(CHAT_STREAM_REQUEST);

        assertThat(client.header("content-type")).startsWith("text/event-stream");
        assertThat(client.body()).contains("\"content\":\"hello\"").endsWith(CHAT_DONE);
    }

    @Test
    void a_stream_to_a_plain_request_becomes_json() {
        g.upstream.then(new dev.sluice.core.ports.Upstream.Answer.Complete(
                200,
                dev.sluice.model.Headers.of("content-type", "text/event-stream"),
                (CHAT_FIRST + CHAT_CONTENT + CHAT_FINISH + CHAT_USAGE + CHAT_DONE).getBytes(java.nio.charset.StandardCharsets.UTF_8)));

        RecordingResponse client = g.chat(CHAT_REQUEST);

        assertThat(client.header("content-type")).isEqualTo("application/json");
        assertThat(client.body()).contains("\"content\":\"hello\"", "\"total_tokens\":7");
    }

    @Test
    void an_empty_200_is_retried_and_never_passed_on() {
        g.upstream.then(g.upstream.stream(List.of())).then(wholeMessages());

        RecordingResponse client = g.messages(MESSAGES_STREAM_REQUEST);

        assertThat(client.body()).endsWith(MESSAGE_STOP);
        assertThat(g.upstream.calls()).hasSize(2);
    }

    @Test
    void a_client_that_leaves_is_not_written_to_again() {
        g.upstream.then(wholeMessages());
        RecordingResponse leaving = new RecordingResponse(1);

        g.gateway.handle(
                GatewayFixture.request("POST", "/v1/messages", MESSAGES_STREAM_REQUEST, "x-api-key", GatewayFixture.KEY),
                leaving);

        assertThat(leaving.flushes()).hasSize(1);
        assertThat(g.log.getFirst().outcome()).isEqualTo("client-gone");
    }
}
