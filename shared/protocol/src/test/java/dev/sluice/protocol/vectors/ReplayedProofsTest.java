package dev.sluice.protocol.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.Answer;
import dev.sluice.model.Dialect;
import dev.sluice.model.Failure;
import dev.sluice.model.Json;
import dev.sluice.protocol.ByteSink;
import dev.sluice.protocol.ClientContext;
import dev.sluice.protocol.DialectCodec;
import dev.sluice.protocol.EncodedRequest;
import dev.sluice.protocol.EventEncoder;
import dev.sluice.protocol.Outcome;
import dev.sluice.protocol.json.JsonText;
import dev.sluice.protocol.translate.AnswerEvents;
import dev.sluice.protocol.translate.ToolNames;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/// The signature that Gemini wants back with a call comes back on it, whichever client carried it.
class ReplayedProofsTest {
    private static final Setup SETUP = new Setup(JsonText.objectOrNull("""
            {"caps": {"gemini_signature_required": true},
             "client_request": {"include": ["reasoning.encrypted_content"]}}"""));

    private static final String CALLS = """
            {"functionCall": {"id": "c1", "name": "f", "args": {"a": 1}}, "thoughtSignature": "c2ln"},
            {"functionCall": {"id": "c2", "name": "f", "args": {"a": 2}}}""";

    private static final String THOUGHT = "{\"text\": \"hm\", \"thought\": true},";
    private static final String GEMINI_ANSWER = """
            {"candidates": [{"content": {"role": "model", "parts": [%s]}, "finishReason": "STOP", "index": 0}],
             "modelVersion": "g", "responseId": "r1"}""";

    private static final String CHAT_ANSWER = """
            {"id": "x", "model": "g", "choices": [{"index": 0, "finish_reason": "tool_calls", "message": {
              "role": "assistant", "content": null, "tool_calls": [
                {"id": "c1", "type": "function", "function": {"name": "f", "arguments": "{\\"a\\":1}"},
                 "extra_content": {"google": {"thought_signature": "c2ln"}}},
                {"id": "c2", "type": "function", "function": {"name": "f", "arguments": "{\\"a\\":2}"}}]}}]}""";

    @ParameterizedTest
    @EnumSource(
            mode = Mode.EXCLUDE,
            names = {"BEDROCK_CONVERSE", "OLLAMA_CHAT"})
    void the_signature_of_a_call_goes_back_on_the_call(Dialect client) {
        Answer answer = answer(Dialect.GEMINI, GEMINI_ANSWER.formatted(CALLS));

        assertThat(toGemini(client, whole(client, answer))).containsExactly("c2ln", "none");
        assertThat(toGemini(client, streamed(client, answer))).containsExactly("c2ln", "none");
    }

    @ParameterizedTest
    @EnumSource(
            mode = Mode.EXCLUDE,
            names = {"BEDROCK_CONVERSE", "OLLAMA_CHAT"})
    void so_it_does_behind_a_thought_that_is_shown(Dialect client) {
        Answer answer = answer(Dialect.GEMINI, GEMINI_ANSWER.formatted(THOUGHT + CALLS));

        assertThat(toGemini(client, whole(client, answer))).containsExactly("c2ln", "none");
        assertThat(toGemini(client, streamed(client, answer))).containsExactly("c2ln", "none");
    }

    @Test
    void a_client_that_can_carry_none_has_the_documented_word_sent_for_it() {
        Answer answer = answer(Dialect.GEMINI, GEMINI_ANSWER.formatted(CALLS));

        assertThat(toGemini(Dialect.OLLAMA_CHAT, whole(Dialect.OLLAMA_CHAT, answer)))
                .containsExactly("skip_thought_signature_validator", "none");
    }

    @ParameterizedTest
    @EnumSource(
            mode = Mode.EXCLUDE,
            names = {"BEDROCK_CONVERSE", "OLLAMA_CHAT"})
    void the_signature_goes_back_through_gemini_s_chat_dialect_too(Dialect client) {
        Answer answer = answer(Dialect.OPENAI_CHAT, CHAT_ANSWER);

        assertThat(toChat(client, whole(client, answer))).containsExactly("c2ln", "none");
        assertThat(toChat(client, streamed(client, answer))).containsExactly("c2ln", "none");
    }

