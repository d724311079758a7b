package dev.sluice.aws.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.core.config.RateLimitConfig;
import dev.sluice.testkit.RecordingResponse;
import dev.sluice.testkit.ScriptedUpstream;
import dev.sluice.testkit.VirtualTime;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Round trips to the table before the first byte goes to the upstream, in an environment that is warm.
class RoundTripsTest {
    private static final String CONFIG = """
            {"version": 1,
             "providers": [
               {"id": "free", "endpoints": {"openai-chat": "https://free.test/v1"}, "credential": "c", "models": ["m"]},
               {"id": "bound", "endpoints": {"openai-chat": "https://bound.test/v1"}, "credential": "c", "models": ["m"],
                "rateLimits": [
                  {"id": "day", "name": "day", "models": ["all"], "requests": 1000, "window": {"unit": "day", "size": 1}},
                  {"id": "hour", "name": "hour", "models": ["all"], "requests": 100, "tokens": 100000,
                   "window": {"unit": "hour", "size": 1}}]}],
             "modelAliases": {
               "in-turn": {"strategy": "round-robin", "targets": [{"ref": "free/m"}, {"ref": "bound/m"}]},
               "by-weight": {"strategy": "weighted-rr",
                             "targets": [{"ref": "free/m", "weight": 2}, {"ref": "bound/m", "weight": 1}]},
               "sticky": {"strategy": "auto", "targets": [{"ref": "bound/m"}]}}}
            """;
    private static final List<RateLimitConfig> OWN_LIMITS = List.of(new RateLimitConfig(
            "own",
            "own",
            List.of("all"),
            100L,
            null,
            null,
            new RateLimitConfig.Window(RateLimitConfig.Unit.DAY, 1),
            BigDecimal.ZERO));

    private final VirtualTime time = new VirtualTime();
    private final Tables.Fresh table = Tables.fresh();
    private final SharedGateway gateway = new SharedGateway(table.settings(), time);

    @BeforeEach
    void warm_up() {
        SharedGateway.prepare(table.store(), CONFIG, time, OWN_LIMITS);
        gateway.upstream.always(ScriptedUpstream.json(200, SharedGateway.ANSWER));
        for (String key : List.of(SharedGateway.KEY, SharedGateway.LIMITED_KEY)) {
            chat(key, "free/m");
            chat(key, "bound/m");
        }
    }

    @AfterEach
    void close() {
        gateway.close();
        table.close();
    }

    @Test
    void none_where_no_bucket_applies_and_health_is_fresh() {
        chat(SharedGateway.KEY, "free/m");
        assertThat(gateway.callsBeforeUpstream()).isEmpty();
        assertThat(gateway.calls()).isEmpty();
    }

    @Test
    void one_where_health_is_older_than_a_second() {
        time.advance(Duration.ofSeconds(2));
        chat(SharedGateway.KEY, "free/m");
        assertThat(gateway.callsBeforeUpstream()).hasSize(1);
    }

    @Test
    void one_with_buckets_and_one_more_to_settle() {
        chat(SharedGateway.KEY, "bound/m");
        assertThat(gateway.callsBeforeUpstream()).containsExactly("UpdateItem");
        assertThat(gateway.calls()).containsExactly("UpdateItem", "UpdateItem");
    }

    @Test
    void one_more_for_a_caller_with_limits_of_its_own() {
        chat(SharedGateway.LIMITED_KEY, "free/m");
        assertThat(gateway.callsBeforeUpstream()).containsExactly("UpdateItem");
        chat(SharedGateway.LIMITED_KEY, "bound/m");
        assertThat(gateway.callsBeforeUpstream()).containsExactly("UpdateItem", "UpdateItem");
    }

    @Test
    void two_for_the_books_when_all_else_is_over() {
        chat(SharedGateway.KEY, "bound/m");
        assertThat(gateway.callsBeforeUpstream()).containsExactly("UpdateItem");
        assertThat(gateway.callsForBooks()).containsExactlyInAnyOrder("PutItem", "UpdateItem");
    }

    @Test
    void none_for_the_books_about_a_stranger() {
        assertThat(gateway.chat("slc_a-key-that-nobody-has-0123456789", "bound/m")
                        .status())
                .isEqualTo(401);
        assertThat(gateway.callsForBooks()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"in-turn", "by-weight"})
    void one_more_where_targets_take_turns(String alias) {
        Set<List<String>> seen = new HashSet<>();
        for (int i = 0; i < 6; i++) {
            chat(SharedGateway.KEY, alias);
            seen.add(gateway.callsBeforeUpstream());
        }
        assertThat(seen)
                .as("the position, and the buckets of the target that has some")
                .containsExactlyInAnyOrder(List.of("UpdateItem"), List.of("UpdateItem", "UpdateItem"));
    }

    @Test
    void no_more_for_the_other_strategies() {
        chat(SharedGateway.KEY, "sticky");
        assertThat(gateway.callsBeforeUpstream()).containsExactly("UpdateItem");
    }

    @Test
    void one_more_when_configuration_and_key_were_read_more_than_five_seconds_ago() {
        time.advance(Duration.ofMillis(5_001));
        chat(SharedGateway.KEY, "bound/m");
        assertThat(gateway.callsBeforeUpstream()).containsExactly("BatchGetItem", "UpdateItem");
        chat(SharedGateway.KEY, "bound/m");
        assertThat(gateway.callsBeforeUpstream()).containsExactly("UpdateItem");
    }

    private void chat(String key, String model) {
        RecordingResponse response = gateway.chat(key, model);
        assertThat(response.status()).as(response.body()).isEqualTo(200);
        assertThat(response.header("x-sluice-state")).isEmpty();
    }
}
