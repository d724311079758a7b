package dev.sluice.core.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.Headers;
import dev.sluice.protocol.EncodedRequest;
import dev.sluice.protocol.translate.ToolNames;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Requests as Vertex AI wants them, byte for byte.
class VertexFormTest {
    private static final String PLACE = "https://aiplatform.googleapis.com/v1/projects/p/locations/global";
    private static final String GEMINI = PLACE + "/publishers/google";
    private static final String CLAUDE = PLACE + "/publishers/anthropic";
    private static final String OPENAI = PLACE + "/endpoints/openapi";

    private static EncodedRequest request(String path, String body, boolean stream) {
        return new EncodedRequest(
                path,
                Headers.of("a", "b"),
                body.getBytes(StandardCharsets.UTF_8),
                stream,
                ToolNames.none(),
                true,
                List.of());
    }

    private static String uri(String base, String path, String body, boolean stream) {
        EncodedRequest formed = VertexForm.of(URI.create(base), request(path, body, stream));
        return TargetUri.of(URI.create(base), formed.path()).toString();
    }

    private static String body(String base, String path, String body) {
        return new String(
                VertexForm.of(URI.create(base), request(path, body, false)).body(), StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @CsvSource({
        "/v1beta/models/gemini-x:generateContent, /models/gemini-x:generateContent",
        "/v1beta/models/gemini-x:streamGenerateContent?alt=sse, /models/gemini-x:streamGenerateContent?alt=sse",
        "/v1beta/models/google/gemini-x:countTokens, /models/gemini-x:countTokens",
        "/v1beta/publishers/google/models/gemini-x:countTokens, /models/gemini-x:countTokens",
        "/v1beta/models?pageSize=1000, /v1beta/models?pageSize=1000"
    })
    void gemini_models_stand_below_their_publisher(String path, String sent) {
        assertThat(uri(GEMINI, path, "{}", false)).isEqualTo(GEMINI + sent);
        assertThat(uri(GEMINI + "/", path, "{}", false)).isEqualTo(GEMINI + sent);
    }

    @Test
    void ids_of_calls_and_a_model_in_the_body_are_unknown_to_vertex() {
        String said = "{\"model\":\"models/m\",\"contents\":[ {\"role\":\"user\",\"parts\":[{\"text\":\"hi\"}]},"
                + "{\"role\":\"model\",\"parts\":[{\"functionCall\":{\"id\":\"c1\",\"name\":\"f\",\"args\":{\"id\":7}},"
                + "\"thoughtSignature\":\"s\"}]},"
                + "{\"role\":\"user\",\"parts\":[{\"function_response\":{\"id\":\"c1\",\"name\":\"f\",\"response\":{\"id\":1.50}}}]}"
                + "], \"tools\": [] }";

        assertThat(body(GEMINI, "/v1beta/models/m:generateContent", said))
                .isEqualTo("{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"hi\"}]},"
                        + "{\"role\":\"model\",\"parts\":[{\"functionCall\":{\"name\":\"f\",\"args\":{\"id\":7}},"
                        + "\"thoughtSignature\":\"s\"}]},"
                        + "{\"role\":\"user\",\"parts\":[{\"function_response\":{\"name\":\"f\",\"response\":{\"id\":1.50}}}]}"
                        + "], \"tools\": [] }");
    }

    @Test
    void ids_of_code_that_ran_are_unknown_too() {
        String said =
                "{\"contents\":[{\"role\":\"model\",\"parts\":[{\"executableCode\":{\"id\":\"c\",\"code\":\"1\"}},"
                        + "{\"codeExecutionResult\":{\"id\":\"c\",\"output\":\"1\"}}]}]}";

        assertThat(body(GEMINI, "/v1beta/models/m:generateContent", said))
                .isEqualTo("{\"contents\":[{\"role\":\"model\",\"parts\":[{\"executableCode\":{\"code\":\"1\"}},"
                        + "{\"codeExecutionResult\":{\"output\":\"1\"}}]}]}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",\"role\":null", ",\"role\":\"\""})
    void what_names_no_role_is_the_users(String role) {
        String said = "{\"contents\":[{\"parts\":[{\"text\":\"hi\"}]" + role
                + "},{\"role\":\"model\",\"parts\":[]}], \"tools\":[]}";

        for (String operation : List.of("generateContent", "countTokens")) {
            assertThat(body(GEMINI, "/v1beta/models/m:" + operation, said))
                    .isEqualTo("{\"contents\":[{\"parts\":[{\"text\":\"hi\"}],\"role\":\"user\"},"
                            + "{\"role\":\"model\",\"parts\":[]}], \"tools\":[]}");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "serviceTier, flex, flex",
        "serviceTier, priority, priority",
        "service_tier, SERVICE_TIER_FLEX, flex",
        "serviceTier, STANDARD, standard"
    })
    void a_tier_is_a_header_there(String field, String said, String sent) {
        EncodedRequest formed = VertexForm.of(
                URI.create(GEMINI),
                request(
                        "/v1beta/models/m:generateContent",
                        "{\"contents\":[],\"" + field + "\":\"" + said + "\"}",
                        false));

        assertThat(formed.headers()).isEqualTo(Headers.of("a", "b").with("x-vertex-ai-llm-shared-request-type", sent));
        assertThat(new String(formed.body(), StandardCharsets.UTF_8)).isEqualTo("{\"contents\":[]}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"contents\": [ {\"role\": \"user\", \"parts\": [{\"text\": \"hi\"}]} ] }",
                "{\"contents\": [ {\"role\": \"model\", \"parts\": [{\"functionCall\": {\"args\": {\"id\": 1}}}]} ] }",
                "{\"contents\": \"\\\"id\\\"\" }",
                "{\"contents\": [ 1, {\"role\": 3, \"parts\": 7, \"id\": 2} ] }",
                "{\"contents\": [], \"serviceTier\": \"fast\" }",
                "{\"contents\": [], \"serviceTier\": 7 }",
                "",
                "no json"
            })
    void what_needs_no_change_is_the_same_to_the_last_byte(String said) {
        assertThat(body(GEMINI, "/v1beta/models/m:generateContent", said)).isEqualTo(said);
    }

    @Test
    void a_whole_request_is_counted_by_its_parts_that_count() {
        String said =
                "{\"generateContentRequest\":{\"model\":\"models/m\",\"contents\":[{\"role\":\"user\",\"parts\":[{\"functionResponse\":"
                        + "{\"id\":\"x\",\"name\":\"f\"}}]}],\"system_instruction\":{},\"tools\":[],\"toolConfig\":{},"
                        + "\"safetySettings\":[],\"generationConfig\":{\"maxOutputTokens\":5}}}";

        assertThat(body(GEMINI, "/v1beta/models/m:countTokens", said))
                .isEqualTo("{\"contents\":[{\"role\":\"user\",\"parts\":[{\"functionResponse\":{\"name\":\"f\"}}]}],"
                        + "\"system_instruction\":{},\"tools\":[],\"generationConfig\":{\"maxOutputTokens\":5}}");
    }

    @Test
    void claude_is_asked_by_its_path_with_the_version_in_the_body() {
        String said = "{\"model\":\"claude-x@20251001\",\"max_tokens\":5, \"messages\":[]}";

        assertThat(uri(CLAUDE, "/v1/messages", said, false)).isEqualTo(CLAUDE + "/models/claude-x@20251001:rawPredict");
        assertThat(uri(CLAUDE, "/v1/messages?beta=true", said, true))
                .isEqualTo(CLAUDE + "/models/claude-x@20251001:streamRawPredict");
        assertThat(uri(CLAUDE, "/v1/messages", said.replace("claude-x", "a b/c"), false))
                .isEqualTo(CLAUDE + "/models/a%20b%2Fc@20251001:rawPredict");
        assertThat(body(CLAUDE, "/v1/messages", said))
                .isEqualTo("{\"max_tokens\":5, \"messages\":[],\"anthropic_version\":\"vertex-2023-10-16\"}");
        assertThat(body(CLAUDE, "/v1/messages", "{\"anthropic_version\":\"x\",\"model\":\"m\"}"))
                .isEqualTo("{\"anthropic_version\":\"vertex-2023-10-16\"}");
    }

    @Test
    void claude_counts_under_a_model_of_its_own() {
        String said = "{\"model\":\"claude-x\",\"messages\":[]}";

        for (String path : List.of("/v1/messages/count_tokens", "/v1/messages/count_tokens?beta=true")) {
            assertThat(uri(CLAUDE, path, said, false)).isEqualTo(CLAUDE + "/models/count-tokens:rawPredict");
            assertThat(body(CLAUDE, path, said))
                    .isEqualTo("{\"model\":\"claude-x\",\"messages\":[],\"anthropic_version\":\"vertex-2023-10-16\"}");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{}", "{\"model\":7}", "{\"model\":"})
    void what_names_no_model_stays_as_it_is(String said) {
        for (String base : List.of(CLAUDE, OPENAI)) {
            assertThat(body(base, "/v1/messages", said)).isEqualTo(said);
            assertThat(uri(base, "/v1/messages", said, false)).isEqualTo(base + "/v1/messages");
        }
    }

    @Test
    void the_openai_endpoint_wants_the_publisher_in_the_name() {
        assertThat(body(OPENAI, "/chat/completions", "{\"model\": \"gemini-x\", \"n\":1}"))
                .isEqualTo("{\"model\": \"google/gemini-x\", \"n\":1}");
        assertThat(body(OPENAI, "/chat/completions", "{\"model\":\"meta/llama\"}"))
                .isEqualTo("{\"model\":\"meta/llama\"}");
        assertThat(uri(OPENAI, "/chat/completions", "{\"model\":\"m\"}", true)).isEqualTo(OPENAI + "/chat/completions");
    }

    @Test
    void all_other_providers_get_what_was_encoded() {
        for (String base :
                List.of("https://api.anthropic.com", "https://a.example/publishers/google/v1", "https://b")) {
            EncodedRequest request = request("/v1/messages", "{\"model\":\"m\"}", true);

            assertThat(VertexForm.of(URI.create(base), request)).isSameAs(request);
        }
    }

    @Test
    void the_rest_of_a_request_is_kept() {
        EncodedRequest formed = VertexForm.of(URI.create(CLAUDE), request("/v1/messages", "{\"model\":\"m\"}", true));

        assertThat(formed.headers()).isEqualTo(Headers.of("a", "b"));
        assertThat(formed.stream()).isTrue();
        assertThat(formed.usageAdded()).isTrue();
    }
}
