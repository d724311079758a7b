package dev.sluice.core.gateway;

import static dev.sluice.testkit.ScriptedUpstream.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.core.config.RateLimitConfig;
import dev.sluice.core.ports.Upstream;
import dev.sluice.model.Json;
import dev.sluice.protocol.json.JsonText;
import dev.sluice.testkit.RecordingResponse;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Answers that a client of the Responses API comes back to.
class StoredAnswersTest {
    private static final String CONFIG = """
            {"version": 1, "retries": {"attempts": 1},
             "providers": [
               {"id": "chat", "endpoints": {"openai-chat": "https://chat.test/v1"}, "credential": "k", "models": ["m"]},
               {"id": "anth", "endpoints": {"anthropic": "https://anth.test"}, "credential": "k", "models": ["m"]},
               {"id": "resp", "endpoints": {"openai-responses": "https://resp.test/v1"}, "credential": "k",
                "models": ["m"]}],
             "modelAliases": {"any": {"strategy": "ordered",
                "targets": [{"ref": "anth/m"}, {"ref": "chat/m"}, {"ref": "resp/m"}]}}}
            """;
    private static final String RESPONSE = """
            {"id":"resp_theirs","object":"response","created_at":1,"status":"completed","model":"m","output":[{"id":"msg_1",\
            "type":"message","status":"completed","role":"assistant","content":[{"type":"output_text","text":"hello",\
            "annotations":[]}]}],"usage":{"input_tokens":5,"output_tokens":2,"total_tokens":7}}""";
    private static final String THOUGHT = """
            {"id":"msg_1","type":"message","role":"assistant","model":"m","content":[{"type":"thinking","thinking":"hm",\
            "signature":"EqoBCkgIARABGAIiQL8mS1gna3R1cmU="},{"type":"tool_use","id":"toolu_1","name":"look","input":{}}],\
            "stop_reason":"tool_use","stop_sequence":null,"usage":{"input_tokens":5,"output_tokens":2}}""";

    private final GatewayFixture g = new GatewayFixture(CONFIG);

    private static Json.Obj body(RecordingResponse response) {
        return Objects.requireNonNull(JsonText.objectOrNull(response.body()), response.body());
    }

    private static String ask(String model, String input) {
        return "{\"model\":\"" + model + "\",\"input\":\"" + input + "\"}";
    }

    private static String goOn(String model, String previous, String input) {
        return "{\"model\":\"" + model + "\",\"previous_response_id\":\"" + previous + "\",\"input\":" + input + "}";
    }

    private static String goOn(String model, String previous) {
        return goOn(model, previous, "\"and now?\"");
    }

    /// The id of an answer that a provider of another dialect gave.
    private String answered() {
        g.upstream.then(json(200, Wire.CHAT_ANSWER));
        return body(g.respond(ask("chat/m", "first words"))).text("id", "");
    }

    private String code(RecordingResponse refused) {
        Json.Obj error = Objects.requireNonNull(body(refused).object("error"));
        return refused.status() + " " + error.text("code") + " " + error.text("param");
    }

    private List<String> state() {
        return g.log.getLast().state();
    }

    @Test
    void what_was_said_before_is_put_in_front_for_a_provider_of_another_dialect() {
        String id = answered();
        g.upstream.then(json(200, Wire.CHAT_ANSWER));

        RecordingResponse second = g.respond(goOn("chat/m", id));

        assertThat(second.status()).isEqualTo(200);
        assertThat(g.upstream.lastBody())
                .containsSubsequence("first words", "hello", "and now?")
                .doesNotContain("previous_response_id");
        assertThat(body(second).text("previous_response_id")).isEqualTo(id);
    }

    @Test
    void a_third_turn_has_both_turns_before_it() {
        String first = answered();
        g.upstream.then(json(200, Wire.CHAT_ANSWER)).then(json(200, Wire.CHAT_ANSWER));
        String second = body(g.respond(goOn("chat/m", first))).text("id", "");

        g.respond(goOn("chat/m", second, "[{\"role\":\"user\",\"content\":\"at last\"}]"));

        assertThat(g.upstream.lastBody()).containsSubsequence("first words", "hello", "and now?", "hello", "at last");
    }

