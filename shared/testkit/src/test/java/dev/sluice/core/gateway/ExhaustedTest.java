package dev.sluice.core.gateway;

import static dev.sluice.core.gateway.Wire.*;
import static dev.sluice.testkit.ScriptedUpstream.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.core.ports.Ledger.Admission.Denied;
import dev.sluice.core.ports.Ledger.Recovery;
import dev.sluice.model.Failure.Category;
import dev.sluice.testkit.RecordingResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What the client is told when every target is full or cools down, and which of them is tried all the same.
class ExhaustedTest {
    private final GatewayFixture g = new GatewayFixture(GatewayFixture.TWO_ACCOUNTS);

    private Denied quota(Duration away) {
        return new Denied("quota-exhausted", recovery(away, false, Category.RATE_LIMITED), false);
    }

    private Denied cool(Duration away, boolean named, Category category) {
        return new Denied("cooldown", recovery(away, named, category), false);
    }

    private Recovery recovery(Duration away, boolean named, Category category) {
        return new Recovery(g.time.now().plus(away), named, category);
    }

    private List<RecordingResponse> both(Denied one, Denied two) {
        g.ledger.refuse(one).refuse(two);
        RecordingResponse messages = g.messages(MESSAGES_REQUEST);
        g.ledger.refuse(one).refuse(two);
        return List.of(messages, g.chat(CHAT_REQUEST));
    }

    @Test
    void a_full_bucket_is_skipped_and_the_next_target_serves() {
        g.upstream.always(json(200, MESSAGES_ANSWER));
        g.ledger.refuse(quota(Duration.ofSeconds(40)));

        RecordingResponse client = g.messages(MESSAGES_REQUEST);

        assertThat(client.status()).isEqualTo(200);
        assertThat(client.header("x-sluice-skipped")).isEqualTo("one/m:quota-exhausted");
        assertThat(client.header("x-sluice-model")).isEqualTo("two/m");
    }

    @Test
    void when_all_are_full_the_client_comes_back_at_the_earliest_reset() {
        for (RecordingResponse client : both(quota(Duration.ofMillis(90_500)), quota(Duration.ofMillis(40_200)))) {
            assertThat(client.status()).isEqualTo(429);
            assertThat(client.header("retry-after")).isEqualTo("41");
            assertThat(client.headers().has("x-should-retry")).isFalse();
            assertThat(client.header("x-sluice-skipped")).isEqualTo("one/m:quota-exhausted, two/m:quota-exhausted");
            assertThat(client.body()).contains("rate_limit");
        }
        assertThat(g.upstream.calls()).isEmpty();
    }

    @Test
    void a_reset_of_this_very_moment_is_still_a_whole_second_away() {
        assertThat(both(quota(Duration.ZERO), quota(Duration.ZERO)))
                .allMatch(client -> client.header("retry-after").equals("1"));
    }

    @Test
    void a_reset_far_away_is_named_and_not_worth_waiting_for() {
        Instant reset = g.time.now().plus(Duration.ofDays(3));
        for (RecordingResponse client : both(quota(Duration.ofDays(3)), quota(Duration.ofDays(9)))) {
            assertThat(client.status()).isEqualTo(429);
            assertThat(client.headers().has("retry-after")).isFalse();
            assertThat(client.header("x-should-retry")).isEqualTo("false");
            assertThat(client.body()).contains(reset.toString());
        }
    }

    @Test
    void two_minutes_are_worth_waiting_for_and_a_moment_more_is_not() {
        assertThat(both(quota(Duration.ofMinutes(2)), quota(Duration.ofDays(9))))
                .allMatch(client -> client.header("retry-after").equals("120"));
        assertThat(both(quota(Duration.ofMinutes(2).plusMillis(1)), quota(Duration.ofDays(9))))
                .allMatch(client -> !client.headers().has("retry-after"));
    }

    @Test
    void a_request_larger_than_any_bucket_is_told_so() {
        Denied never = new Denied("quota-exhausted", new Recovery(Instant.MAX, false, Category.RATE_LIMITED), false);
        for (RecordingResponse client : both(never, never)) {
            assertThat(client.status()).isEqualTo(429);
            assertThat(client.header("x-should-retry")).isEqualTo("false");
            assertThat(client.body()).contains("more than");
        }
    }

    @Test
    void a_full_bucket_beside_a_cooldown_that_its_provider_named_is_a_429_at_the_earlier_time() {
        Denied cooling = cool(Duration.ofSeconds(30), true, Category.TEMPORARY_ERROR);
        for (RecordingResponse client : both(quota(Duration.ofSeconds(90)), cooling)) {
            assertThat(client.status()).isEqualTo(429);
            assertThat(client.header("retry-after")).isEqualTo("30");
        }
    }

    @Test
    void beside_a_full_bucket_a_cooldown_of_our_own_is_overridden_at_once() {
        g.upstream.always(json(200, MESSAGES_ANSWER));
        g.ledger.refuse(quota(Duration.ofSeconds(1))).refuse(cool(Duration.ofMinutes(9), false, Category.FORBIDDEN));

        RecordingResponse client = g.messages(MESSAGES_REQUEST);

        assertThat(client.status()).isEqualTo(200);
        assertThat(client.header("x-sluice-skipped"))
                .isEqualTo("one/m:quota-exhausted, two/m:cooldown, two/m:cooldown-overridden");
        assertThat(g.time.elapsed()).isZero();
    }

