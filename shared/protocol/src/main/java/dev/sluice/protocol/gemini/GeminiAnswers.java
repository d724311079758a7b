package dev.sluice.protocol.gemini;

import dev.sluice.model.Answer;
import dev.sluice.model.Failure;
import dev.sluice.model.Finish;
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
import dev.sluice.protocol.json.JsonText;
import dev.sluice.protocol.seal.Seal;
import dev.sluice.protocol.sse.SseReader;
import dev.sluice.protocol.translate.AnswerAssembler;
import dev.sluice.protocol.translate.ToolNames;
import java.util.ArrayList;
import java.util.List;

/// Answers of the Gemini API.
final class GeminiAnswers implements AnswerCodec {
    /// No request can ask for more.
    private static final int MOST_CANDIDATES = 64;

    private final Seal seal;

    GeminiAnswers(Seal seal) {
        this.seal = seal;
    }

    @Override
    public String streamType() {
        return SseReader.MEDIA_TYPE;
    }

    @Override
    public FrameReader frames() {
        return new GeminiFrames();
    }

    @Override
    public EventDecoder decoder(ToolNames names) {
        return new ChunkDecoder(names);
    }

    /// A whole answer, or the chunks of one in an array.
    @Override
    public Outcome<Answer> decode(byte[] body, ToolNames names) {
        List<Json.Obj> chunks = chunks(body);
        if (chunks.isEmpty()) {
            return malformed("an answer that is not JSON");
        }
        Outcome<Answer> first = candidate(chunks, names, 0);
        int count = count(chunks);
        if (!(first instanceof Outcome.Ok<Answer>(Answer answer)) || count < 2) {
            return first;
        }
        List<Answer.Choice> others = new ArrayList<>();
        for (int i = 1; i < count; i++) {
            if (candidate(chunks, names, i) instanceof Outcome.Ok<Answer>(Answer other)) {
                others.add(new Answer.Choice(other.blocks(), other.finish()));
            }
        }
        return Outcome.ok(answer.with(others));
    }

    private static Outcome<Answer> candidate(List<Json.Obj> chunks, ToolNames names, int number) {
        ChunkDecoder decoder = new ChunkDecoder(names, number);
        AnswerAssembler assembler = new AnswerAssembler();
        chunks.forEach(chunk -> decoder.chunk(chunk, assembler));
        decoder.endOfWhole(assembler);
        return assembler.answer();
    }

    private static int count(List<Json.Obj> chunks) {
        int count = 1;
        for (Json.Obj chunk : chunks) {
            count = Math.max(count, Math.min(chunk.items("candidates").size(), MOST_CANDIDATES));
        }
        return count;
    }

    private static List<Json.Obj> chunks(byte[] body) {
        List<Json.Obj> chunks = new ArrayList<>();
        if (JsonText.parse(body) instanceof JsonText.Parsed.Value(Json json)) {
            List<Json> items = json instanceof Json.Arr(List<Json> all) ? all : List.of(json);
            for (Json item : items) {
                if (item instanceof Json.Obj chunk) {
                    chunks.add(chunk);
                }
            }
        }
        return chunks;
    }

    private static <T> Outcome<T> malformed(String what) {
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
        return new GeminiTap(StreamForm.of(asked));
    }

    /// The client gets the provider's own words, whatever the model made of them: only an error is none.
    @Override
    public Outcome<Tapped> tap(byte[] body) {
        Json.Obj answer = JsonText.objectOrNull(body, 0, body.length);
        if (answer == null) {
            return malformed("an answer that is not JSON");
        }
        if (answer.present("error") != null) {
            return Outcome.bad(GeminiFailures.inAnswer(answer));
        }
        Json.Obj counts = answer.object("usageMetadata");
        Usage usage = counts == null ? Usage.NONE : UsageJson.read(counts);
        List<Json> candidates = answer.items("candidates");
        if (!candidates.isEmpty() && candidates.getFirst() instanceof Json.Obj candidate) {
            return Outcome.ok(new Tapped(usage, finish(candidate)));
        }
        Json.Obj feedback = answer.object("promptFeedback");
        return feedback == null
                ? malformed("no candidates")
                : Outcome.ok(new Tapped(usage, FinishWords.filtered(feedback.text("blockReason", "OTHER"))));
    }

    static Finish finish(Json.Obj candidate) {
        Json.Obj content = candidate.object("content");
        boolean calls = content != null
                && content.items("parts").stream()
                        .anyMatch(part -> part instanceof Json.Obj object && object.has("functionCall"));
        return FinishWords.read(candidate.text("finishReason", "STOP"), calls);
    }
}
