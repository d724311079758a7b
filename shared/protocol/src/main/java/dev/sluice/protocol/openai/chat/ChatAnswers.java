package dev.sluice.protocol.openai.chat;

import dev.sluice.model.Answer;
import dev.sluice.model.Failure;
import dev.sluice.model.Json;
import dev.sluice.model.Usage;
import dev.sluice.protocol.AnswerCodec;
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
import dev.sluice.protocol.openai.OpenAiFailures;
import dev.sluice.protocol.seal.Seal;
import dev.sluice.protocol.sse.SseReader;
import dev.sluice.protocol.translate.ToolNames;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Answers of Chat Completions.
final class ChatAnswers implements AnswerCodec {
    private final Seal seal;

    ChatAnswers(Seal seal) {
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
        return new ChunkDecoder(names, seal);
    }

    @Override
    public Outcome<Answer> decode(byte[] body, ToolNames names) {
        Json.Obj json = JsonText.objectOrNull(body, 0, body.length);
        return json == null ? malformed("an answer that is not JSON") : new AnswerReader(names, seal).read(json);
    }

    static <T> Outcome<T> malformed(String what) {
        return Outcome.bad(Failure.Upstream.of(Failure.Category.MALFORMED_ANSWER, "The provider gave " + what + "."));
    }

    @Override
    public EventEncoder encoder(ClientContext client) {
        return new ChunkEncoder(client, seal);
    }

    @Override
    public byte[] encode(Answer answer, ClientContext client) {
        return JsonText.bytes(AnswerWriter.write(answer, client, seal));
    }

    @Override
    public StreamTap tap(EncodedRequest sent, Outline asked) {
        return new ChatTap(sent.usageAdded());
    }

    @Override
    public Outcome<Tapped> tap(byte[] body) {
        return JsonScanner.topLevel(body) instanceof Outcome.Ok<JsonSpans>(JsonSpans top)
                ? tapped(body, top)
                : malformed("an answer that is not JSON");
    }

    private static Outcome<Tapped> tapped(byte[] body, JsonSpans top) {
        Json error = value(body, top, "error");
        if (error != null && error != Json.NULL) {
            return Outcome.bad(
                    OpenAiFailures.inStream(Json.object().put("error", error).build()));
        }
        if (!(value(body, top, "choices") instanceof Json.Arr(List<Json> choices))
                || choices.isEmpty()
                || !(choices.getFirst() instanceof Json.Obj choice)) {
            return malformed("no choices");
        }
        Usage usage = value(body, top, "usage") instanceof Json.Obj counts ? UsageJson.read(counts) : Usage.NONE;
        Json.Obj message = choice.object("message");
        boolean calls =
                message != null && (!message.items("tool_calls").isEmpty() || message.present("function_call") != null);
        boolean refused = message != null && message.text("refusal") != null;
        return Outcome.ok(new Tapped(usage, FinishWords.read(choice.text("finish_reason", "stop"), calls, refused)));
    }

    private static @Nullable Json value(byte[] body, JsonSpans top, String name) {
        JsonSpans.Span span = top.field(name);
        return span != null && JsonText.parse(body, span.from(), span.to()) instanceof JsonText.Parsed.Value(Json json)
                ? json
                : null;
    }
}
