package dev.sluice.protocol.support;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.Answer;
import dev.sluice.model.Dialect;
import dev.sluice.model.Failure;
import dev.sluice.model.Headers;
import dev.sluice.model.Json;
import dev.sluice.protocol.ByteSink;
import dev.sluice.protocol.ClientContext;
import dev.sluice.protocol.Codecs;
import dev.sluice.protocol.DialectCodec;
import dev.sluice.protocol.EventEncoder;
import dev.sluice.protocol.Outcome;
import dev.sluice.protocol.Outline;
import dev.sluice.protocol.RequestHead;
import dev.sluice.protocol.UpstreamCodec;
import dev.sluice.protocol.json.JsonText;
import dev.sluice.protocol.translate.AnswerEvents;
import dev.sluice.protocol.translate.ToolNames;
import dev.sluice.protocol.vectors.PresentCodecs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// The table of what translated answers hold is what the codecs do; `-Dgolden=write` writes it anew.
class AnswerTableTest {
    private static final DocumentTable PLACE = new DocumentTable(
            "<!-- answer table: written by AnswerTableTest -->\n", "<!-- end of the answer table -->\n");

    private static final String LEFT_OUT = "left out";

    private static final Json.Obj LEAST = parsed("""
            {"openai-chat": {"id": "chatcmpl-1", "object": "chat.completion", "created": 1, "model": "m", "choices":
              [{"index": 0, "message": {"role": "assistant", "content": "WORDS"}, "finish_reason": "stop"}],
              "usage": {"prompt_tokens": 10, "completion_tokens": 5, "total_tokens": 15}},
             "openai-responses": {"id": "resp_1", "object": "response", "created_at": 1, "status": "completed", "model": "m",
              "output": [{"type": "message", "id": "msg_1", "role": "assistant", "status": "completed", "content":
              [{"type": "output_text", "text": "WORDS", "annotations": []}]}],
              "usage": {"input_tokens": 10, "output_tokens": 5, "total_tokens": 15}},
             "anthropic": {"id": "msg_1", "type": "message", "role": "assistant", "model": "m",
              "content": [{"type": "text", "text": "WORDS"}], "stop_reason": "end_turn",
              "usage": {"input_tokens": 10, "output_tokens": 5}},
             "gemini": {"candidates": [{"content": {"role": "model", "parts": [{"text": "WORDS"}]},
              "finishReason": "STOP", "index": 0}], "modelVersion": "m", "responseId": "r1",
              "usageMetadata": {"promptTokenCount": 10, "candidatesTokenCount": 5, "totalTokenCount": 15}},
             "bedrock-converse": {"output": {"message": {"role": "assistant", "content": [{"text": "WORDS"}]}},
              "stopReason": "end_turn", "usage": {"inputTokens": 10, "outputTokens": 5, "totalTokens": 15}},
             "ollama-chat": {"model": "m", "created_at": "2026-11-21T10:00:00Z", "done": true, "done_reason": "stop",
              "message": {"role": "assistant", "content": "WORDS"}, "prompt_eval_count": 10, "eval_count": 5}}""");

    /// Clients that want to hear all that can be asked for.
    private static final Json.Obj REQUESTS = parsed("""
            {"openai-chat": {"model": "m", "messages": [{"role": "user", "content": "x"}],
              "stream_options": {"include_usage": true}},
             "openai-responses": {"model": "m", "input": "x",
              "include": ["reasoning.encrypted_content", "message.output_text.logprobs"]},
             "anthropic": {"model": "m", "max_tokens": 9, "messages": [{"role": "user", "content": "x"}]},
             "gemini": {"contents": [{"role": "user", "parts": [{"text": "x"}]}],
              "generationConfig": {"thinkingConfig": {"includeThoughts": true}}},
             "ollama-chat": {"model": "m", "messages": [{"role": "user", "content": "x"}]}}""");

    private final Codecs codecs = PresentCodecs.all();
    private final List<DialectCodec> clients = codecs.clients().stream()
            .sorted(Comparator.comparing(DialectCodec::dialect))
            .toList();

    @Test
    void the_document_says_what_answers_hold() throws IOException {
        PLACE.holds(table(AnswerFeature.all()));
    }

    @Test
    void a_stream_holds_what_the_whole_answer_does() throws IOException {
        for (AnswerFeature feature : AnswerFeature.all()) {
            for (UpstreamCodec upstream : providers(feature.wholeOnly() ? List.of() : List.of(feature))) {
                for (DialectCodec client : others(upstream)) {
                    String got = streamed(feature.answers(), upstream, client);
                    assertThat(cell(feature, got, streamed(feature.without(), upstream, client)))
                            .as(named(feature, upstream, client))
                            .isEqualTo(cell(feature, upstream, client));
                }
            }
        }
    }

