package dev.sluice.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.aws.secrets.SecretFailure;
import dev.sluice.core.gateway.InboundRequest;
import dev.sluice.lambda.Event;
import dev.sluice.lambda.FunctionUrl;
import dev.sluice.model.Json;
import dev.sluice.protocol.json.JsonText;
import dev.sluice.testkit.RecordingResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The function behind CloudFront, asked by events of its Function URL: what a client can send, and what CloudFront does.
class BehindCloudFrontTest {
    private static final String ORIGIN = "origin-header-value-0123456789abcdef";
    private static final String BODY =
            "{\"model\":\"stored/m\",\"max_tokens\":9,\"messages\":" + "[{\"role\":\"user\",\"content\":\"hi\"}]}";

    private FunctionFixture fixture;

    @BeforeEach
    void open() throws IOException {
        fixture = new FunctionFixture();
        fixture.secrets.put("origin", ORIGIN);
        fixture.environment.put("SLUICE_ORIGIN_SECRET", "origin");
        fixture.environment.put("SLUICE_STACK", "Sluice");
    }

    @AfterEach
    void close() {
        fixture.close();
        assertThat(fixture.lines).noneSatisfy(line -> assertThat(line).contains(ORIGIN));
    }

    private static RecordingResponse ask(GatewayFunction function, String method, String path, String... headers) {
        Json.Builder fields =
                Json.object().put("x-api-key", FunctionFixture.KEY).put("content-type", "application/json");
        for (int i = 0; i < headers.length; i += 2) {
            fields.put(headers[i], headers[i + 1]);
        }
        Json event = Json.object()
                .put("version", "2.0")
                .put("rawPath", path)
                .put("rawQueryString", "")
                .put("headers", fields.build())
                .put(
                        "requestContext",
                        Json.object()
                                .put(
                                        "http",
                                        Json.object()
                                                .put("method", method)
                                                .put("path", path)
                                                .put("sourceIp", "203.0.113.9")
                                                .build())
                                .build())
                .put("body", BODY)
                .put("isBase64Encoded", false)
                .build();
        RecordingResponse response = new RecordingResponse();
        InboundRequest request = ((Event.Http) FunctionUrl.decode(JsonText.bytes(event), null)).request();
        function.handle(request, response);
        return response;
    }

    private void allowOnly(String range) {
        String config = fixture.provider.config("*");
        fixture.write(
                1, config.substring(0, config.length() - 1) + ",\"access\":{\"allowedIps\":[\"" + range + "\"]}}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/chat/completions",
                "/v1/messages",
                "/v1/responses",
                "/api/chat",
                "/route",
                "/v1beta/models/stored%2Fm:generateContent",
                "/v1/messages/count_tokens",
                "/nowhere"
            })
    void a_direct_call_is_a_403_in_the_callers_dialect_whatever_key_it_has(String path) {
        GatewayFunction function = fixture.function();
        for (String[] headers : new String[][] {
            {},
            {"x-sluice-origin", "guess"},
            {"x-sluice-origin", ORIGIN + "," + ORIGIN},
            {"cloudfront-viewer-address", "192.0.2.1:443"}
        }) {
            RecordingResponse refused = ask(function, "POST", path, headers);
            assertThat(refused.status()).as(refused.body()).isEqualTo(403);
            assertThat(refused.body()).contains("its own domain");
        }
        assertThat(fixture.provider.requests()).isEmpty();
    }

    @Test
    void the_403_has_the_form_of_its_dialect() {
        GatewayFunction function = fixture.function();
        assertThat(ask(function, "POST", "/v1/messages").body()).startsWith("{\"type\":\"error\"");
        assertThat(ask(function, "POST", "/v1/chat/completions").body()).startsWith("{\"error\":{\"message\"");
        assertThat(ask(function, "POST", "/v1beta/models/m:generateContent").body())
                .contains("PERMISSION_DENIED");
        assertThat(ask(function, "POST", "/api/chat").body()).startsWith("{\"error\":\"");
    }

    @Test
    void also_what_is_public_is_refused_but_health_which_upkeep_asks_for_at_the_function_itself() {
        GatewayFunction function = fixture.function();
        for (String path : List.of("/protocol", "/api/hello", "/v1/models", "/v1/responses")) {
            assertThat(ask(function, "GET", path).status()).as(path).isEqualTo(403);
        }
        assertThat(ask(function, "OPTIONS", "/v1/messages").status()).isEqualTo(403);
        assertThat(ask(function, "HEAD", "/").status()).isEqualTo(403);
        assertThat(ask(function, "GET", "/health").status()).isEqualTo(200);
    }

