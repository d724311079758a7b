package dev.sluice.core.gateway;

import static dev.sluice.core.gateway.Wire.*;
import static dev.sluice.testkit.ScriptedUpstream.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.core.access.Caller;
import dev.sluice.core.access.KeyHash;
import dev.sluice.core.access.KeyRecord;
import dev.sluice.core.ports.Ledger.Fill;
import dev.sluice.core.ports.Ledger.Recovery;
import dev.sluice.core.ports.Ledger.Standing;
import dev.sluice.model.Failure;
import dev.sluice.model.Json;
import dev.sluice.protocol.json.JsonText;
import dev.sluice.testkit.FakeLedger;
import dev.sluice.testkit.RecordingResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The preview of a plan: all that decides, and nothing done.
class ExplanationTest {
    private final FakeLedger ledger = new FakeLedger();
    private final GatewayFixture g = new GatewayFixture(RoutingTest.STRATEGIES, ledger);

    private RecordingResponse get(String query, String... headers) {
        return g.send("GET", "/sluice/explain" + query, "", with(headers));
    }

    private RecordingResponse post(String query, String body, String... headers) {
        return g.send("POST", "/sluice/explain" + query, body, with(headers));
    }

    private static String[] with(String... headers) {
        List<String> all = new ArrayList<>(List.of("authorization", "Bearer " + GatewayFixture.KEY));
        all.addAll(List.of(headers));
        return all.toArray(String[]::new);
    }

    private static Json.Obj document(RecordingResponse response) {
        return JsonText.objectOrNull(response.body());
    }

    private static List<String> refs(RecordingResponse response) {
        return document(response).items("candidates").stream()
                .map(item -> ((Json.Obj) item).text("ref", "?"))
                .toList();
    }

    @Test
    void tells_everything_that_decides() {
        ledger.standing(
                "one/m",
                new Standing(
                        List.of(new Fill("month", "requests", 12, 1000, Instant.parse("2026-12-01T00:00:00Z"))),
                        1,
                        null));
        ledger.standing(
                "two/m",
                new Standing(
                        List.of(),
                        0,
                        new Recovery(Instant.parse("2026-11-21T00:01:00Z"), true, Failure.Category.RATE_LIMITED)));
        assertThat(get("?model=turns").body())
                .isEqualTo(
                        "{\"model\":\"turns\",\"route\":\"turns;round-robin\",\"version\":1,\"session\":null,\"state\":[],"
                                + "\"candidates\":["
                                + "{\"place\":1,\"ref\":\"one/m\",\"dialect\":\"anthropic\",\"lane\":\"translated\",\"weight\":1,"
                                + "\"reason\":\"its turn\",\"usable\":true,"
                                + "\"buckets\":[{\"id\":\"month\",\"unit\":\"requests\",\"used\":12,\"most\":1000,\"remaining\":0.988,"
                                + "\"resets\":\"2026-12-01T00:00:00Z\"}],\"failures\":1,\"recovery\":null},"
                                + "{\"place\":2,\"ref\":\"two/m\",\"dialect\":\"anthropic\",\"lane\":\"translated\",\"weight\":1,"
                                + "\"reason\":\"next in turn\",\"usable\":false,\"buckets\":[],\"failures\":0,"
                                + "\"recovery\":{\"at\":\"2026-11-21T00:01:00Z\",\"category\":\"rate_limited\",\"named\":true}}],"
                                + "\"skipped\":[],\"error\":null}");
    }

    @Test
    void consumes_nothing_and_says_what_the_next_request_gets() {
        for (int i = 0; i < 3; i++) {
            String told = refs(get("?model=turns")).getFirst();
            assertThat(refs(get("?model=turns"))).startsWith(told);
            g.upstream.then(json(200, MESSAGES_ANSWER));
            assertThat(g.messages(MESSAGES_REQUEST.replace("coding", "turns")).header("x-sluice-model"))
                    .isEqualTo(told);
        }
        assertThat(ledger.asked().stream().filter(asked -> asked.startsWith("position")))
                .hasSize(3);
        assertThat(ledger.asked().stream().filter(asked -> asked.startsWith("admit")))
                .hasSize(3);
        assertThat(g.upstream.calls()).hasSize(3);
    }

