package dev.sluice.protocol.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.Answer;
import dev.sluice.model.Block;
import dev.sluice.model.Dialect;
import dev.sluice.model.Json;
import dev.sluice.model.StreamEvent;
import dev.sluice.model.Tool;
import dev.sluice.protocol.ByteSink;
import dev.sluice.protocol.ClientContext;
import dev.sluice.protocol.Codecs;
import dev.sluice.protocol.DialectCodec;
import dev.sluice.protocol.EventDecoder;
import dev.sluice.protocol.EventEncoder;
import dev.sluice.protocol.Frame;
import dev.sluice.protocol.FrameReader;
import dev.sluice.protocol.Outcome;
import dev.sluice.protocol.UpstreamCodec;
import dev.sluice.protocol.json.JsonText;
import dev.sluice.protocol.sse.SseReader;
import dev.sluice.protocol.translate.AnswerAssembler;
import dev.sluice.protocol.translate.AnswerEvents;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What holds for every stream of every dialect, checked over the streams of all vectors.
class LawsTest {
    private static final int LONGEST = 8192;

    private final Codecs codecs = PresentCodecs.all();

    private Stream<Vector> streams() {
        return VectorFiles.streams().stream()
                .filter(vector -> upstream(vector.source()).isPresent());
    }

    private Optional<UpstreamCodec> upstream(String dialect) {
        return Dialect.parse(dialect).flatMap(codecs::upstream);
    }

    private List<StreamEvent> decoded(Vector vector, byte[] bytes, StreamRun.Cuts cuts) {
        UpstreamCodec codec = upstream(vector.source()).orElseThrow();
        FrameReader frames = codec.answers().frames();
        EventDecoder decoder = codec.answers().decoder(new Setup(vector.context()).names());
        List<StreamEvent> events = new ArrayList<>();
        for (int from = 0; from < bytes.length; ) {
            int to = cuts.next(from, bytes.length);
            byte[] piece = Arrays.copyOfRange(bytes, from, to);
            frames.feed(piece, 0, piece.length, frame -> event(decoder, frame, events));
            from = to;
        }
        frames.end(frame -> event(decoder, frame, events));
        decoder.end(false, events::add);
        return events;
    }

    private static void event(EventDecoder decoder, Frame frame, List<StreamEvent> events) {
        if (frame.kind() == Frame.Kind.EVENT) {
            decoder.feed(frame, events::add);
        }
    }

    @Test
    void there_are_streams_of_every_codec_to_check() {
        assertThat(codecs.all())
                .allSatisfy(codec -> assertThat(streams())
                        .anyMatch(
                                vector -> vector.source().equals(codec.dialect().id())));
    }

    @Test
    void any_cut_of_the_bytes_gives_the_same_events() {
        streams().forEach(vector -> {
            byte[] bytes = StreamRun.bytes(vector);
            List<StreamEvent> whole = decoded(vector, bytes, StreamRun.Cuts.WHOLE);
            assertThat(decoded(vector, bytes, StreamRun.Cuts.BYTES))
                    .as(vector.name())
                    .isEqualTo(whole);
            for (int seed = 0; seed < 20; seed++) {
                assertThat(decoded(vector, bytes, StreamRun.Cuts.random(seed)))
                        .as(vector.name() + " " + seed)
                        .isEqualTo(whole);
            }
        });
    }

    @Test
    void events_keep_the_grammar() {
        streams()
                .forEach(vector -> assertThat(
                                EventGrammar.problems(decoded(vector, StreamRun.bytes(vector), StreamRun.Cuts.WHOLE)))
                        .as(vector.name())
                        .isEmpty());
    }

    @Test
    void a_cut_stream_has_one_terminal_event_and_never_a_clean_end() {
        streams().forEach(vector -> {
            byte[] bytes = StreamRun.bytes(vector);
            int trueEnd = TrueEnd.in(vector.source(), bytes);
            for (int cut = 0; cut < Math.min(bytes.length, LONGEST); cut++) {
                List<StreamEvent> events = decoded(vector, Arrays.copyOf(bytes, cut), StreamRun.Cuts.WHOLE);
                assertThat(EventGrammar.problems(events))
                        .as(vector.name() + " cut at " + cut)
                        .isEmpty();
                assertThat(events.getLast() instanceof StreamEvent.Finished && cut < trueEnd)
                        .as(vector.name() + " cut at " + cut + " is finished, though the end comes at " + trueEnd)
                        .isFalse();
            }
        });
    }

    @Test
    void an_assembled_answer_played_and_assembled_again_is_the_same() {
        streams().forEach(vector -> {
            AnswerAssembler first = new AnswerAssembler();
            decoded(vector, StreamRun.bytes(vector), StreamRun.Cuts.WHOLE).forEach(first);
            if (first.answer() instanceof Outcome.Ok<Answer>(Answer answer)) {
                AnswerAssembler second = new AnswerAssembler();
                AnswerEvents.emit(answer, second);
                assertThat(second.answer()).as(vector.name()).isEqualTo(first.answer());
            }
        });
    }

    @Test
    void a_streamed_and_a_whole_answer_are_the_same_message_to_every_client() {
        streams().forEach(vector -> {
            List<StreamEvent> events = decoded(vector, StreamRun.bytes(vector), StreamRun.Cuts.WHOLE);
            AnswerAssembler assembler = new AnswerAssembler();
            events.forEach(assembler);
            if (assembler.answer() instanceof Outcome.Ok<Answer>(Answer answer) && hasWholeCalls(answer)) {
                codecs.clients().forEach(client -> sameToClient(vector, answer, events, client));
            }
        });
    }