    @Test
    void an_overridden_target_may_have_a_full_bucket_too() {
        Denied cooling = cool(Duration.ofMinutes(9), false, Category.FORBIDDEN);
        g.ledger.refuse(quota(Duration.ofSeconds(70))).refuse(cooling).refuse(quota(Duration.ofSeconds(50)));

        RecordingResponse client = g.messages(MESSAGES_REQUEST);

        assertThat(client.status()).isEqualTo(429);
        assertThat(client.header("retry-after")).isEqualTo("50");
    }

    @Test
    void a_time_that_a_provider_named_with_a_503_is_not_told_as_a_429() {
        Denied cooling = cool(Duration.ofSeconds(30), true, Category.TEMPORARY_ERROR);
        for (RecordingResponse client : both(cooling, cool(Duration.ofSeconds(60), true, Category.RATE_LIMITED))) {
            assertThat(client.status()).isEqualTo(502);
            assertThat(client.header("retry-after")).isEqualTo("30");
        }
    }

    @Test
    void a_rate_limit_that_recovers_first_is_a_429() {
        Denied cooling = cool(Duration.ofSeconds(60), true, Category.TEMPORARY_ERROR);
        for (RecordingResponse client : both(cooling, cool(Duration.ofSeconds(30), true, Category.RATE_LIMITED))) {
            assertThat(client.status()).isEqualTo(429);
            assertThat(client.header("retry-after")).isEqualTo("30");
        }
    }

    @Test
    void a_target_that_recovers_later_is_not_tried_before_one_that_named_its_time() {
        Denied named = cool(Duration.ofSeconds(30), true, Category.RATE_LIMITED);
        for (RecordingResponse client : both(named, cool(Duration.ofMinutes(15), false, Category.BILLING_EXHAUSTED))) {
            assertThat(client.status()).isEqualTo(429);
            assertThat(client.header("retry-after")).isEqualTo("30");
        }
        assertThat(g.upstream.calls()).isEmpty();
    }

    @Test
    void a_provider_that_is_out_of_money_or_not_let_in_is_told_as_that() {
        g.upstream.always(json(403, "{\"error\":{\"message\":\"no\"}}"));
        for (Category category : List.of(Category.BILLING_EXHAUSTED, Category.AUTH_FAILED)) {
            Denied far = cool(Duration.ofMinutes(15), true, category);
            List<RecordingResponse> clients = both(far, far);
            boolean isMoney = category == Category.BILLING_EXHAUSTED;
            assertThat(clients.get(0).status()).isEqualTo(isMoney ? 402 : 502);
            assertThat(clients.get(1).status()).isEqualTo(isMoney ? 429 : 502);
            for (RecordingResponse client : clients) {
                assertThat(client.header("x-should-retry")).isEqualTo("false");
                assertThat(client.headers().has("retry-after")).isFalse();
            }
        }
    }

    @Test
    void a_short_named_time_is_waited_for_and_a_longer_one_is_not() {
        g.upstream.always(json(200, MESSAGES_ANSWER));
        Denied far = cool(Duration.ofMinutes(1), true, Category.RATE_LIMITED);
        g.ledger.refuse(far).refuse(cool(Duration.ofSeconds(5), true, Category.RATE_LIMITED));

        RecordingResponse client = g.messages(MESSAGES_REQUEST);

        assertThat(client.status()).isEqualTo(200);
        assertThat(g.time.elapsed()).isEqualTo(Duration.ofSeconds(5));
        g.ledger.refuse(far).refuse(cool(Duration.ofMillis(5_001), true, Category.RATE_LIMITED));
        assertThat(g.messages(MESSAGES_REQUEST).header("retry-after")).isEqualTo("6");
    }

    @Test
    void no_time_is_waited_for_that_the_deadline_does_not_allow() {
        GatewayFixture hasty = new GatewayFixture(GatewayFixture.TWO_ACCOUNTS.replace(
                "\"version\": 1,", "\"version\": 1, \"timeouts\": {\"totalMs\": 2000},"));
        Recovery soon = new Recovery(hasty.time.now().plusSeconds(3), true, Category.RATE_LIMITED);
        hasty.ledger.refuse(new Denied("cooldown", soon, false)).refuse(new Denied("cooldown", soon, false));

        RecordingResponse client = hasty.messages(MESSAGES_REQUEST);

        assertThat(client.status()).isEqualTo(429);
        assertThat(client.header("retry-after")).isEqualTo("3");
        assertThat(hasty.time.elapsed()).isZero();
    }

    @Test
    void a_real_failure_is_told_rather_than_a_full_bucket() {
        g.upstream.always(json(529, error("overloaded_error", "Overloaded")));
        g.ledger.refuse(quota(Duration.ofSeconds(20)));

        assertThat(g.messages(MESSAGES_REQUEST).status()).isEqualTo(529);
    }
}