    @Test
    void a_streamed_answer_is_kept_before_its_end_is_told() {
        g.upstream.then(g.upstream.stream(Wire.CHAT_FIRST, Wire.CHAT_CONTENT, Wire.CHAT_FINISH, Wire.CHAT_DONE));
        RecordingResponse stream = g.respond("{\"model\":\"chat/m\",\"stream\":true,\"input\":\"first words\"}");
        int at = stream.body().indexOf("\"resp_") + 1;
        String id = stream.body().substring(at, stream.body().indexOf('"', at));

        Json.Obj kept = body(g.stored("GET", id));

        assertThat(stream.body()).contains("response.completed");
        assertThat(kept.text("id")).isEqualTo(id);
        assertThat(kept.text("status")).isEqualTo("completed");
        assertThat(stream.body()).contains(JsonText.print(kept.items("output").getFirst()));
    }

    @Test
    void the_providers_proof_of_its_thoughts_comes_back_though_the_client_never_had_it() {
        g.upstream.then(json(200, THOUGHT)).then(json(200, Wire.MESSAGES_ANSWER));
        RecordingResponse first = g.respond("{\"model\":\"anth/m\",\"reasoning\":{\"effort\":\"low\"},\"input\":\"hi\","
                + "\"tools\":[{\"type\":\"function\",\"name\":\"look\",\"parameters\":{\"type\":\"object\"}}]}");
        assertThat(first.body()).contains("\"reasoning\"").doesNotContain("encrypted_content");
        String id = body(first).text("id", "");

        g.respond("{\"model\":\"anth/m\",\"reasoning\":{\"effort\":\"low\"},\"previous_response_id\":\"" + id
                + "\",\"input\":[{\"type\":\"function_call_output\",\"call_id\":\"toolu_1\",\"output\":\"seen\"}],"
                + "\"tools\":[{\"type\":\"function\",\"name\":\"look\",\"parameters\":{\"type\":\"object\"}}]}");

        assertThat(g.upstream.lastBody())
                .containsSubsequence("\"signature\":\"EqoBCkgIARABGAIiQL8mS1gna3R1cmU=\"", "tool_use", "seen");
        assertThat(g.stored("GET", id).body()).doesNotContain("encrypted_content");
        assertThat(g.stored("GET", id + "?include[]=reasoning.encrypted_content")
                        .body())
                .contains("encrypted_content");
    }

    @Test
    void only_the_target_that_gave_the_answer_goes_on_with_it() {
        String id = answered();
        g.upstream.then(json(200, Wire.CHAT_ANSWER));

        RecordingResponse second = g.respond(goOn("any", id));

        assertThat(second.header("x-sluice-model")).isEqualTo("chat/m");
        assertThat(g.upstream.calls().getLast().uri().getHost()).isEqualTo("chat.test");
    }

    @Test
    void a_provider_that_keeps_the_answer_gets_its_id() {
        g.upstream.then(json(200, RESPONSE)).then(json(200, RESPONSE));
        g.respond(ask("resp/m", "hi"));

        RecordingResponse second = g.respond(goOn("any", "resp_theirs"));

        assertThat(second.status()).isEqualTo(200);
        assertThat(second.header("x-sluice-model")).isEqualTo("resp/m");
        assertThat(g.upstream.lastBody())
                .contains("\"previous_response_id\":\"resp_theirs\"")
                .doesNotContain("\"hi\"");
    }

    @Test
    void a_provider_that_keeps_the_answer_of_a_stream_is_remembered() {
        String created = "event: response.created\ndata: {\"type\":\"response.created\",\"sequence_number\":0,"
                + "\"response\":{\"id\":\"resp_theirs\",\"model\":\"m\",\"status\":\"in_progress\",\"output\":[]}}\n\n";
        String delta = "event: response.output_text.delta\ndata: {\"type\":\"response.output_text.delta\","
                + "\"sequence_number\":1,\"item_id\":\"msg_1\",\"output_index\":0,\"content_index\":0,\"delta\":\"a\"}\n\n";
        String completed = "event: response.completed\ndata: {\"type\":\"response.completed\",\"sequence_number\":2,"
                + "\"response\":" + RESPONSE + "}\n\n";
        g.upstream.then(g.upstream.stream(created, delta, completed)).then(json(200, RESPONSE));
        g.respond("{\"model\":\"resp/m\",\"stream\":true,\"input\":\"hi\"}");

        assertThat(g.respond(goOn("resp/m", "resp_theirs")).status()).isEqualTo(200);
    }

