package dev.sluice.protocol.openai.responses;

import dev.sluice.protocol.ByteSink;
import dev.sluice.protocol.Outline;
import dev.sluice.protocol.json.JsonScanner;
import dev.sluice.protocol.json.JsonSpans;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a response repeats of its request: the client's own bytes, or what the type requires where it said nothing.
final class RequestEcho {
    private static final String ENCRYPTED = "reasoning.encrypted_content";

    /// A field of the request.
    ///
    /// @param otherwise its JSON where the client did not give it; empty: then it is left out
    private record Field(String name, String otherwise) {}

    private static final List<Field> FIELDS = List.of(
            new Field("instructions", "null"),
            new Field("max_output_tokens", "null"),
            new Field("max_tool_calls", "null"),
            new Field("metadata", "{}"),
            new Field("parallel_tool_calls", "true"),
            new Field("previous_response_id", "null"),
            new Field("prompt_cache_key", ""),
            new Field("reasoning", "{\"effort\":null,\"summary\":null}"),
            new Field("safety_identifier", ""),
            new Field("service_tier", ""),
            new Field("store", "true"),
            new Field("temperature", "null"),
            new Field("text", "{\"format\":{\"type\":\"text\"}}"),
            new Field("tool_choice", "\"auto\""),
            new Field("tools", "[]"),
            new Field("top_logprobs", ""),
            new Field("top_p", "null"),
            new Field("truncation", "\"disabled\""),
            new Field("user", ""));

    private final Outline asked;

    RequestEcho(Outline asked) {
        this.asked = asked;
    }

    /// Whether the client wants the reasoning that only its issuer can read.
    boolean wantsEncrypted() {
        JsonSpans.Span include = asked.top().field("include");
        return include != null
                && JsonScanner.items(asked.body(), include).stream()
                        .anyMatch(item -> ENCRYPTED.equals(JsonScanner.string(asked.body(), item)));
    }

    /// The fields, each followed by a comma.
    byte[] fields() {
        ByteSink out = new ByteSink(512);
        for (Field field : FIELDS) {
            JsonSpans.Span given = given(field.name());
            if (given != null) {
                out.ascii("\"" + field.name() + "\":");
                oneLine(given, out);
                out.ascii(",");
            } else if (!field.otherwise().isEmpty()) {
                out.ascii("\"" + field.name() + "\":" + field.otherwise() + ",");
            }
        }
        return out.toByteArray();
    }

    private JsonSpans.@Nullable Span given(String name) {
        return JsonScanner.present(asked.body(), asked.top(), name);
    }

    /// Line ends stand only between the tokens of JSON, and would end an event's line.
    private void oneLine(JsonSpans.Span span, ByteSink out) {
        byte[] body = asked.body();
        int from = span.from();
        for (int i = from; i < span.to(); i++) {
            if (body[i] == '\n' || body[i] == '\r') {
                out.write(body, from, i);
                from = i + 1;
            }
        }
        out.write(body, from, span.to());
    }
}
