package dev.sluice.core.gateway;

import static dev.sluice.core.gateway.Wire.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.core.ports.Upstream;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The strategies that go by what attempts have shown.
final class PacedRoutingTest {
    private static final String REQUEST = """
            {"model": "paced", "max_tokens": 9, "stream": true, "messages": [{"role": "user", "content": "hello"}]}
            """;

    @Test
    void latency_measures_every_target_and_then_keeps_to_the_fastest() {
        GatewayFixture fixture = fixture("latency");
        send(fixture, Duration.ofSeconds(3));
        send(fixture, Duration.ofMillis(100));
        send(fixture, Duration.ofMillis(200));
        send(fixture, Duration.ofMillis(200));

        List<String> hosts = hosts(fixture);
        assertThat(hosts.subList(0, 2)).containsExactlyInAnyOrder("one.test", "two.test");
        assertThat(hosts.subList(2, 4)).containsOnly(hosts.get(1));
    }

    @Test
    void least_used_evens_out_the_attempts_of_the_last_minute() {
        GatewayFixture fixture = fixture("least-used");
        for (int i = 0; i < 10; i++) {
            send(fixture, Duration.ofMillis(100));
        }

        assertThat(hosts(fixture)).filteredOn("one.test"::equals).hasSize(5);
    }

    private static GatewayFixture fixture(String strategy) {
        return new GatewayFixture("""
                {"version": 1,
                 "providers": [
                   {"id": "one", "endpoints": {"anthropic": "https://one.test"}, "credential": "one", "models": ["m"]},
                   {"id": "two", "endpoints": {"anthropic": "https://two.test"}, "credential": "two", "models": ["m"]}],
                 "modelAliases": {"paced": {"strategy": "STRATEGY",
                                            "targets": [{"ref": "one/m"}, {"ref": "two/m"}]}}}
                """.replace("STRATEGY", strategy));
    }

    private static void send(GatewayFixture fixture, Duration firstContent) {
        Upstream.Answer answer = fixture.upstream.stream(
                MESSAGE_START, BLOCK_START, BLOCK_DELTA, BLOCK_STOP, MESSAGE_DELTA, MESSAGE_STOP);
        fixture.upstream.then(firstContent, answer);
        fixture.messages(REQUEST);
    }

    private static List<String> hosts(GatewayFixture fixture) {
        return fixture.upstream.calls().stream()
                .map(call -> call.uri().getHost())
                .toList();
    }
}
