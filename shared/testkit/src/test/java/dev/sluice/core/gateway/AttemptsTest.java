package dev.sluice.core.gateway;

import static dev.sluice.core.gateway.Wire.*;
import static dev.sluice.testkit.ScriptedUpstream.broken;
import static dev.sluice.testkit.ScriptedUpstream.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.core.ports.ByteStream;
import dev.sluice.core.ports.Upstream;
import dev.sluice.core.ports.Upstream.Breakage;
import dev.sluice.model.Headers;
import dev.sluice.testkit.RecordingResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Retries, fallback, cooldowns and what the client is told when all fails.
class AttemptsTest {
    private final GatewayFixture g = new GatewayFixture(GatewayFixture.TWO_ACCOUNTS);

    /// As `TWO_ACCOUNTS`, with a first account that speaks Chat only.
    private static final String CHAT_ONLY = GatewayFixture.TWO_ACCOUNTS.replace(
            "\"anthropic\": \"https://one.test\"}", "\"openai-responses\": \"https://one.test/v1\"}");

    private static final String CHAT_SINGLE = CHAT_REQUEST.replace("coding", "single");
    private static final String SINGLE = MESSAGES_REQUEST.replace("coding", "single");

    @Test
    void retries_a_500_at_the_same_target_and_waits_between() {
        g.upstream.then(json(500, error("api_error", "oops"))).then(json(200, MESSAGES_ANSWER));

        RecordingResponse client = g.messages(SINGLE);

        assertThat(client.status()).isEqualTo(200);
        assertThat(client.header("x-sluice-attempts")).isEqualTo("one/m:500/temporary_error");
        assertThat(g.time.elapsed()).isBetween(Duration.ofMillis(125), Duration.ofMillis(250));
    }

    @Test
    void the_second_target_is_tried_once_after_the_first_is_spent() {
        g.upstream.always(json(500, error("api_error", "oops")));

        RecordingResponse client = g.messages(MESSAGES_REQUEST);

        assertThat(client.status()).isEqualTo(500);
        assertThat(g.upstream.calls()).hasSize(4);
        assertThat(g.upstream.calls().getLast().uri().getHost()).isEqualTo("two.test");
    }

    @Test
    void a_429_moves_on_at_once_and_the_target_cools_down() {
        g.upstream
                .then(json(429, error("rate_limit_error", "slow down"), "retry-after", "20"))
                .always(json(200, MESSAGES_ANSWER));

        RecordingResponse first = g.messages(MESSAGES_REQUEST);
        RecordingResponse second = g.messages(MESSAGES_REQUEST);
        g.time.advance(Duration.ofSeconds(21));
        RecordingResponse third = g.messages(MESSAGES_REQUEST);

        assertThat(first.header("x-sluice-model")).isEqualTo("two/m");
        assertThat(second.header("x-sluice-skipped")).isEqualTo("one/m:cooldown");
        assertThat(third.header("x-sluice-model")).isEqualTo("one/m");
    }

