package dev.sluice.core.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.Json;
import dev.sluice.protocol.json.JsonText;
import dev.sluice.testkit.RecordingResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The models as each kind of client reads them.
class ModelListsTest {
    private static final String CONFIG = """
            {"version": 1, "defaultModel": "coding", "providers": [
               {"id": "one", "endpoints": {"openai-chat": "https://one.test/v1"}, "credential": "one", "models": [
                  {"id": "large", "contextWindow": 200000, "maxOutputTokens": 64000},
                  {"id": "blind", "capabilities": {"vision": false, "tools": false, "reasoning": "none"}}]},
               {"id": "wide", "endpoints": {"openai-chat": "https://wide.test/v1"}, "credential": "wide", "models": ["*"]}],
             "modelAliases": {"coding": {"strategy": "ordered", "targets": [{"ref": "one/large"}, {"ref": "wide/x/y"}]}}}
            """;
    private static final List<String> NAMES = List.of("coding", "one/large", "one/blind", "large", "blind", "wide/x/y");

    private final GatewayFixture g = new GatewayFixture(CONFIG);

    private Json.Obj get(String path, String... headers) {
        return ok(g.send("GET", path, "", headers));
    }

    private static Json.Obj ok(RecordingResponse response) {
        assertThat(response.status()).as(response.body()).isEqualTo(200);
        byte[] body = response.body().getBytes(StandardCharsets.UTF_8);
        Json.Obj json = JsonText.objectOrNull(body, 0, body.length);
        assertThat(json).isNotNull();
        return json;
    }

    private Json.Obj anthropic(String path) {
        return get(path, "x-api-key", GatewayFixture.KEY, "anthropic-version", "2023-06-01");
    }

    private Json.Obj google(String path) {
        return get(path, "x-goog-api-key", GatewayFixture.KEY);
    }

    private Json.Obj bearer(String path) {
        return get(path, "authorization", "Bearer " + GatewayFixture.KEY);
    }

    private static List<String> each(Json.Obj list, String items, String field) {
        List<String> values = new ArrayList<>();
        list.items(items).forEach(item -> values.add(((Json.Obj) item).text(field, "")));
        return values;
    }

    @Test
    void every_shape_lists_the_same_names() {
        assertThat(each(bearer("/v1/models"), "data", "id")).isEqualTo(NAMES);
        assertThat(each(anthropic("/v1/models?limit=1000"), "data", "id")).isEqualTo(NAMES);
        assertThat(each(google("/v1beta/models"), "models", "name"))
                .isEqualTo(NAMES.stream().map(name -> "models/" + name).toList());
        assertThat(each(google("/v1/models"), "models", "displayName")).isEqualTo(NAMES);
        assertThat(each(bearer("/api/tags"), "models", "name")).isEqualTo(NAMES);
        assertThat(each(bearer("/ollama/api/tags"), "models", "model")).isEqualTo(NAMES);
    }

    @Test
    void the_key_of_a_gemini_list_may_stand_in_the_query() {
        assertThat(g.send("GET", "/v1beta/models?key=" + GatewayFixture.KEY, "").status())
                .isEqualTo(200);
        assertThat(g.send("GET", "/v1/models?key=" + GatewayFixture.KEY, "").status())
                .isEqualTo(401);
    }

    @Test
    void anthropic_pages_go_forwards_and_backwards() {
        Json.Obj first = anthropic("/v1/models?limit=4");
        Json.Obj second = anthropic("/v1/models?limit=4&after_id=" + first.text("last_id"));
        Json.Obj back = anthropic("/v1/models?limit=1&before_id=" + second.text("first_id"));

        assertThat(each(first, "data", "id")).isEqualTo(NAMES.subList(0, 4));
        assertThat(first.bool("has_more")).isTrue();
        assertThat(first.text("first_id")).isEqualTo("coding");
        assertThat(each(second, "data", "id")).isEqualTo(NAMES.subList(4, 6));
        assertThat(second.bool("has_more")).isFalse();
        assertThat(each(back, "data", "id")).containsExactly("large");
        assertThat(back.bool("has_more")).isTrue();
    }

