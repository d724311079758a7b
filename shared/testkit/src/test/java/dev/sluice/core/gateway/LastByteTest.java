package dev.sluice.core.gateway;

import static dev.sluice.core.gateway.Wire.MESSAGES_ANSWER;
import static dev.sluice.core.gateway.Wire.MESSAGES_REQUEST;
import static dev.sluice.core.gateway.Wire.error;
import static dev.sluice.testkit.ScriptedUpstream.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.core.config.RateLimitConfig;
import dev.sluice.core.config.RateLimitConfig.Unit;
import dev.sluice.core.config.RateLimitConfig.Window;
import dev.sluice.core.ports.ClientResponse;
import dev.sluice.model.Headers;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The client has its last byte before the books are closed.
class LastByteTest {
    private final GatewayFixture g = new GatewayFixture(GatewayFixture.TWO_ACCOUNTS);
    private final List<String> stepsBeforeTheEnd = new ArrayList<>();

    /// Looks into the books when the answer ends.
    private final class Client implements ClientResponse {
        @Override
        public void start(int status, Headers headers, long length) {}

        @Override
        public void write(byte[] bytes, int from, int to) {}

        @Override
        public void end() {
            stepsBeforeTheEnd.addAll(g.ledger.steps());
        }

        @Override
        public void endWith(byte[] bytes, int from, int to) {
            end();
        }

        @Override
        public void abort() {}
    }

    private void asks() {
        g.limitCaller(new RateLimitConfig(
                "own", "Own", List.of("all"), 9L, null, null, new Window(Unit.DAY, 1), BigDecimal.ZERO));
        g.send("POST", "/v1/messages", MESSAGES_REQUEST.replace("coding", "single"), new Client());
    }

    @Test
    void of_an_answer_nothing_is_settled_before() {
        g.upstream.always(json(200, MESSAGES_ANSWER));
        asks();

        assertThat(stepsBeforeTheEnd).containsExactly("admit caller", "admit one/m");
        assertThat(g.ledger.steps()).endsWith("settle one/m", "settle caller");
    }

    @Test
    void of_a_failure_the_caller_is_settled_afterwards() {
        g.upstream.always(json(400, error("invalid_request_error", "no")));
        asks();

        assertThat(stepsBeforeTheEnd).startsWith("admit caller", "admit one/m").doesNotContain("settle caller");
        assertThat(g.ledger.steps()).endsWith("settle caller");
    }
}
