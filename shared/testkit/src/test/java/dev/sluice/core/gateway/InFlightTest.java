package dev.sluice.core.gateway;

import static dev.sluice.core.gateway.Wire.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.core.gateway.InFlight.Seen;
import dev.sluice.core.ports.ClientResponse;
import dev.sluice.model.Headers;
import dev.sluice.testkit.ScriptedUpstream.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What a gateway tells of the requests that it is answering.
class InFlightTest {
    private final GatewayFixture g = new GatewayFixture(GatewayFixture.TWO_ACCOUNTS);
    private final List<Seen> seen = new ArrayList<>();

    /// Looks whenever something reaches the client.
    private final class Looking implements ClientResponse {
        private final boolean leaves;

        Looking(boolean leaves) {
            this.leaves = leaves;
        }

        private void look() {
            seen.addAll(g.inFlight.seen());
        }

        @Override
        public void start(int code, Headers headers, long length) {
            look();
        }

        @Override
        public void write(byte[] bytes, int from, int to) throws ClientGone {
            look();
            if (leaves) {
                throw new ClientGone("left");
            }
        }

        @Override
        public void end() {
            look();
        }

        @Override
        public void abort() {
            look();
        }
    }

    private void stream(boolean leaves, String... headers) {
        List<String> all = new ArrayList<>(List.of("x-api-key", GatewayFixture.KEY));
        all.addAll(List.of(headers));
        g.gateway.handle(
                GatewayFixture.request("POST", "/v1/messages", MESSAGES_STREAM_REQUEST, all.toArray(String[]::new)),
                new Looking(leaves));
    }

    @Test
    void a_request_under_way_tells_who_asks_for_what_where_it_is_and_how_much_went_out() {
        g.upstream.then(g.upstream.stream(List.of(
                new Step.Send(MESSAGE_START + BLOCK_START + BLOCK_DELTA),
                new Step.Silence(Duration.ofSeconds(3)),
                new Step.Send(BLOCK_STOP + MESSAGE_DELTA + MESSAGE_STOP))));

        stream(false, "user-agent", "claude-cli/2.0 (external)");

        Seen last = seen.getLast();
        assertThat(last.caller()).isEqualTo("master");
        assertThat(last.tool()).isEqualTo("claude-code");
        assertThat(last.dialect()).isEqualTo("anthropic");
        assertThat(last.target()).isEqualTo("one/m");
        assertThat(last.attempts()).isEqualTo(1);
        assertThat(last.streamed()).isTrue();
        assertThat(last.sentBytes())
                .isEqualTo((MESSAGE_START + BLOCK_START + BLOCK_DELTA + BLOCK_STOP + MESSAGE_DELTA + MESSAGE_STOP)
                        .length());
        assertThat(last.age()).isEqualTo(Duration.ofSeconds(3));
        assertThat(seen.getFirst().sentBytes()).isZero();
    }

    @Test
    void attempts_are_counted_over_all_targets_and_the_target_is_the_one_of_now() {
        g.upstream
                .then(g.upstream.stream(MESSAGE_START, OVERLOADED_EVENT))
                .then(g.upstream.stream(MESSAGE_START, OVERLOADED_EVENT))
                .then(g.upstream.stream(
                        MESSAGE_START, BLOCK_START, BLOCK_DELTA, BLOCK_STOP, MESSAGE_DELTA, MESSAGE_STOP));

        stream(false);

        assertThat(seen).isNotEmpty().allSatisfy(call -> {
            assertThat(call.attempts()).isEqualTo(3);
            assertThat(call.target()).isEqualTo("two/m");
            assertThat(call.tool()).isNull();
        });
    }

    @Test
    void nothing_is_left_of_a_request_that_is_over_however_it_ended() {
        g.upstream.always(g.upstream.stream(MESSAGE_START, BLOCK_START, BLOCK_DELTA, MESSAGE_STOP));
        stream(false);
        assertThat(g.inFlight.seen()).isEmpty();
        stream(true);
        assertThat(g.inFlight.seen()).isEmpty();
        g.post("/v1/messages", "{", "x-api-key", GatewayFixture.KEY);
        assertThat(g.inFlight.seen()).isEmpty();
        assertThat(seen).isNotEmpty();
    }
}