    @Test
    void an_item_of_an_answer_may_be_named_instead_of_sent() {
        String id = answered();
        String item = "msg_" + id.substring(5) + "_0";
        g.upstream.then(json(200, Wire.CHAT_ANSWER));

        g.respond("{\"model\":\"chat/m\",\"input\":[{\"type\":\"item_reference\",\"id\":\"" + item
                + "\"},{\"role\":\"user\",\"content\":\"and now?\"}]}");

        assertThat(g.upstream.lastBody()).containsSubsequence("hello", "and now?");
    }

    @Test
    void an_item_that_nobody_knows_is_refused() {
        RecordingResponse refused =
                g.respond("{\"model\":\"chat/m\",\"input\":[{\"type\":\"item_reference\",\"id\":\"msg_1\"}]}");

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.body()).contains("msg_1");
    }

    @Test
    void another_key_has_no_such_answer() {
        String id = answered();
        g.limitCaller(new RateLimitConfig[0]);

        assertThat(code(g.respond(goOn("chat/m", id))))
                .isEqualTo("404 previous_response_not_found previous_response_id");
        assertThat(g.stored("GET", id).status()).isEqualTo(404);
        assertThat(g.stored("DELETE", id).status()).isEqualTo(404);
        assertThat(g.stored("GET", id + "/input_items").status()).isEqualTo(404);
    }

    @Test
    void after_thirty_days_there_is_no_such_answer() {
        String id = answered();
        g.time.advance(Duration.ofDays(30).minusMinutes(1));
        assertThat(g.stored("GET", id).status()).isEqualTo(200);

        g.time.advance(Duration.ofMinutes(2));

        assertThat(g.stored("GET", id).status()).isEqualTo(404);
        assertThat(code(g.respond(goOn("chat/m", id))))
                .isEqualTo("404 previous_response_not_found previous_response_id");
    }

    @Test
    void a_silent_store_is_no_missing_answer() {
        String id = answered();
        g.responses.silent(true);

        RecordingResponse refused = g.respond(goOn("chat/m", id));

        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.header("retry-after")).isEqualTo("2");
        assertThat(g.stored("GET", id).status()).isEqualTo(503);
        assertThat(g.stored("DELETE", id).status()).isEqualTo(503);
    }

    @Test
    void an_answer_that_cannot_be_kept_is_an_answer_all_the_same() {
        g.responses.silent(true);
        g.upstream.then(json(200, Wire.CHAT_ANSWER));

        RecordingResponse answer = g.respond(ask("chat/m", "hi"));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("x-sluice-state")).isEqualTo("not-kept");
        assertThat(state()).containsExactly("not-kept");
    }

    @Test
    void a_conversation_that_is_too_large_is_not_kept() {
        byte[] noise = new byte[4_400_000];
        new Random(1).nextBytes(noise);
        g.upstream.then(json(200, Wire.CHAT_ANSWER));

        RecordingResponse answer = g.respond(ask("chat/m", Base64.getEncoder().encodeToString(noise)));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(state()).containsExactly("too-large-to-keep");
        assertThat(g.stored("GET", body(answer).text("id", "")).status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"chat/m", "resp/m"})
    void nothing_is_kept_for_a_client_that_wants_nothing_kept(String model) {
        g.responses.silent(true); // would be told of
        g.upstream.at("chat.test", json(200, Wire.CHAT_ANSWER)).at("resp.test", json(200, RESPONSE));

        RecordingResponse answer = g.respond("{\"model\":\"" + model + "\",\"store\":false,\"input\":\"hi\"}");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(state()).isEmpty();
        g.responses.silent(false);
        assertThat(g.stored("GET", body(answer).text("id", "")).status()).isEqualTo(404);
    }

    @Test
    void nothing_is_kept_for_clients_of_other_dialects() {
        g.responses.silent(true);
        g.upstream.then(json(200, Wire.CHAT_ANSWER)).then(json(200, RESPONSE));

        g.chat("{\"model\":\"chat/m\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}");
        assertThat(state()).isEmpty();
        g.chat("{\"model\":\"resp/m\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}");
        assertThat(state()).isEmpty();
    }

    @Test
    void what_was_deleted_is_gone() {
        String id = answered();

        RecordingResponse deleted = g.stored("DELETE", id);

        assertThat(deleted.status()).isEqualTo(200);
        assertThat(deleted.body()).isEqualTo("{\"id\":\"" + id + "\",\"object\":\"response\",\"deleted\":true}");
        assertThat(g.stored("GET", id).status()).isEqualTo(404);
        assertThat(g.stored("DELETE", id).status()).isEqualTo(404);
        assertThat(g.respond(goOn("chat/m", id)).status()).isEqualTo(404);
    }

    @Test
    void the_input_is_listed_in_pages() {
        g.upstream.then(json(200, Wire.CHAT_ANSWER));
        String id = body(g.respond("{\"model\":\"chat/m\",\"input\":[{\"role\":\"user\",\"content\":\"one\"},"
                        + "{\"role\":\"assistant\",\"content\":\"two\"},{\"role\":\"user\",\"content\":\"three\"}]}"))
                .text("id", "");

        Json.Obj first = body(g.stored("GET", id + "/input_items?limit=2&order=asc"));
        Json.Obj rest = body(g.stored("GET", id + "/input_items?order=asc&after=" + first.text("last_id")));
        Json.Obj newest = body(g.stored("GET", id + "/input_items?limit=1"));

        assertThat(first.text("object")).isEqualTo("list");
        assertThat(first.isTrue("has_more")).isTrue();
        assertThat(JsonText.print(first))
                .containsSubsequence("\"input_text\",\"text\":\"one\"", "\"output_text\",\"text\":\"two\"");
        assertThat(rest.isTrue("has_more")).isFalse();
        assertThat(JsonText.print(rest)).contains("three").doesNotContain("\"two\"");
        assertThat(rest.text("first_id")).isEqualTo(rest.text("last_id"));
        assertThat(JsonText.print(newest)).contains("three").doesNotContain("\"one\"");
    }

    @ParameterizedTest
    @CsvSource({"limit=0, limit", "limit=101, limit", "limit=few, limit", "order=up, order", "after=msg_none, after"})
    void a_page_that_is_none_is_refused(String query, String param) {
        String id = answered();

        assertThat(code(g.stored("GET", id + "/input_items?" + query))).isEqualTo("400 null " + param);
    }

    @Test
    void nothing_that_is_over_can_be_cancelled() {
        String id = answered();

        RecordingResponse refused = g.stored("POST", id + "/cancel");

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.body()).contains("Cannot cancel a synchronous response.");
        assertThat(g.stored("POST", "resp_none/cancel").status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"chat/m", "resp/m"})
    void an_answer_for_later_is_refused(String model) {
        RecordingResponse refused = g.respond("{\"model\":\"" + model + "\",\"background\":true,\"input\":\"hi\"}");

        assertThat(code(refused)).isEqualTo("400 null background");
        assertThat(g.upstream.calls()).isEmpty();
    }

    @Test
    void a_provider_is_asked_for_the_answer_that_it_keeps() {
        g.upstream.then(json(200, RESPONSE)).then(json(200, RESPONSE)).then(json(200, "{\"object\":\"list\"}"));
        g.respond(ask("resp/m", "hi"));

        RecordingResponse fetched = g.stored("GET", "resp_theirs?include[]=message.output_text.logprobs");
        RecordingResponse items = g.stored("GET", "resp_theirs/input_items?limit=1");

        assertThat(fetched.body()).isEqualTo(RESPONSE);
        assertThat(items.body()).isEqualTo("{\"object\":\"list\"}");
        Upstream.Call call = g.upstream.calls().get(1);
        assertThat(call.method() + " " + call.uri())
                .isEqualTo("GET https://resp.test/v1/responses/resp_theirs?include%5B%5D=message.output_text.logprobs");
        assertThat(call.headers().first("authorization")).hasValue("Bearer upstream-secret");
        assertThat(g.upstream.calls().get(2).uri())
                .hasToString("https://resp.test/v1/responses/resp_theirs/input_items?limit=1");
    }

    @Test
    void a_provider_forgets_what_is_deleted() {
        String gone = "{\"id\":\"resp_theirs\",\"object\":\"response\",\"deleted\":true}";
        g.upstream.then(json(200, RESPONSE)).then(json(200, gone));
        g.respond(ask("resp/m", "hi"));

        assertThat(g.stored("DELETE", "resp_theirs").body()).isEqualTo(gone);

        assertThat(g.upstream.calls().getLast().method()).isEqualTo("DELETE");
        assertThat(g.stored("GET", "resp_theirs").status()).isEqualTo(404);
        assertThat(g.upstream.calls()).hasSize(2);
    }

    @Test
    void what_a_provider_says_of_an_answer_that_it_does_not_tell_is_told_in_our_words() {
        g.upstream.then(json(200, RESPONSE));
        g.respond(ask("resp/m", "hi"));

        g.upstream.then(json(404, "{\"error\":{\"message\":\"gone\"}}"));
        assertThat(g.stored("GET", "resp_theirs").status()).isEqualTo(404);
        g.upstream.then(json(401, "{\"error\":{\"message\":\"bad key upstream-secret\"}}"));
        RecordingResponse unknown = g.stored("GET", "resp_theirs");
        assertThat(unknown.status()).isEqualTo(502);
        assertThat(unknown.body()).doesNotContain("upstream-secret");
        g.upstream.then(new Upstream.Answer.Broken(Upstream.Breakage.RESET, "reset"));
        assertThat(g.stored("GET", "resp_theirs").status()).isEqualTo(502);
    }

    @Test
    void nobody_is_told_of_an_answer_without_a_key() {
        String id = answered();

        assertThat(g.send("GET", "/v1/responses/" + id, "").status()).isEqualTo(401);
    }

    @Test
    void tokens_are_counted_with_what_was_said_before() {
        String id = answered();
        long alone = count(ask("chat/m", "and now?"));

        assertThat(count(goOn("chat/m", id))).isGreaterThan(alone);
    }

    private long count(String body) {
        RecordingResponse counted =
                g.post("/v1/responses/input_tokens", body, "authorization", "Bearer " + GatewayFixture.KEY);
        return Objects.requireNonNull(body(counted).whole("input_tokens"), counted.body());
    }

    @Test
    void an_ollama_client_that_loads_a_model_asks_nobody() {
        RecordingResponse loaded =
                g.post("/api/chat", "{\"model\":\"chat/m\"}", "authorization", "Bearer " + GatewayFixture.KEY);
        RecordingResponse whole = g.post(
                "/api/generate",
                "{\"model\":\"chat/m\",\"stream\":false,\"keep_alive\":0}",
                "authorization",
                "Bearer " + GatewayFixture.KEY);

        assertThat(loaded.header("content-type")).isEqualTo("application/x-ndjson");
        assertThat(loaded.body()).contains("\"done_reason\":\"load\"");
        assertThat(whole.header("content-type")).isEqualTo("application/json");
        assertThat(whole.body()).contains("\"done_reason\":\"unload\"");
        assertThat(g.upstream.calls()).isEmpty();
        assertThat(g.log).hasSize(2).allMatch(entry -> entry.outcome().equals("ok") && entry.target() == null);
    }

    @Test
    void an_ollama_client_that_loads_a_model_needs_a_key() {
        assertThat(g.post("/api/chat", "{\"model\":\"chat/m\"}").status()).isEqualTo(401);
    }

    @Test
    void an_ollama_client_is_told_how_long_its_answer_took() {
        g.upstream.then(Duration.ofSeconds(2), json(200, Wire.CHAT_ANSWER));

        RecordingResponse answer = g.post(
                "/api/chat",
                "{\"model\":\"chat/m\",\"stream\":false,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}",
                "authorization",
                "Bearer " + GatewayFixture.KEY);

        assertThat(body(answer).whole("total_duration")).isEqualTo(2_000_000_000L);
    }
}