    @Test
    void every_provider_s_answers_hold_something_that_others_lose() throws IOException {
        List<AnswerFeature> features = AnswerFeature.all();
        assertThat(providers(features)).hasSameSizeAs(codecs.all());
        assertThat(features).hasSizeGreaterThan(20);
    }

    private String table(List<AnswerFeature> features) {
        StringBuilder text = new StringBuilder();
        for (UpstreamCodec upstream : providers(features)) {
            List<DialectCodec> others = others(upstream);
            DocumentTable.row(
                    text.append('\n'),
                    "In an answer of `" + upstream.dialect().id() + "`",
                    others.stream()
                            .map(client -> "to `" + client.dialect().id() + "`")
                            .toList());
            DocumentTable.row(text, "---", others.stream().map(_ -> "---").toList());
            features.stream()
                    .filter(feature -> feature.answers().containsKey(upstream.dialect()))
                    .forEach(feature -> DocumentTable.row(
                            text,
                            feature.name(),
                            others.stream()
                                    .map(client -> cell(feature, upstream, client))
                                    .toList()));
        }
        return text.append('\n').toString();
    }

    private List<UpstreamCodec> providers(List<AnswerFeature> features) {
        return codecs.all().stream()
                .filter(upstream ->
                        features.stream().anyMatch(feature -> feature.answers().containsKey(upstream.dialect())))
                .sorted(Comparator.comparing(UpstreamCodec::dialect))
                .toList();
    }

    private List<DialectCodec> others(UpstreamCodec upstream) {
        return clients.stream()
                .filter(client -> client.dialect() != upstream.dialect())
                .toList();
    }

    private static String named(AnswerFeature feature, UpstreamCodec upstream, DialectCodec client) {
        return feature.name() + ", " + upstream.dialect() + " to " + client.dialect();
    }

    private static String cell(AnswerFeature feature, UpstreamCodec upstream, DialectCodec client) {
        String got = whole(feature.answers(), upstream, client);
        String cell = cell(feature, got, whole(feature.without(), upstream, client));
        assertThat(cell).as(named(feature, upstream, client)).doesNotStartWith("{");
        return cell;
    }

    /// The word for what the client got; what it got where there is no word for it.
    private static String cell(AnswerFeature feature, String got, String bare) {
        for (AnswerFeature.Form form : feature.forms()) {
            if (got.contains(form.written())) {
                return form.word();
            }
        }
        return got.equals(bare) ? LEFT_OUT : got;
    }

    private static String whole(Map<Dialect, Json.Obj> fields, UpstreamCodec upstream, DialectCodec client) {
        byte[] body = client.answers().encode(answer(fields, upstream), asked(client));
        return new String(body, StandardCharsets.UTF_8);
    }

    private static String streamed(Map<Dialect, Json.Obj> fields, UpstreamCodec upstream, DialectCodec client) {
        EventEncoder encoder = client.answers().encoder(asked(client));
        ByteSink out = new ByteSink(1024);
        AnswerEvents.emit(answer(fields, upstream), event -> encoder.encode(event, out));
        return out.text();
    }

    private static Answer answer(Map<Dialect, Json.Obj> over, UpstreamCodec upstream) {
        Map<String, Json> fields = new LinkedHashMap<>(
                Objects.requireNonNull(LEAST.object(upstream.dialect().id())).fields());
        fields.putAll(over.getOrDefault(upstream.dialect(), Json.Obj.EMPTY).fields());
        return ok(upstream.answers().decode(JsonText.bytes(new Json.Obj(fields)), ToolNames.none()));
    }

    private static ClientContext asked(DialectCodec client) {
        Json.Obj body = Objects.requireNonNull(REQUESTS.object(client.dialect().id()));
        RequestHead head = client.dialect() == Dialect.GEMINI
                ? new RequestHead("/v1beta/models/m:streamGenerateContent", Map.of("alt", "sse"), Headers.NONE)
                : RequestHead.NONE;
        Outline outline = ok(client.requests().outline(JsonText.bytes(body), head));
        return new ClientContext(ok(client.requests().decode(outline)), outline, "abcdefghijklmnopqrstuvwx", 1);
    }

    private static <T> T ok(Outcome<T> outcome) {
        return switch (outcome) {
            case Outcome.Ok<T>(T value) -> value;
            case Outcome.Bad<T>(Failure failure) -> throw new AssertionError(failure.message());
        };
    }

    private static Json.Obj parsed(String text) {
        return Objects.requireNonNull(JsonText.objectOrNull(text));
    }
}