    @Test
    void gemini_pages_go_by_token() {
        Json.Obj first = google("/v1beta/models?pageSize=5");
        Json.Obj last = google("/v1beta/models?pageSize=5&pageToken=" + first.text("nextPageToken"));

        assertThat(first.items("models")).hasSize(5);
        assertThat(each(last, "models", "displayName")).containsExactly("wide/x/y");
        assertThat(last.has("nextPageToken")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"limit=x", "limit=-1", "after_id=nobody", "before_id=nobody", "limit=99999999999"})
    void a_page_that_cannot_be_is_refused(String query) {
        RecordingResponse client = g.send(
                "GET", "/v1/models?" + query, "", "x-api-key", GatewayFixture.KEY, "anthropic-version", "2023-06-01");

        assertThat(client.status()).isEqualTo(400);
        assertThat(client.body()).contains("invalid_request_error", query.substring(0, query.indexOf('=')));
    }

    @Test
    void limits_are_told_where_the_shape_has_them() {
        Json.Obj anthropic = anthropic("/v1/models/one/large");
        assertThat(anthropic.whole("max_input_tokens")).isEqualTo(200000);
        assertThat(anthropic.whole("max_tokens")).isEqualTo(64000);
        assertThat(anthropic("/v1/models/blind").field("max_tokens")).isEqualTo(Json.NULL);
        Json.Obj gemini = google("/v1beta/models/one%2Flarge");
        assertThat(gemini.whole("inputTokenLimit")).isEqualTo(200000);
        assertThat(gemini.whole("outputTokenLimit")).isEqualTo(64000);
        assertThat(gemini.items("supportedGenerationMethods"))
                .containsExactly(Json.of("generateContent"), Json.of("countTokens"));
        assertThat(google("/v1beta/models/blind").isTrue("thinking")).isFalse();
    }

    @Test
    void ollama_is_told_what_a_model_can() {
        Json.Obj large =
                ok(g.post("/api/show", "{\"model\":\"large\"}", "authorization", "Bearer " + GatewayFixture.KEY));
        Json.Obj blind =
                ok(g.post("/api/show", "{\"name\":\"blind\"}", "authorization", "Bearer " + GatewayFixture.KEY));

        assertThat(large.items("capabilities"))
                .containsExactly(Json.of("completion"), Json.of("tools"), Json.of("vision"), Json.of("thinking"));
        assertThat(large.object("model_info").whole("sluice.context_length")).isEqualTo(200000);
        assertThat(blind.items("capabilities")).containsExactly(Json.of("completion"));
        assertThat(blind.object("model_info").fields()).containsOnlyKeys("general.architecture");
    }

    @Test
    void ollamas_digest_is_the_names_and_its_time_has_nanoseconds() {
        Json.Obj entry = (Json.Obj) bearer("/api/tags").items("models").getFirst();

        assertThat(entry.text("digest")).isEqualTo("9623c1ece5cf9eac8c087030d2c4be5747556cf40920ebfeba1fcc0cc976f123");
        assertThat(entry.text("modified_at")).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{9}Z");
        assertThat(bearer("/api/tags").items("models").getFirst()).isEqualTo(entry);
    }

    @Test
    void ollama_has_a_version_and_nothing_in_memory() {
        assertThat(bearer("/api/version").text("version")).isNotEmpty();
        assertThat(bearer("/api/ps").items("models")).isEmpty();
        assertThat(g.send("GET", "/ollama", "").body()).isEqualTo("Ollama is running");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /api/tags, ''",
        "GET, /api/ps, ''",
        "GET, /api/version, ''",
        "POST, /api/show, '{\"model\":\"large\"}'",
        "GET, /v1/models, ''",
        "GET, /v1beta/models, ''"
    })
    void without_a_key_nothing_is_told(String method, String path, String body) {
        RecordingResponse client = g.send(method, path, body);

        assertThat(client.status()).isEqualTo(401);
        if (path.startsWith("/api")) {
            assertThat(client.body()).startsWith("{\"error\":\"");
        }
    }

    @Test
    void a_model_that_is_not_there_is_a_404_in_the_callers_form() {
        String bearer = "Bearer " + GatewayFixture.KEY;
        RecordingResponse ollama = g.post("/api/show", "{\"model\":\"nobody\"}", "authorization", bearer);
        RecordingResponse nameless = g.post("/api/show", "{}", "authorization", bearer);
        RecordingResponse gemini = g.send("GET", "/v1beta/models/nobody", "", "x-goog-api-key", GatewayFixture.KEY);

        assertThat(ollama.status()).isEqualTo(404);
        assertThat(ollama.body()).startsWith("{\"error\":\"");
        assertThat(nameless.status()).isEqualTo(400);
        assertThat(gemini.status()).isEqualTo(404);
        assertThat(gemini.body()).contains("NOT_FOUND");
        assertThat(g.log)
                .hasSize(3)
                .allSatisfy(entry -> assertThat(entry.outcome()).isEqualTo("refused"));
    }
}