    /// A call that was cut off has no whole form: its arguments are no JSON.
    private static boolean hasWholeCalls(Answer answer) {
        return answer.blocks().stream()
                .noneMatch(block -> block instanceof Block.ToolCall call
                        && call.kind() == Tool.Kind.FUNCTION
                        && JsonText.objectOrNull(call.arguments()) == null);
    }

    private static void sameToClient(Vector vector, Answer answer, List<StreamEvent> events, DialectCodec client) {
        String dialect = client.dialect().id();
        boolean isMeant = vector.target().equals(dialect);
        ClientContext context = new Setup(isMeant ? vector.context() : Json.Obj.EMPTY).client(client, true);
        Json.Obj whole = (Json.Obj) Checks.json(client.answers().encode(answer, context));
        Json.Obj streamed = Accumulated.of(dialect, written(client, context, events));
        assertThat(JsonText.print(Essence.ofMessage(dialect, streamed)))
                .as(vector.name() + " to " + dialect)
                .isEqualTo(JsonText.print(Essence.ofAnswer(dialect, whole)));
    }

    private static List<Json> written(DialectCodec client, ClientContext context, List<StreamEvent> events) {
        EventEncoder encoder = client.answers().encoder(context);
        ByteSink out = new ByteSink(1024);
        events.forEach(event -> encoder.encode(event, out));
        return new StreamRun(out.toByteArray(), events, null, "")
                .events(StreamRun.framing(client.dialect().id()));
    }

    @Test
    void raw_ranges_of_frames_joined_are_the_bytes() {
        VectorFiles.all().stream()
                .filter(vector ->
                        vector.kind().equals("stream") && vector.input().text("body_b64") == null)
                .forEach(vector -> {
                    byte[] bytes = StreamRun.bytes(vector);
                    for (int seed = 0; seed < 5; seed++) {
                        ByteSink joined = new ByteSink(bytes.length);
                        StreamRun.Cuts cuts = StreamRun.Cuts.random(seed);
                        FrameReader reader = new SseReader();
                        for (int from = 0; from < bytes.length; ) {
                            int to = cuts.next(from, bytes.length);
                            reader.feed(
                                    bytes,
                                    from,
                                    to,
                                    frame -> joined.write(frame.raw(), frame.rawFrom(), frame.rawTo()));
                            from = to;
                        }
                        reader.end(frame -> joined.write(frame.raw(), frame.rawFrom(), frame.rawTo()));
                        assertThat(joined.toByteArray()).as(vector.name()).isEqualTo(bytes);
                    }
                });
    }

    /// What both forms of a message must agree on.
    private static final class Essence {
        static Json.Obj ofAnswer(String dialect, Json.Obj whole) {
            return switch (dialect) {
                case "openai-chat" -> {
                    Json.Obj message =
                            (Json.Obj) Paths.all(whole, "$.choices[0].message").getFirst();
                    Json tokens = Paths.all(whole, "$.choices[0].logprobs").getFirst();
                    yield ofMessage(dialect, message.with("logprobs", tokens));
                }
                case "ollama-chat" -> ofMessage(dialect, Accumulated.of(dialect, List.of(whole)));
                case "gemini" ->
                    ofMessage(
                            dialect,
                            Accumulated.of(
                                    dialect,
                                    List.of(Json.object().put("data", whole).build())));
                default -> ofMessage(dialect, whole);
            };
        }

        static Json.Obj ofMessage(String dialect, Json.Obj message) {
            List<String> keys = switch (dialect) {
                case "openai-chat" ->
                    List.of("content", "refusal", "reasoning_content", "reasoning_details", "tool_calls", "logprobs");
                case "openai-responses" -> List.of("output", "status", "incomplete_details", "usage", "model", "tools");
                case "anthropic" -> List.of("content", "stop_reason", "stop_sequence", "model", "role");
                case "ollama-chat" ->
                    List.of("content", "thinking", "tool_calls", "images", "done_reason", "eval_count", "logprobs");
                case "gemini" -> List.of("candidates", "usageMetadata", "modelVersion", "responseId");
                default -> throw new IllegalArgumentException(dialect);
            };
            Map<String, Json> fields = new LinkedHashMap<>();
            for (String key : keys) {
                Json value = message.present(key);
                if (value != null && !value.equals(Json.of(""))) {
                    fields.put(key, sorted(value));
                }
            }
            return new Json.Obj(fields);
        }

        /// Nulls left out, and empty lists of sources, which say the same; keys in order.
        private static Json sorted(Json value) {
            return switch (value) {
                case Json.Obj object -> {
                    Map<String, Json> fields = new java.util.TreeMap<>();
                    object.fields().forEach((key, inner) -> {
                        boolean saysNone = key.equals("citations") && inner.equals(Json.Arr.of());
                        if (inner != Json.NULL && !saysNone) {
                            fields.put(key, sorted(inner));
                        }
                    });
                    yield new Json.Obj(fields);
                }
                case Json.Arr(List<Json> items) ->
                    new Json.Arr(items.stream().map(Essence::sorted).toList());
                default -> value;
            };
        }
    }
}