    @Test
    void asks_the_store_how_each_provider_stands() {
        get("?model=sticky");
        assertThat(ledger.asked()).containsExactly("refresh one", "refresh two", "refresh three");
    }

    @Test
    void a_session_is_honoured_and_named() {
        Json.Obj byHeader = document(get("?model=sticky", "x-session-id", "abc"));
        assertThat(byHeader.text("session")).isEqualTo("abc");
        assertThat(((Json.Obj) byHeader.items("candidates").getFirst()).text("reason"))
                .isEqualTo("session abc keeps to it");
        String body = "{\"model\":\"sticky\",\"max_tokens\":9,\"system\":\"s\",\"messages\":[],"
                + "\"metadata\":{\"user_id\":\"{\\\"session_id\\\":\\\"abc\\\"}\"}}";
        RecordingResponse byBody = post("", body);
        assertThat(document(byBody).text("session")).isEqualTo("abc");
        assertThat(refs(byBody)).isEqualTo(refs(get("?model=sticky", "x-session-id", "abc")));
    }

    @Test
    void a_request_is_judged_by_what_it_needs() {
        String tools =
                "{\"model\":\"looks\",\"messages\":[],\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"t\"}}]}";
        assertThat(refs(get("?model=looks"))).containsExactly("one/blind", "two/m");
        RecordingResponse told = post("", tools);
        assertThat(refs(told)).containsExactly("two/m", "one/blind");
        assertThat(told.body()).contains("in the order of the list; without tools");
        assertThat(refs(post("?model=one/m", tools))).containsExactly("one/m");
    }

    @ParameterizedTest
    @CsvSource({"?model=one/m&dialect=anthropic, identity", "?model=one/m&dialect=openai-chat, translated"})
    void the_dialect_decides_the_lane(String query, String lane) {
        assertThat(get(query).body()).contains("\"lane\":\"" + lane + "\"");
    }

    @ParameterizedTest
    @CsvSource({"?model=nowhere, 404, not configured", "?model=smart, 200, null", "'', 200, null"})
    void a_name_that_leads_nowhere_is_told_with_its_status(String query, int status, String error) {
        RecordingResponse told = get(query);
        assertThat(told.status()).isEqualTo(status);
        assertThat(told.body()).contains("\"error\":").contains(error);
        assertThat(document(told).items("candidates")).hasSize(status == 200 ? 2 : 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"model\":", "[]", "{\"model\":5,\"messages\":[]}"})
    void a_body_that_is_no_request_is_a_400(String body) {
        assertThat(post("", body).status()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"klingon", "bedrock-converse"})
    void a_dialect_that_is_not_spoken_is_a_400(String dialect) {
        assertThat(post("?dialect=" + dialect, "{\"contents\":[]}").status()).isEqualTo(400);
    }

    @Test
    void only_the_master_key_may_ask() {
        String key = "slc_client-key-0123456789abcdef";
        g.registry.create(new KeyRecord(
                new KeyHash(new byte[32]).of(key),
                "tool",
                Caller.Kind.CLIENT,
                false,
                g.time.now(),
                null,
                Set.of(),
                List.of()));
        RecordingResponse client = g.send("GET", "/sluice/explain?model=turns", "", "authorization", "Bearer " + key);
        assertThat(client.status()).isEqualTo(403);
        assertThat(client.header("content-type")).isEqualTo("application/json");
        assertThat(client.body()).contains("master key").doesNotContain("one/m");
        assertThat(g.send("GET", "/sluice/explain?model=turns", "").status()).isEqualTo(401);
        assertThat(ledger.asked()).isEmpty();
    }
}
