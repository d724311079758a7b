package dev.sluice.core.gateway;

import static dev.sluice.core.gateway.Wire.*;
import static dev.sluice.testkit.ScriptedUpstream.broken;
import static dev.sluice.testkit.ScriptedUpstream.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.core.ports.Upstream;
import dev.sluice.core.ports.Upstream.Breakage;
import dev.sluice.model.Headers;
import dev.sluice.testkit.RecordingResponse;
import dev.sluice.testkit.ScriptedUpstream.Step;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The commit point, keep-alives and the one terminal event, over the whole request path.
class StreamRelayTest {
    private final GatewayFixture g = new GatewayFixture(GatewayFixture.TWO_ACCOUNTS);

    private Upstream.Answer wholeMessages() {
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
        g.upstream
                .then(g.upstream.stream(MESSAGE_START, OVERLOADED_EVENT))
                .then(g.upstream.stream(MESSAGE_START, OVERLOADED_EVENT))
                .then(wholeMessages());

        RecordingResponse client = g.messages(MESSAGES_STREAM_REQUEST);

        assertThat(client.body())
                .startsWith(MESSAGE_START)
                .endsWith(MESSAGE_STOP)
                .doesNotContain("overloaded");
        assertThat(client.header("x-sluice-model")).isEqualTo("two/m");
        assertThat(client.header("x-sluice-attempts")).isEqualTo("one/m:529/overloaded, one/m:529/overloaded");
    }