    @Test
    void through_cloudfront_a_key_is_still_needed_and_the_proof_goes_nowhere() {
        GatewayFunction function = fixture.function();
        RecordingResponse good = ask(
                function,
                "POST",
                "/v1/messages",
                "x-sluice-origin",
                ORIGIN,
                "cloudfront-viewer-address",
                "192.0.2.1:443");
        assertThat(good.status()).as(good.body()).isEqualTo(200);
        assertThat(good.headers() + good.body()).doesNotContain(ORIGIN, "192.0.2.1");
        assertThat(fixture.provider.requests())
                .singleElement()
                .asString()
                .doesNotContain(ORIGIN, "192.0.2.1", "x-sluice-origin", "cloudfront");
        assertThat(ask(function, "POST", "/v1/messages", "x-sluice-origin", ORIGIN, "x-api-key", "slc_another")
                        .status())
                .isEqualTo(401);
    }

    @Test
    void the_list_of_addresses_is_held_against_the_viewer() {
        allowOnly("192.0.2.0/24");
        GatewayFunction function = fixture.function();
        assertThat(viewedFrom(function, "192.0.2.77:50000")).isEqualTo(200);
        assertThat(viewedFrom(function, "198.51.100.1:50000")).isEqualTo(403);
        assertThat(viewedFrom(function, "")).isEqualTo(403);
        assertThat(ask(function, "POST", "/v1/messages", "x-sluice-origin", ORIGIN)
                        .status())
                .isEqualTo(403);
        assertThat(ask(
                                function,
                                "POST",
                                "/v1/messages",
                                "x-sluice-origin",
                                ORIGIN,
                                "cloudfront-viewer-address",
                                "198.51.100.1:1",
                                "x-forwarded-for",
                                "192.0.2.77")
                        .status())
                .isEqualTo(403);
    }

    private static int viewedFrom(GatewayFunction function, String viewer) {
        return ask(function, "POST", "/v1/messages", "x-sluice-origin", ORIGIN, "cloudfront-viewer-address", viewer)
                .status();
    }

    @Test
    void without_cloudfront_the_platforms_address_counts_and_no_header_is_believed() {
        fixture.environment.remove("SLUICE_ORIGIN_SECRET");
        allowOnly("192.0.2.0/24");
        GatewayFunction function = fixture.function();
        assertThat(viewedFrom(function, "192.0.2.77:50000")).isEqualTo(403);
        assertThat(ask(function, "POST", "/v1/messages", "x-forwarded-for", "192.0.2.77")
                        .status())
                .isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "short", "has spaces in it and is long enough", "comma,comma,comma,comma,comma"})
    void a_secret_that_is_no_value_for_the_header_fails_the_start(String value) {
        fixture.secrets.put("origin", value);
        assertThatThrownBy(fixture::function)
                .isInstanceOf(SecretFailure.class)
                .hasMessageContaining("SLUICE_ORIGIN_SECRET")
                .hasMessageContaining("visible characters");
    }

    @Test
    void every_call_writes_its_record_and_its_metrics_as_lines_of_their_own() {
        GatewayFunction function = fixture.function();
        ask(function, "POST", "/v1/messages", "x-sluice-origin", ORIGIN);
        ask(function, "POST", "/v1/messages");
        ask(function, "GET", "/health");
        List<Json.Obj> metrics = new ArrayList<>();
        List<Json.Obj> calls = new ArrayList<>();
        for (String line : fixture.lines) {
            Json.Obj document = Objects.requireNonNull(JsonText.objectOrNull(line));
            (EmfSchema.isEmf(document) ? metrics : calls).add(document);
        }
        metrics.forEach(EmfSchema::check);
        assertThat(calls).hasSize(2);
        assertThat(metrics).hasSize(3);
        assertThat(metrics.get(0).whole("ColdStarts")).isEqualTo(1);
        assertThat(metrics.get(1).whole("InputTokens")).isEqualTo(5);
        assertThat(metrics.get(1).has("TimeToFirstToken")).isTrue();
        assertThat(metrics.get(2).text("Category")).isEqualTo("permission");
    }

    @Test
    void an_environment_counts_one_cold_start_for_each_life_and_none_before_its_snapshot() {
        fixture.environment.put("AWS_LAMBDA_INITIALIZATION_TYPE", "snap-start");
        GatewayFunction function = fixture.function();
        function.prime();
        function.beforeSnapshot();
        assertThat(fixture.lines).isEmpty();
        function.afterRestore();
        ask(function, "POST", "/v1/messages");
        ask(function, "POST", "/v1/messages");
        assertThat(fixture.lines.stream().filter(line -> line.contains("\"ColdStarts\":1")))
                .hasSize(1);
    }

    @Test
    void without_a_stack_there_are_no_metrics() {
        fixture.environment.remove("SLUICE_STACK");
        ask(fixture.function(), "POST", "/v1/messages");
        assertThat(fixture.lines).singleElement().asString().doesNotContain("_aws");
    }
}
