package dev.sluice.protocol.openai.responses;

import dev.sluice.model.Answer;
import dev.sluice.model.Failure;
import dev.sluice.model.Finish;
import dev.sluice.model.Json;
import dev.sluice.model.Usage;
import dev.sluice.protocol.AnswerCodec;
import dev.sluice.protocol.ByteScan;
import dev.sluice.protocol.ClientContext;
import dev.sluice.protocol.EncodedRequest;
import dev.sluice.protocol.EventDecoder;
import dev.sluice.protocol.EventEncoder;
import dev.sluice.protocol.FrameReader;
import dev.sluice.protocol.Outcome;
import dev.sluice.protocol.Outline;
import dev.sluice.protocol.StreamTap;
import dev.sluice.protocol.json.JsonScanner;
import dev.sluice.protocol.json.JsonSpans;
import dev.sluice.protocol.json.JsonText;
import dev.sluice.protocol.seal.Seal;
import dev.sluice.protocol.sse.SseReader;
import dev.sluice.protocol.translate.ToolNames;
import org.jspecify.annotations.Nullable;

/// Answers of OpenAI Responses, from providers and for clients. Thread-safe.
public final class ResponsesAnswers implements AnswerCodec {
    private final Seal seal;

    /// @param seal carries foreign reasoning through `encrypted_content`
    public ResponsesAnswers(Seal seal) {
        this.seal = seal;
    }

    @Override
    public String streamType() {
        return SseReader.MEDIA_TYPE;
    }

    @Override
    public FrameReader frames() {
        return new SseReader();
    }

    @Override
    public EventDecoder decoder(ToolNames names) {
        return new ResponsesEventDecoder(names);
    }

    @Override
    public Outcome<Answer> decode(byte[] body, ToolNames names) {
        Json.Obj json = JsonText.objectOrNull(body, 0, body.length);
        return json == null ? malformed("an answer that is not JSON") : new ResponseReader(names).read(json);
    }

    static <T> Outcome<T> malformed(String what) {
        return Outcome.bad(Failure.Upstream.of(Failure.Category.MALFORMED_ANSWER, "The provider gave " + what + "."));
    }

    @Override
    public EventEncoder encoder(ClientContext client) {
        return new ResponsesEventEncoder(client, seal);
    }

    @Override
    public byte[] encode(Answer answer, ClientContext client) {
        return new ResponseWriter(client, seal).write(answer);
    }

    @Override
    public StreamTap tap(EncodedRequest sent, Outline asked) {
        return new ResponsesTap();
    }

    @Override
    public Outcome<Tapped> tap(byte[] body) {
        return JsonScanner.topLevel(body) instanceof Outcome.Ok<JsonSpans>(JsonSpans top)
                ? tapped(body, top)
                : malformed("an answer that is not JSON");
    }

    /// Builds only the few fields it reads: the output stays bytes.
    private static Outcome<Tapped> tapped(byte[] body, JsonSpans top) {
        Json.Obj error = object(body, top, "error");
        JsonSpans.Span span = top.field("status");
        String status = span == null ? null : JsonScanner.string(body, span);
        Json.Obj end =
                Json.object().putIf("error", error).putIf("status", status).build();
        if (ResponseReader.isFailed(end)) {
            return Outcome.bad(ResponsesFailures.ofResponse(end));
        }
        JsonSpans.Span output = top.field("output");
        if (output == null || !JsonScanner.isArray(body, output)) {
            return malformed("no output");
        }
        Json.Obj usage = object(body, top, "usage");
        boolean calls = holds(body, output, "\"function_call\"") || holds(body, output, "\"custom_tool_call\"");
        boolean refused = holds(body, output, "\"refusal\"");
        Finish finish = EndWords.read(status, object(body, top, "incomplete_details"), calls, refused);
        return Outcome.ok(new Tapped(usage == null ? Usage.NONE : UsageJson.read(usage), finish));
    }

    /// Quotes inside a text are escaped: what is found is a value or a name.
    private static boolean holds(byte[] body, JsonSpans.Span span, String quoted) {
        return ByteScan.indexOf(body, span.from(), span.to(), quoted) >= 0;
    }

    private static Json.@Nullable Obj object(byte[] body, JsonSpans top, String name) {
        JsonSpans.Span span = top.field(name);
        return span == null ? null : JsonText.objectOrNull(body, span.from(), span.to());
    }
}
