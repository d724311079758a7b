package dev.sluice.core.gateway;

import static dev.sluice.core.gateway.Wire.*;
import static dev.sluice.testkit.ScriptedUpstream.broken;
import static dev.sluice.testkit.ScriptedUpstream.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.core.config.ConfigSnapshot;
import dev.sluice.core.ports.Ledger.Ask;
import dev.sluice.core.ports.Ledger.Passage;
import dev.sluice.core.ports.Ledger.Reserve;
import dev.sluice.core.ports.Ledger.Standing;
import dev.sluice.core.ports.Upstream.Breakage;
import dev.sluice.testkit.RecordingResponse;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The rows of ROUTING.md's table that have no status, and what is left of a breaker's rules when a whole gateway goes by
/// them.
class BreakageLawsTest {
    private static final String SINGLE = MESSAGES_REQUEST.replace("coding", "single");

    private final GatewayFixture g = new GatewayFixture(GatewayFixture.TWO_ACCOUNTS);

    private Standing standing() {
        ConfigSnapshot config = g.ledger.entries().getFirst().ask.config();
        return g.ledger.standing(config, config.provider("one").orElseThrow(), "m");
    }

    @ParameterizedTest
    @CsvSource({
        "CONNECT,            3, network_error,       true,  1, 0",
        "CONNECT_TIMEOUT,    3, network_error,       true,  1, 0",
        "RESET,              3, network_error,       true,  1, 0",
        "STALE,              4, stale_connection,    true,  1, 0",
        "FIRST_BYTE_TIMEOUT, 1, network_error,       true,  1, 0",
        "MALFORMED,          3, temporary_error,     true,  1, 0",
        "PRIVATE_ADDRESS,    1, configuration_error, true,  0, 45",
        "TOTAL_TIMEOUT,      1, cancelled,           false, 0, 0",
        "CANCELLED,          1, cancelled,           false, 0, 0",
    })
    void every_breakage_follows_its_row(
            Breakage breakage, int attempts, String category, boolean next, int failures, long cooldown) {
        g.upstream.at("one.test", broken(breakage)).at("two.test", json(200, MESSAGES_ANSWER));

        RecordingResponse client = g.messages(MESSAGES_REQUEST);

        assertThat(g.upstream.calls()).hasSize(attempts + (next ? 1 : 0));
        assertThat(client.header("x-sluice-attempts")).startsWith("one/m:0/" + category);
        assertThat(client.status()).isEqualTo(next ? 200 : 504);
        assertThat(standing().failures()).isEqualTo(failures);
        assertThat(standing().recovery() == null).isEqualTo(cooldown == 0);
        if (cooldown > 0) {
            assertThat(standing().recovery().at()).isEqualTo(g.time.now().plusSeconds(cooldown));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "api_error,             3, true,  1",
        "overloaded_error,      2, true,  0",
        "rate_limit_error,      1, true,  0",
        "authentication_error,  1, true,  0",
        // a provider that took a request and then calls it invalid may be wrong
        "invalid_request_error, 1, true,  0",
    })
    void an_error_before_the_first_content_of_a_stream_counts_as_its_status(
            String type, int attempts, boolean next, int failures) {
        String event = "event: error\ndata: " + error(type, "no") + "\n\n";
        g.upstream.at(
                "two.test",
                g.upstream.stream(MESSAGE_START, BLOCK_START, BLOCK_DELTA, BLOCK_STOP, MESSAGE_DELTA, MESSAGE_STOP));
        for (int i = 0; i < attempts; i++) {
            g.upstream.then(g.upstream.stream(event));
        }

        RecordingResponse client = g.messages(MESSAGES_STREAM_REQUEST);

        assertThat(g.upstream.calls()).hasSize(attempts + (next ? 1 : 0));
        assertThat(client.body()).contains("hello");
        assertThat(standing().failures()).isEqualTo(failures);
        assertThat(g.ledger.entries()).allMatch(entry -> entry.settlements.size() == 1);
    }

    @Test
    void an_overriding_attempt_that_fails_while_the_breaker_is_open_prolongs_it() {
        g.upstream.always(broken(Breakage.RESET));
        g.messages(SINGLE);
        g.messages(SINGLE);
        g.time.advance(Duration.ofSeconds(20));

        assertThat(g.messages(SINGLE).header("x-sluice-skipped"))
                .isEqualTo("one/m:breaker-open, one/m:cooldown-overridden");

        assertThat(standing().recovery()).isNotNull();
        assertThat(standing().recovery().at())
                .isEqualTo(g.time.now().plusSeconds(30).truncatedTo(ChronoUnit.MILLIS));
    }

    @Test
    void a_waiting_time_that_runs_out_again_counts_a_request_once_for_the_breaker() {
        g.upstream.always(json(503, error("api_error", "later"), "retry-after", "4"));

        g.messages(SINGLE);

        assertThat(g.upstream.calls()).hasSizeGreaterThan(1);
        assertThat(standing().failures()).isEqualTo(1);
    }

    @Test
    void a_breaker_goes_by_the_rules_of_the_moment() {
        g.upstream.always(broken(Breakage.RESET));
        g.messages(SINGLE);
        g.messages(SINGLE);
        assertThat(g.messages(SINGLE).header("x-sluice-skipped")).contains("breaker-open");

        String lenient = GatewayFixture.TWO_ACCOUNTS.replace(
                "\"version\": 1,", "\"version\": 1, \"breaker\": {\"failures\": 9, \"openMs\": 5000},");
        g.registry.write(1, GatewayFixture.read(lenient).document(), "test", g.time.now());
        g.time.advance(Duration.ofSeconds(6));

        assertThat(g.messages(SINGLE).header("x-sluice-skipped")).isEmpty();
    }

    @Test
    void a_probe_that_is_never_reported_is_given_up() {
        g.upstream.always(broken(Breakage.RESET));
        g.messages(SINGLE);
        g.messages(SINGLE);
        g.time.advance(Duration.ofSeconds(31));
        ConfigSnapshot config = g.ledger.entries().getFirst().ask.config();
        g.ledger.admit(new Ask(
                config,
                config.provider("one").orElseThrow(),
                "m",
                new Reserve(0, 0),
                Passage.CHECKED,
                Duration.ofSeconds(1)));
        g.upstream.always(json(200, MESSAGES_ANSWER));

        assertThat(g.messages(MESSAGES_REQUEST).header("x-sluice-skipped")).isEqualTo("one/m:breaker-open");
        g.time.advance(Duration.ofMinutes(4));
        assertThat(g.messages(MESSAGES_REQUEST).header("x-sluice-model")).isEqualTo("one/m");
    }
}