    @Test
    void a_failure_after_content_ends_in_the_dialects_error_and_is_never_retried() {
        g.upstream.then(
                g.upstream.stream(List.of(new Step.Send(MESSAGE_START + BLOCK_START + BLOCK_DELTA), new Step.Reset())));

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

        assertThat(client.body())
                .startsWith(CHAT_FIRST + CHAT_CONTENT)
                .contains("\"error\"")
                .doesNotContain("[DONE]");
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

        assertThat(client.flushes().subList(0, 2))
                .allSatisfy(flush -> assertThat(flush).startsWith("event: ping"));
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
                new Step.Send(MESSAGE_START + BLOCK_START + BLOCK_DELTA), new Step.Silence(Duration.ofHours(1)))));

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
        g.upstream.then(new Upstream.Answer.Complete(
                200,
                Headers.of("content-type", "text/event-stream"),
                (CHAT_FIRST + CHAT_CONTENT + CHAT_FINISH + CHAT_USAGE + CHAT_DONE).getBytes(StandardCharsets.UTF_8)));

        RecordingResponse client = g.chat(CHAT_REQUEST);

        assertThat(client.header("content-type")).isEqualTo("application/json");
        assertThat(client.body()).contains("\"content\":\"hello\"", "\"total_tokens\":7");
    }

    @Test
    void events_that_are_called_json_are_read_as_events() {
        g.upstream.then(json(200, CHAT_FIRST + CHAT_CONTENT + CHAT_FINISH + CHAT_USAGE + CHAT_DONE));

        RecordingResponse client = g.chat(CHAT_STREAM_REQUEST);

        assertThat(client.header("content-type")).startsWith("text/event-stream");
        assertThat(client.body()).contains("\"content\":\"hello\"").endsWith(CHAT_DONE);
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
                GatewayFixture.request(
                        "POST", "/v1/messages", MESSAGES_STREAM_REQUEST, "x-api-key", GatewayFixture.KEY),
                leaving);

        assertThat(leaving.flushes()).hasSize(1);
        assertThat(g.log.getFirst().outcome()).isEqualTo("client-gone");
    }

    @Test
    void a_client_that_closes_on_the_terminal_event_has_its_whole_answer() {
        g.upstream.then(wholeMessages());
        RecordingResponse satisfied = new RecordingResponse(3);

        g.gateway.handle(
                GatewayFixture.request(
                        "POST", "/v1/messages", MESSAGES_STREAM_REQUEST, "x-api-key", GatewayFixture.KEY),
                satisfied);

        assertThat(g.log.getFirst().outcome()).isEqualTo("ok");
    }

    @Test
    void a_json_body_to_a_wish_for_a_stream_becomes_a_stream() {
        for (String cut : List.of("", CHAT_ANSWER.substring(0, 40))) {
            GatewayFixture one = new GatewayFixture(GatewayFixture.TWO_ACCOUNTS);
            one.upstream.then(new Upstream.Answer.Streaming(
                    200,
                    Headers.of("content-type", "application/json; charset=utf-8"),
                    one.upstream.body(List.of(
                            new Step.Send(cut),
                            new Step.Silence(Duration.ofSeconds(15)),
                            new Step.Send(CHAT_ANSWER.substring(cut.length()))))));

            RecordingResponse client = one.chat(CHAT_STREAM_REQUEST);

            assertThat(client.header("content-type")).startsWith("text/event-stream");
            assertThat(client.body())
                    .startsWith(": keep-alive")
                    .contains("\"content\":\"hello\"")
                    .endsWith(CHAT_DONE);
        }
    }

    @Test
    void an_error_in_json_with_status_200_moves_on_unseen() {
        g.upstream
                .then(new Upstream.Answer.Streaming(
                        200,
                        Headers.of("content-type", "application/json"),
                        g.upstream.body(List.of(new Step.Send(error("overloaded_error", "Overloaded"))))))
                .always(wholeMessages());

        RecordingResponse client = g.messages(MESSAGES_STREAM_REQUEST);

        assertThat(client.body()).startsWith(MESSAGE_START).endsWith(MESSAGE_STOP);
        assertThat(client.header("x-sluice-attempts")).isEqualTo("one/m:529/overloaded");
    }

    @Test
    void an_upstream_that_only_comments_does_not_keep_the_client_waiting_in_silence() {
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            steps.add(new Step.Send(": PROCESSING\n\n"));
            steps.add(new Step.Silence(Duration.ofSeconds(3)));
        }
        steps.add(new Step.Send(CHAT_FIRST + CHAT_CONTENT + CHAT_FINISH + CHAT_DONE));
        g.upstream.then(g.upstream.stream(steps));

        RecordingResponse client = g.chat(CHAT_STREAM_REQUEST);

        assertThat(client.flushes().subList(0, 2)).containsOnly(": keep-alive\n\n");
        assertThat(client.body()).endsWith(CHAT_DONE);
    }

    @Test
    void a_waiting_client_hears_keep_alives_between_attempts_too() {
        g.upstream
                .then(Duration.ofSeconds(9), json(429, error("rate_limit_error", "slow down"), "retry-after", "4"))
                .always(wholeMessages());

        RecordingResponse client = g.messages(MESSAGES_STREAM_REQUEST.replace("coding", "single"));

        assertThat(client.flushes().getFirst()).startsWith("event: ping");
        assertThat(client.body()).endsWith(MESSAGE_STOP);
    }

    @Test
    void an_answer_that_never_ends_is_cut_at_the_deadline_without_blame() {
        GatewayFixture hasty = new GatewayFixture(GatewayFixture.TWO_ACCOUNTS.replace(
                "\"version\": 1,", "\"version\": 1, \"timeouts\": {\"totalMs\": 30000},"));
        List<Step> steps = new ArrayList<>(List.of(new Step.Send(MESSAGE_START + BLOCK_START)));
        for (int i = 0; i < 100; i++) {
            steps.add(new Step.Send(BLOCK_DELTA));
            steps.add(new Step.Silence(Duration.ofSeconds(1)));
        }
        for (int i = 0; i < 2; i++) {
            hasty.upstream.then(hasty.upstream.stream(steps));
            RecordingResponse client = hasty.messages(MESSAGES_STREAM_REQUEST);
            assertThat(client.body()).contains("event: error", "timeout_error").doesNotContain("message_stop");
            assertThat(client.ended()).isTrue();
        }
        assertThat(hasty.time.elapsed()).isEqualTo(Duration.ofSeconds(60));
        hasty.upstream.then(hasty.upstream.stream(MESSAGE_START, MESSAGE_DELTA, MESSAGE_STOP));
        assertThat(hasty.messages(MESSAGES_STREAM_REQUEST).header("x-sluice-skipped"))
                .isEmpty();
    }

    @Test
    void an_error_event_before_content_moves_on_whatever_it_says() {
        g.upstream
                .then(g.upstream.stream(
                        "event: error\ndata: " + error("invalid_request_error", "no such field") + "\n\n"))
                .always(wholeMessages());

        RecordingResponse client = g.messages(MESSAGES_STREAM_REQUEST);

        assertThat(client.body()).endsWith(MESSAGE_STOP).doesNotContain("no such field");
        assertThat(client.header("x-sluice-model")).isEqualTo("two/m");
    }
}
