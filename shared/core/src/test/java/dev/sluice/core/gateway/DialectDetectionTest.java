package dev.sluice.core.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.Dialect;
import dev.sluice.model.Headers;
import dev.sluice.protocol.Outcome;
import dev.sluice.protocol.RequestHead;
import dev.sluice.protocol.json.JsonScanner;
import dev.sluice.protocol.json.JsonSpans;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DialectDetectionTest {
    private static Optional<Dialect> detect(String body, Headers headers) {
        return JsonScanner.topLevel(body.getBytes(StandardCharsets.UTF_8))
                        instanceof Outcome.Ok<JsonSpans>(JsonSpans top)
                ? DialectDetection.of(top, headers)
                : Optional.empty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {"model":"m","messages":[]}                                     | openai-chat
                    {"messages":[],"max_tokens":5}                                  | openai-chat
                    {"messages":[],"system":"s"}                                    | openai-chat
                    {"messages":[],"max_tokens":5,"system":"s"}                     | anthropic
                    {"system":[],"max_tokens":5,"stream":true,"messages":[]}        | anthropic
                    {"model":"m","input":"hello"}                                   | openai-responses
                    {"contents":[],"generationConfig":{}}                           | gemini
                    {"messages":[{"contents":1,"input":2}]}                         | openai-chat
                    {"model":"m","messages":[],"options":{"num_ctx":1}}             | ollama-chat
                    {"model":"m","messages":[],"think":true}                        | ollama-chat
                    {"model":"m","messages":[],"keep_alive":0}                      | ollama-chat
                    {"model":"m","prompt":"x"}                                      | ollama-chat
                    """)
    void tells_dialects_apart_by_their_fields(String body, String dialect) {
        assertThat(detect(body, Headers.NONE).map(Dialect::id)).contains(dialect);
    }

    @Test
    void the_version_header_says_it_all() {
        Headers headers = Headers.of("anthropic-version", "2023-06-01");
        assertThat(detect("{\"messages\":[]}", headers)).contains(Dialect.ANTHROPIC);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {"contents":[]}                                  |         | /v1beta/models/:generateContent
                    {"contents":[],"model":"a/b c"}                  |         | /v1beta/models/a/b%20c:generateContent
                    {"contents":[],"model":"m","stream":true}        |         | /v1beta/models/m:streamGenerateContent
                    {"contents":[],"model":"m"}                      | alt     | /v1beta/models/m:streamGenerateContent
                    {"messages":[],"options":{}}                     |         | /api/chat
                    {"prompt":"x"}                                   |         | /api/generate
                    {"messages":[]}                                  |         | /route
                    """)
    void dialects_that_ask_by_their_path_get_one(String body, String query, String path) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        RequestHead head = new RequestHead("/route", query == null ? Map.of() : Map.of(query, "sse"), Headers.NONE);
        Dialect dialect = detect(body, Headers.NONE).orElseThrow();
        assertThat(DialectDetection.head(head, dialect, bytes))
                .isEqualTo(new RequestHead(path, head.query(), Headers.NONE));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"{}", "{\"model\":\"m\",\"suffix\":\"x\"}", "[]"})
    void a_body_of_no_dialect_has_none(String body) {
        assertThat(detect(body, Headers.NONE)).isEmpty();
    }
}