    @Test
    void a_lone_target_that_names_a_short_time_is_waited_for() {
        g.upstream
                .then(json(429, error("rate_limit_error", "slow down"), "retry-after", "2"))
                .then(json(200, MESSAGES_ANSWER));

        RecordingResponse client = g.messages(SINGLE);

        assertThat(client.status()).isEqualTo(200);
        assertThat(g.time.elapsed()).isGreaterThanOrEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void a_429_of_all_targets_reaches_the_client_with_its_retry_after() {
        g.upstream.always(json(429, error("rate_limit_error", "slow down"), "retry-after", "60"));

        RecordingResponse client = g.messages(MESSAGES_REQUEST);

        assertThat(client.status()).isEqualTo(429);
        assertThat(client.header("retry-after")).isEqualTo("60");
        assertThat(client.body()).contains("slow down");
        assertThat(g.upstream.calls()).hasSize(2);
    }

    @Test
    void a_429_without_a_time_gets_one_because_some_tools_give_up_without() {
        g.upstream.always(json(429, error("rate_limit_error", "slow down")));

        assertThat(g.messages(SINGLE).header("retry-after")).isNotEmpty();
    }

    @Test
    void a_bad_request_is_the_clients_own_and_goes_nowhere_else() {
        g.upstream.then(json(400, error("invalid_request_error", "messages: wrong")));

        RecordingResponse client = g.messages(MESSAGES_REQUEST);

        assertThat(client.status()).isEqualTo(400);
        assertThat(client.body()).isEqualTo(error("invalid_request_error", "messages: wrong"));
        assertThat(g.upstream.calls()).hasSize(1);
    }

    @Test
    void the_owners_bad_credential_is_never_a_401_for_the_tool() {
        g.upstream.always(json(401, error("authentication_error", "invalid x-api-key upstream-secret")));

        RecordingResponse client = g.messages(MESSAGES_REQUEST);

        assertThat(client.status()).isEqualTo(502);
        assertThat(client.header("x-should-retry")).isEqualTo("false");
        assertThat(client.body()).doesNotContain("upstream-secret");
        assertThat(g.upstream.calls()).hasSize(2);
    }

    @Test
    void a_stale_connection_is_repeated_once_at_once_for_free() {
        g.upstream.then(broken(Breakage.STALE)).then(json(200, MESSAGES_ANSWER));

        RecordingResponse client = g.messages(SINGLE);

        assertThat(client.status()).isEqualTo(200);
        assertThat(g.time.elapsed()).isZero();
    }

    @Test
    void html_for_an_answer_is_a_provider_fault() {
        g.upstream.always(new Upstream.Answer.Complete(
                200,
                Headers.of("content-type", "text/html"),
                "<html>Bad gateway</html>".getBytes(StandardCharsets.UTF_8)));

        RecordingResponse client = g.messages(SINGLE);

        assertThat(client.status()).isEqualTo(502);
        assertThat(client.body()).contains("api_error").doesNotContain("<html>");
    }

    @Test
    void two_failed_requests_open_the_breaker_and_one_probe_closes_it() {
        String both = MESSAGES_REQUEST;
        g.upstream.always(broken(Breakage.RESET));
        g.messages(both);
        g.messages(both);
        g.upstream.always(json(200, MESSAGES_ANSWER));

        RecordingResponse open = g.messages(both);
        g.time.advance(Duration.ofSeconds(31));
        RecordingResponse probe = g.messages(both);

        assertThat(open.header("x-sluice-skipped")).contains("breaker-open");
        assertThat(probe.header("x-sluice-model")).isEqualTo("one/m");
        assertThat(g.messages(both).header("x-sluice-skipped")).isEmpty();
    }

    @Test
    void under_a_total_outage_repeats_stay_within_the_budget() {
        g.upstream.always(broken(Breakage.RESET));
        for (int i = 0; i < 100; i++) {
            g.messages(SINGLE);
        }

        assertThat(g.upstream.calls().size()).isLessThanOrEqualTo(100 + 10 + 3 * 12);
    }

    @Test
    void a_request_that_keeps_failing_is_stopped_before_it_is_paid_for_again() {
        g.upstream.always(json(400, error("invalid_request_error", "no")));
        for (int i = 0; i < 21; i++) {
            g.messages(MESSAGES_REQUEST);
        }

        RecordingResponse client = g.messages(MESSAGES_REQUEST);

        assertThat(client.status()).isEqualTo(429);
        assertThat(client.header("x-should-retry")).isEqualTo("false");
        assertThat(client.headers().has("retry-after")).isFalse();
    }

    @Test
    void context_overflow_moves_only_to_a_larger_window() {
        int second = GatewayFixture.TWO_ACCOUNTS.lastIndexOf("200000");
        GatewayFixture larger = new GatewayFixture(GatewayFixture.TWO_ACCOUNTS.substring(0, second) + "1000000"
                + GatewayFixture.TWO_ACCOUNTS.substring(second + "200000".length()));
        String overflow = error("invalid_request_error", "prompt is too long: 250000 tokens > 200000 maximum");
        g.upstream.always(json(400, overflow));
        larger.upstream.then(json(400, overflow)).then(json(200, MESSAGES_ANSWER));

        assertThat(g.messages(MESSAGES_REQUEST).body()).contains("prompt is too long");
        assertThat(g.upstream.calls()).hasSize(1);
        assertThat(larger.messages(MESSAGES_REQUEST).status()).isEqualTo(200);
    }

    @Test
    void overloaded_providers_do_not_open_the_breaker() {
        g.upstream.always(json(529, error("overloaded_error", "Overloaded")));
        for (int i = 0; i < 5; i++) {
            g.messages(MESSAGES_REQUEST);
        }

        assertThat(g.messages(MESSAGES_REQUEST).header("x-sluice-skipped")).isEmpty();
    }

    @Test
    void a_connect_that_takes_too_long_is_a_504_and_a_refused_one_a_502() {
        g.upstream.always(broken(Breakage.CONNECT_TIMEOUT));
        assertThat(g.messages(SINGLE).status()).isEqualTo(504);

        GatewayFixture refused = new GatewayFixture(GatewayFixture.TWO_ACCOUNTS);
        refused.upstream.always(broken(Breakage.CONNECT));
        assertThat(refused.messages(SINGLE).status()).isEqualTo(502);
    }

    @Test
    void a_credential_the_provider_does_not_accept_is_named_with_its_remedy_in_every_lane() {
        g.upstream.always(json(401, error("authentication_error", "invalid x-api-key upstream-secret")));
        GatewayFixture other = new GatewayFixture(CHAT_ONLY);
        other.upstream.always(json(401, "{\"error\":{\"message\":\"Incorrect API key upstream-secret\"}}"));

        for (RecordingResponse client :
                List.of(g.messages(SINGLE), g.chat(CHAT_SINGLE), other.messages(SINGLE), other.chat(CHAT_SINGLE))) {
            assertThat(client.status()).isEqualTo(502);
            assertThat(client.header("x-should-retry")).isEqualTo("false");
            assertThat(client.body())
                    .contains("Provider one", "sluice credential set one")
                    .doesNotContain("upstream-secret");
        }
    }

    @Test
    void a_provider_that_forbids_a_repeat_is_not_asked_again_and_the_client_is_told() {
        g.upstream.always(
                json(429, error("rate_limit_error", "slow down"), "retry-after", "2", "x-should-retry", "false"));
        GatewayFixture other = new GatewayFixture(CHAT_ONLY);
        other.upstream.always(json(429, "{\"error\":{\"message\":\"slow down\"}}", "x-should-retry", "false"));

        RecordingResponse same = g.messages(SINGLE);
        RecordingResponse translated = other.messages(SINGLE);

        assertThat(same.header("x-should-retry")).isEqualTo("false");
        assertThat(g.upstream.calls()).hasSize(1);
        assertThat(translated.header("x-should-retry")).isEqualTo("false");
        assertThat(translated.headers().has("retry-after")).isFalse();
        assertThat(other.chat(CHAT_SINGLE).headers().has("retry-after")).isFalse();
    }

    @Test
    void a_target_cooling_down_at_its_providers_word_is_a_429_that_says_until_when() {
        g.upstream.always(json(429, error("rate_limit_error", "slow down"), "retry-after", "60"));
        g.messages(SINGLE);
        g.time.advance(Duration.ofSeconds(10));

        RecordingResponse client = g.messages(SINGLE);

        assertThat(client.status()).isEqualTo(429);
        assertThat(client.header("retry-after")).isEqualTo("50");
        assertThat(g.upstream.calls()).hasSize(1);
    }

    @Test
    void of_all_that_cool_down_the_one_that_recovers_first_is_tried() {
        g.upstream
                .then(json(401, error("authentication_error", "no")))
                .then(json(403, error("permission_error", "no")))
                .always(json(200, MESSAGES_ANSWER));
        g.messages(MESSAGES_REQUEST.replace("coding", "two/m"));
        g.time.advance(Duration.ofSeconds(60));
        g.messages(SINGLE);

        RecordingResponse client = g.messages(MESSAGES_REQUEST);

        assertThat(client.status()).isEqualTo(200);
        assertThat(client.header("x-sluice-model")).isEqualTo("two/m");
    }

    @Test
    void a_defect_in_mid_attempt_frees_the_probe() {
        g.upstream.always(broken(Breakage.RESET));
        g.messages(SINGLE);
        g.messages(SINGLE);
        g.time.advance(Duration.ofSeconds(31));
        g.upstream.always(new Upstream.Answer.Streaming(200, Headers.NONE, new DefectiveStream()));
        assertThat(g.messages(SINGLE).status()).isEqualTo(502);
        g.upstream.always(json(200, MESSAGES_ANSWER));

        assertThat(g.messages(SINGLE).header("x-sluice-skipped")).isEmpty();
    }

    private static final class DefectiveStream implements ByteStream {
        @Override
        public Read read(Duration wait) {
            throw new IllegalStateException("a defect");
        }

        @Override
        public void close() {}
    }

    @Test
    void the_clients_deadline_ends_the_call_and_is_not_held_against_the_provider() {
        GatewayFixture hasty = new GatewayFixture(
                CHAT_ONLY.replace("\"version\": 1,", "\"version\": 1, \"timeouts\": {\"totalMs\": 30000},"));
        hasty.upstream.then(Duration.ofHours(1), json(200, CHAT_ANSWER));
        hasty.upstream.then(Duration.ofHours(1), json(200, CHAT_ANSWER));
        hasty.upstream.then(Duration.ofHours(1), json(200, CHAT_ANSWER));

        RecordingResponse whole = hasty.chat(CHAT_SINGLE);
        RecordingResponse stream = hasty.chat(CHAT_STREAM_REQUEST.replace("coding", "single"));

        assertThat(whole.status()).isEqualTo(504);
        assertThat(stream.body()).contains("timeout").doesNotContain("[DONE]");
        assertThat(hasty.time.elapsed()).isEqualTo(Duration.ofSeconds(60));
        assertThat(hasty.upstream.calls()).hasSize(2);
        hasty.upstream.clear().always(json(200, CHAT_ANSWER));
        assertThat(hasty.chat(CHAT_SINGLE).header("x-sluice-skipped")).isEmpty();
    }

    @Test
    void what_is_worth_repeating_says_when_in_whole_seconds() {
        g.upstream.always(json(429, error("rate_limit_error", "slow down"), "retry-after", "5.2"));
        GatewayFixture other = new GatewayFixture(CHAT_ONLY);
        other.upstream.always(json(529, "{\"error\":{\"message\":\"Overloaded\"}}"));

        RecordingResponse same = g.messages(SINGLE);
        RecordingResponse overloaded = other.chat(CHAT_SINGLE);

        assertThat(same.status()).isEqualTo(429);
        assertThat(same.header("retry-after")).isEqualTo("6");
        assertThat(overloaded.status()).isEqualTo(529);
        GatewayFixture foreign = new GatewayFixture(GatewayFixture.TWO_ACCOUNTS);
        foreign.upstream.always(json(529, error("overloaded_error", "Overloaded")));
        RecordingResponse translated = foreign.chat(CHAT_REQUEST.replace("coding", "two/m"));
        assertThat(translated.status()).isEqualTo(503);
        assertThat(translated.header("retry-after")).isEqualTo("1");
    }

    @Test
    void a_name_the_client_made_up_cannot_break_a_header_line() {
        g.upstream.always(json(200, MESSAGES_ANSWER));

        RecordingResponse broken = g.messages(MESSAGES_REQUEST.replace("coding", "one/x\\r\\nset-cookie: a"));
        RecordingResponse foreign = g.messages(MESSAGES_REQUEST.replace("coding", "one/x\\u00e9"));

        assertThat(broken.status()).isEqualTo(404);
        assertThat(broken.header("set-cookie")).isEmpty();
        assertThat(foreign.header("x-sluice-model")).isEqualTo("one/x?");
    }

    @Test
    void each_sdk_finds_the_providers_request_id_under_its_own_name() {
        g.upstream.always(json(200, MESSAGES_ANSWER, "request-id", "req_theirs"));

        RecordingResponse client = g.messages(MESSAGES_REQUEST);

        assertThat(client.header("request-id")).isEqualTo("req_theirs");
        assertThat(client.header("x-request-id")).isEqualTo("req_theirs");
        assertThat(client.header("x-sluice-request-id")).startsWith("req_").isNotEqualTo("req_theirs");
    }
}
