package dev.sluice.core.gateway;

import static dev.sluice.core.gateway.Wire.*;
import static dev.sluice.testkit.ScriptedUpstream.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.core.config.RateLimitConfig;
import dev.sluice.core.config.RateLimitConfig.Unit;
import dev.sluice.core.config.RateLimitConfig.Window;
import dev.sluice.core.ports.Ledger.Recovery;
import dev.sluice.core.ports.Ledger.Standing;
import dev.sluice.model.Failure;
import dev.sluice.testkit.FakeLedger;
import dev.sluice.testkit.RecordingResponse;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Strategies as clients see them: which provider is asked, what the headers say, and what the books are asked.
class RoutingTest {
    static final String STRATEGIES = """
            {"version": 1, "defaultModel": "turns",
             "providers": [
               {"id": "one", "endpoints": {"anthropic": "https://one.test"}, "credential": "one", "models": ["m", {"id": "blind", "capabilities": {"vision": false, "tools": false}}]},
               {"id": "two", "endpoints": {"anthropic": "https://two.test"}, "credential": "two", "models": ["m"]},
               {"id": "three", "endpoints": {"anthropic": "https://three.test"}, "credential": "three", "models": ["m"]}],
             "modelAliases": {
               "turns": {"strategy": "round-robin", "targets": [{"ref": "one/m"}, {"ref": "two/m"}]},
               "weighted": {"strategy": "weighted-rr", "targets": [{"ref": "one/m", "weight": 2}, {"ref": "two/m"}]},
               "lone": {"strategy": "round-robin", "targets": [{"ref": "one/m"}], "fallbackTargets": [{"ref": "two/m"}]},
               "sticky": {"targets": [{"ref": "one/m"}, {"ref": "two/m"}, {"ref": "three/m"}]},
               "dearest": {"strategy": "cost", "targets": [{"ref": "one/m"}, {"ref": "two/m"}]},
               "looks": {"strategy": "ordered", "targets": [{"ref": "one/blind"}, {"ref": "two/m"}]}}}
            """;

    private final FakeLedger ledger = new FakeLedger();
    private final GatewayFixture g = new GatewayFixture(STRATEGIES, ledger);

    private RecordingResponse ask(String model, String... headers) {
        return send(request(model, "hi"), headers);
    }

    private RecordingResponse send(String body, String... headers) {
        g.upstream.then(json(200, MESSAGES_ANSWER));
        List<String> all = new ArrayList<>(List.of("x-api-key", GatewayFixture.KEY, "anthropic-version", "2023-06-01"));
        all.addAll(List.of(headers));
        RecordingResponse client = g.post("/v1/messages", body, all.toArray(String[]::new));
        assertThat(client.status()).isEqualTo(200);
        return client;
    }

    private static String request(String model, String text) {
        return "{\"model\":\"" + model + "\",\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"" + text
                + "\"}]}";
    }

    @ParameterizedTest
    @CsvSource({
        "turns, turns;round-robin",
        "weighted, weighted;weighted-rr",
        "sticky, sticky;auto",
        "dearest, dearest;ordered",
        "one/m, direct"
    })
    void the_answer_names_the_alias_and_its_strategy(String model, String route) {
        assertThat(ask(model).header("x-sluice-route")).isEqualTo(route);
    }

    @Test
    void round_robin_takes_one_position_for_each_request_and_goes_by_it() {
        List<String> models = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            models.add(ask("turns").header("x-sluice-model"));
        }
        assertThat(models).containsExactly("one/m", "two/m", "one/m", "two/m");
        assertThat(positions()).containsExactly("position turns", "position turns", "position turns", "position turns");
    }

    @Test
    void only_strategies_that_rotate_ask_for_a_position() {
        ask("weighted");
        assertThat(positions()).containsExactly("position weighted");
        for (String model : List.of("sticky", "dearest", "looks", "one/m")) {
            ask(model);
        }
        assertThat(positions()).hasSize(1);
    }

    @Test
    void a_target_that_fails_passes_to_the_next_without_another_position() {
        g.upstream.then(json(401, error("authentication_error", "no")));
        assertThat(ask("turns").header("x-sluice-model")).isEqualTo("two/m");
        assertThat(positions()).hasSize(1);
    }

    @Test
    void a_refused_request_takes_no_turn() {
        g.post("/v1/messages", request("nowhere", "hi"), "x-api-key", GatewayFixture.KEY);
        assertThat(ledger.asked()).isEmpty();
    }

    @Test
    void a_caller_over_its_own_limit_takes_no_turn_either() {
        GatewayFixture shared = new GatewayFixture(STRATEGIES);
        shared.limitCaller(new RateLimitConfig(
                "own", "Own", List.of("all"), 1L, null, null, new Window(Unit.DAY, 1), BigDecimal.ZERO));
        shared.upstream.always(json(200, MESSAGES_ANSWER));
        assertThat(shared.messages(request("turns", "hi")).status()).isEqualTo(200);
        List<String> models = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            assertThat(shared.messages(request("turns", "hi")).status()).isEqualTo(429);
            models.add(shared.post("/v1/messages", request("turns", "hi"), "x-api-key", GatewayFixture.KEY)
                    .header("x-sluice-model"));
        }

        assertThat(models).containsExactly("two/m", "one/m", "two/m", "one/m");
    }

    @Test
    void a_session_keeps_its_target_by_whichever_name_it_comes() {
        Set<String> homes = new HashSet<>();
        for (String session : List.of("a", "b", "c", "d", "e", "f")) {
            String home = ask("sticky", "x-session-id", session).header("x-sluice-model");
            homes.add(home);
            for (int turn = 0; turn < 5; turn++) {
                assertThat(ask("sticky", "session_id", session).header("x-sluice-model"))
                        .isEqualTo(home);
                assertThat(inMetadata(session).header("x-sluice-model")).isEqualTo(home);
            }
        }
        assertThat(homes).hasSizeGreaterThan(1);
    }

    private RecordingResponse inMetadata(String session) {
        return send("{\"metadata\":{\"user_id\":\"user_1_account__session_" + session + "\"},"
                + request("sticky", "hi").substring(1));
    }

    @Test
    void a_session_leaves_a_target_that_cools_down() {
        String home = ask("sticky", "x-session-id", "s").header("x-sluice-model");
        ledger.standing(
                home,
                new Standing(
                        List.of(), 0, new Recovery(g.time.now().plusSeconds(60), true, Failure.Category.RATE_LIMITED)));
        assertThat(ask("sticky", "x-session-id", "s").header("x-sluice-model")).isNotEqualTo(home);
    }

    @Test
    void requests_with_images_or_tools_go_where_they_are_taken() {
        assertThat(ask("looks").header("x-sluice-model")).isEqualTo("one/blind");
        String image =
                "{\"model\":\"looks\",\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":[{\"type\": \"image\","
                        + "\"source\":{\"type\":\"base64\",\"media_type\":\"image/png\",\"data\":\"aGk=\"}}]}]}";
        assertThat(send(image).header("x-sluice-model")).isEqualTo("two/m");
        String tools = "{\"tools\":[{\"name\":\"t\",\"input_schema\":{\"type\":\"object\"}}],"
                + request("looks", "hi").substring(1);
        assertThat(send(tools).header("x-sluice-model")).isEqualTo("two/m");
        assertThat(send(request("looks", "what is an \\\"image\\\"?")).header("x-sluice-model"))
                .isEqualTo("one/blind");
    }

    private List<String> positions() {
        return ledger.asked().stream()
                .filter(asked -> asked.startsWith("position"))
                .toList();
    }
}