    private static Answer answer(Dialect provider, String body) {
        return ok(codec(provider).answers().decode(body.getBytes(StandardCharsets.UTF_8), ToolNames.none()));
    }

    /// The client's own message of a whole answer, or the items of one.
    private static Json.Obj whole(Dialect client, Answer answer) {
        ClientContext context = SETUP.client(codec(client), false);
        return (Json.Obj) Checks.json(codec(client).answers().encode(answer, context));
    }

    private static Json.Obj streamed(Dialect client, Answer answer) {
        EventEncoder encoder = codec(client).answers().encoder(SETUP.client(codec(client), true));
        ByteSink out = new ByteSink(1024);
        AnswerEvents.emit(answer, event -> encoder.encode(event, out));
        List<Json> events =
                new StreamRun(out.toByteArray(), List.of(), null, "").events(StreamRun.framing(client.id()));
        Json.Obj message = Accumulated.of(client.id(), events);
        return client != Dialect.OPENAI_CHAT
                ? message
                : Json.object()
                        .put(
                                "choices",
                                Json.Arr.of(
                                        Json.object().put("message", message).build()))
                        .build();
    }

    /// The body of the client's next turn: its question, the answer it got, and what its tools said.
    private static byte[] next(Dialect client, Json.Obj answer) {
        String said = JsonText.print(
                switch (client) {
                    case ANTHROPIC -> answer.field("content");
                    case OPENAI_CHAT -> Paths.first(answer, "$.choices[0].message");
                    case OPENAI_RESPONSES -> answer.field("output");
                    case GEMINI -> Paths.first(answer, "$.candidates[0].content");
                    case OLLAMA_CHAT -> answer.field("message");
                    case BEDROCK_CONVERSE -> throw new IllegalArgumentException("no client dialect");
                });
        String body = switch (client) {
            case ANTHROPIC -> """
                    {"model": "m", "max_tokens": 9, "messages": [{"role": "user", "content": "x"},
                     {"role": "assistant", "content": %s}]}""".formatted(said);
            case OPENAI_CHAT, OLLAMA_CHAT -> """
                    {"model": "m", "messages": [{"role": "user", "content": "x"}, %s]}""".formatted(said);
            case OPENAI_RESPONSES -> """
                    {"model": "m", "input": [{"role": "user", "content": "x"}, %s]}""".formatted(said.substring(1, said.length() - 1));
            case GEMINI -> """
                    {"contents": [{"role": "user", "parts": [{"text": "x"}]}, %s]}""".formatted(said);
            case BEDROCK_CONVERSE -> throw new IllegalArgumentException("no client dialect");
        };
        return body.getBytes(StandardCharsets.UTF_8);
    }

    private static Json sent(Dialect client, Json.Obj answer, Dialect provider) {
        EncodedRequest encoded = ok(RequestKind.encode(
                next(client, answer), Setup.head(Json.Obj.EMPTY, client), SETUP, codec(client), codec(provider)));
        return Checks.json(encoded.body());
    }

    private static List<String> toGemini(Dialect client, Json.Obj answer) {
        List<String> signatures = new ArrayList<>();
        for (Json part : Paths.all(sent(client, answer, Dialect.GEMINI), "$.contents[*].parts[*]")) {
            if (part instanceof Json.Obj object && object.has("functionCall")) {
                signatures.add(object.text("thoughtSignature", "none"));
            }
        }
        return signatures;
    }

    private static List<String> toChat(Dialect client, Json.Obj answer) {
        List<String> signatures = new ArrayList<>();
        for (Json call : Paths.all(sent(client, answer, Dialect.OPENAI_CHAT), "$.messages[*].tool_calls[*]")) {
            Json signature = Paths.first(call, "$.extra_content.google.thought_signature");
            signatures.add(signature instanceof Json.Str(String value) ? value : "none");
        }
        return signatures;
    }

    private static DialectCodec codec(Dialect dialect) {
        return PresentCodecs.all().of(dialect).orElseThrow();
    }

    private static <T> T ok(Outcome<T> outcome) {
        return switch (outcome) {
            case Outcome.Ok<T>(T value) -> value;
            case Outcome.Bad<T>(Failure failure) -> throw new AssertionError(failure);
        };
    }
}
