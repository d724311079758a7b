package dev.sluice.protocol.gemini;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.Block;
import dev.sluice.model.Citation;
import dev.sluice.model.Dialect;
import dev.sluice.model.Failure;
import dev.sluice.model.Finish;
import dev.sluice.model.Json;
import dev.sluice.model.Mark;
import dev.sluice.model.Signature;
import dev.sluice.model.StreamEvent;
import dev.sluice.model.StreamEvent.Opening;
import dev.sluice.model.Tool;
import dev.sluice.model.Usage;
import dev.sluice.protocol.ByteSink;
import dev.sluice.protocol.EventEncoder;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChunkEncoderTest {
    private static final StreamEvent STARTED = new StreamEvent.Started("r", "up", 0);
    private static final StreamEvent STOP = new StreamEvent.Finished(Finish.of(Finish.Reason.STOP));
    private static final String NAMES = ",\"modelVersion\":\"up\",\"responseId\":\"r\"}";

    private static String written(StreamEvent... events) {
        return Gemini.written(Gemini.client(Gemini.ASKED, Gemini.events()), List.of(events));
    }

    private static StreamEvent call(int index, String id) {
        return new StreamEvent.BlockOpened(index, new Opening.ToolCall(id, "f", null, Tool.Kind.FUNCTION, null));
    }

    private static String last(String stream) {
        String[] lines = stream.strip().split("\n\n", -1);
        return lines[lines.length - 1];
    }

    @Test
    void texts_go_out_as_they_come_and_the_finish_with_the_usage_at_last() {
        assertThat(written(
                        STARTED,
                        new StreamEvent.BlockOpened(0, Opening.TEXT),
                        new StreamEvent.TextDelta(0, "a"),
                        new StreamEvent.UsageReported(Usage.of(3, 4)),
                        new StreamEvent.BlockClosed(0),
                        STOP))
                .isEqualTo(
                        "data: {\"candidates\":[{\"content\":{\"role\":\"model\",\"parts\":[{\"text\":\"a\"}]},\"index\":0}]"
                                + NAMES
                                + "\n\ndata: {\"candidates\":[{\"content\":{\"role\":\"model\",\"parts\":[{\"text\":\"\"}]},"
                                + "\"finishReason\":\"STOP\",\"index\":0}],\"usageMetadata\":{\"promptTokenCount\":3,"
                                + "\"candidatesTokenCount\":4,\"totalTokenCount\":7}" + NAMES + "\n\n");
    }

    @Test
    void calls_go_out_whole_in_the_order_of_their_ends() {
        String stream = written(
                STARTED,
                call(0, "a"),
                call(1, "b"),
                new StreamEvent.ArgumentsDelta(0, "{\"x\""),
                new StreamEvent.ArgumentsDelta(1, ""),
                new StreamEvent.BlockClosed(1),
                new StreamEvent.ArgumentsDelta(0, ":1}"),
                new StreamEvent.BlockClosed(0),
                STOP);

        assertThat(stream)
                .containsSubsequence(
                        "{\"functionCall\":{\"id\":\"b\",\"name\":\"f\",\"args\":{}}}",
                        "{\"functionCall\":{\"id\":\"a\",\"name\":\"f\",\"args\":{\"x\":1}}}");
    }

    @Test
    void a_call_that_cannot_be_read_is_told_as_the_dialect_tells_it() {
        String stream = written(
                STARTED,
                call(0, "a"),
                new StreamEvent.ArgumentsDelta(0, "{\"x\""),
                new StreamEvent.BlockClosed(0),
                STOP);

        assertThat(stream)
                .doesNotContain("functionCall")
                .contains(
                        "\"finishReason\":\"MALFORMED_FUNCTION_CALL\",\"finishMessage\":\"Malformed function call: f({\\\"x\\\"\"");
    }

    @Test
    void thoughts_are_shown_to_who_asked_for_them() {
        StreamEvent[] events = {
            STARTED,
            new StreamEvent.BlockOpened(0, Opening.REASONING),
            new StreamEvent.TextDelta(0, "hmm"),
            new StreamEvent.BlockClosed(0),
            STOP
        };

        assertThat(written(events)).doesNotContain("hmm");
        assertThat(Gemini.written(Gemini.client(Gemini.SHOWN, Gemini.events()), List.of(events)))
                .contains("{\"text\":\"hmm\",\"thought\":true}");
    }

    @Test
    void foreign_proofs_travel_with_their_thought_on_the_next_call() {
        Block hidden = new Block.EncryptedReasoning(new Signature(Dialect.ANTHROPIC, "ENC"), null, Mark.NONE);
        String stream = written(
                STARTED,
                new StreamEvent.BlockOpened(0, Opening.REASONING),
                new StreamEvent.TextDelta(0, "hmm"),
                new StreamEvent.SignatureDelta(0, new Signature(Dialect.ANTHROPIC, "SIG")),
                new StreamEvent.BlockClosed(0),
                new StreamEvent.BlockOpened(1, new Opening.Whole(hidden)),
                new StreamEvent.BlockClosed(1),
                call(2, "a"),
                new StreamEvent.BlockClosed(2),
                STOP);
        Json.Obj chunk = Gemini.json(stream.substring("data: ".length(), stream.indexOf("\n\n")));
        String proof = ((Json.Str) Gemini.at(chunk, "candidates.0.content.parts.0.thoughtSignature")).value();

        assertThat(CarriedProof.open(proof, Mark.NONE, Gemini.SEAL).thoughts())
                .containsExactly(
                        new Block.Reasoning("hmm", new Signature(Dialect.ANTHROPIC, "SIG"), Mark.NONE), hidden);
        assertThat(last(stream)).doesNotContain("thoughtSignature");
    }

    @Test
    void a_proof_that_no_call_carried_stands_on_the_last_empty_text() {
        assertThat(last(written(
                        STARTED,
                        new StreamEvent.BlockOpened(0, Opening.REASONING),
                        new StreamEvent.SignatureDelta(0, new Signature(Dialect.GEMINI, "c2ln")),
                        new StreamEvent.BlockClosed(0),
                        STOP)))
                .contains("{\"text\":\"\",\"thoughtSignature\":\"c2ln\"}");
    }

    @Test
    void sources_stand_in_the_last_chunk_with_their_place_in_bytes() {
        Citation citation = new Citation(Dialect.OPENAI_CHAT, Json.Obj.EMPTY, "u", "t", null, new Citation.Range(2, 4));

        assertThat(last(written(
                        STARTED,
                        new StreamEvent.BlockOpened(0, Opening.TEXT),
                        new StreamEvent.TextDelta(0, "é 🌦x"),
                        new StreamEvent.CitationDelta(0, citation),
                        new StreamEvent.BlockClosed(0),
                        STOP)))
                .contains(
                        "\"groundingMetadata\":{\"groundingChunks\":[{\"web\":{\"uri\":\"u\",\"title\":\"t\"}}],"
                                + "\"groundingSupports\":[{\"segment\":{\"startIndex\":3,\"endIndex\":8},\"groundingChunkIndices\":[0]}]}");
    }

    @Test
    void an_array_is_json_at_its_end_whatever_came() {
        for (StreamEvent end :
                List.of(STOP, new StreamEvent.Failed(Failure.Upstream.of(Failure.Category.OVERLOADED, "busy")))) {
            for (boolean begun : new boolean[] {true, false}) {
                EventEncoder encoder = Gemini.CODEC.answers().encoder(Gemini.client(Gemini.ASKED, Gemini.array()));
                ByteSink out = new ByteSink(64);
                encoder.keepAlive(out);
                encoder.encode(STARTED, out);
                if (begun) {
                    encoder.encode(new StreamEvent.BlockOpened(0, Opening.TEXT), out);
                    encoder.encode(new StreamEvent.TextDelta(0, "a"), out);
                    encoder.keepAlive(out);
                }
                encoder.encode(end, out);
                encoder.encode(STOP, out);
                encoder.keepAlive(out);

                assertThat(encoder.contentType()).isEqualTo("application/json");
                Json.Obj whole = Gemini.json("{\"a\":" + out.text() + "}");
                assertThat(whole.items("a")).hasSize(begun ? 2 : 1);
            }
        }
    }

    @Test
    void a_failure_is_an_error_and_the_last() {
        assertThat(written(
                        STARTED, new StreamEvent.Failed(Failure.Upstream.of(Failure.Category.TRUNCATED, "cut")), STOP))
                .isEqualTo("data: {\"error\":{\"code\":500,\"message\":\"cut\",\"status\":\"INTERNAL\"}}\n\n");
    }
}
